using System.CommandLine;
using Plateau.Server.Hosting;

namespace Plateau.Server.Cli;

/// <summary>plateau serve --config FILE: runs the call centre until SIGTERM or Ctrl-C.</summary>
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
        await server.RunAsync();
        return ExitCode.Ok;
    }
}
