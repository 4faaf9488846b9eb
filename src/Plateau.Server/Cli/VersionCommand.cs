using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Plateau.Server.Cli;

/// <summary>plateau version: what runs here.</summary>
internal static class VersionCommand
{
    /// <summary>Version of the program, with the commit when it was built from one.</summary>
    public static string Text { get; } = typeof(VersionCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static Command Create(Terminal terminal)
    {
        var command = new Command("version", terminal.Say("Print the version", "Écrire la version"));
        command.SetAction(_ =>
        {
            terminal.Out.WriteLine($"plateau {Text} ({RuntimeInformation.FrameworkDescription}, "
                + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture})");
            return ExitCode.Ok;
        });
        return command;
    }
}
