using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Plateau.Server.Hosting;

namespace Plateau.Server.Cli;

/// <summary>plateau serve --config FILE: runs the call centre until SIGTERM or Ctrl-C, then drains; the second signal
/// hurries.</summary>
internal static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Option<string>("--config", "-c")
        {
            Description = terminal.Say("Configuration file", "Fichier de configuration"),
            Required = true,
        };
        var command = new Command("serve", terminal.Say(
            "Run the call centre", "Faire tourner le centre d'appels")) { file };
        command.SetAction((result, _) => RunAsync(result.GetValue(file)!, terminal));
        return command;
    }

    private static async Task<int> RunAsync(string file, Terminal terminal)
    {
        var config = ConfigFile.Read(file, terminal, out var exitCode);
        if (config is null)
        {
            return exitCode;
        }

        var folders = ServerFolders.Of(config, Path.GetDirectoryName(Path.GetFullPath(file))!);
        await using var server = ServerHost.Build(config, folders);
        await ServerHost.StartTenants(server);
        await server.StartAsync();
        foreach (var address in server.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses)
        {
            ApiLog.Listening(server.Services.GetRequiredService<ILogger<ServerFolders>>(), address);
        }

        await UntilSignalled(server.Services.GetRequiredService<Drain>());
        await server.StopAsync();
        return ExitCode.Ok;
    }

    /// <summary>Completes when the drain that the first SIGTERM or SIGINT began is over; the second one hurries
    /// it.</summary>
    private static async Task UntilSignalled(Drain drain)
    {
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(PosixSignalContext context)
        {
            context.Cancel = true;
            if (!signalled.TrySetResult())
            {
                drain.Hurry();
            }
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        await signalled.Task;
        await drain.Run();
    }
}
