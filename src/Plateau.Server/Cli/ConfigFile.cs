using Plateau.Contracts.Tenancy;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Cli;

/// <summary>Reads a configuration file for a command and prints what is wrong with it.</summary>
internal static class ConfigFile
{
    /// <summary>The configuration; or null, and <paramref name="exitCode"/> with every error printed.</summary>
    public static ServerConfig? Read(string file, Terminal terminal, out int exitCode)
    {
        exitCode = ExitCode.Ok;
        if (!File.Exists(file))
        {
            exitCode = terminal.Fail(ExitCode.NotFound,
                $"there is no file '{file}'", $"il n'y a pas de fichier « {file} »");
            return null;
        }

        var reading = ConfigParser.ParseServer(File.ReadAllBytes(file));
        if (reading.Value is null)
        {
            Print(file, reading.Errors, terminal);
            exitCode = ExitCode.InvalidConfiguration;
        }

        return reading.Value;
    }

    public static void Print(string file, IReadOnlyList<ConfigError> errors, Terminal terminal)
    {
        foreach (var error in errors)
        {
            terminal.Error.WriteLine($"{file}:{error.In(terminal.Language)}");
        }

        terminal.Error.WriteLine(terminal.Say($"{errors.Count} error(s)", $"{errors.Count} erreur(s)"));
    }
}
