using Plateau.Contracts.Tenancy;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Cli;

/// <summary>Reads a configuration file for a command and prints what is wrong with it.</summary>
internal static class ConfigFile
{
    /// <summary>The configuration; or null, and <paramref name="exitCode"/> with every error printed.</summary>
    public static ServerConfig? Read(string file, Terminal terminal, out int exitCode) =>
        ReadBytes(file, terminal, out exitCode) is { } text
            ? Take(file, ConfigParser.ParseServer(text), terminal, out exitCode)
            : null;

    /// <summary>The tenants of a server's file, or the one of a file that is a single tenant's.</summary>
    public static IReadOnlyList<CentreConfig>? ReadTenants(string file, Terminal terminal, out int exitCode)
    {
        if (ReadBytes(file, terminal, out exitCode) is not { } text)
        {
            return null;
        }

        return ConfigNode.Read(text, out _) is { } tree && tree["tenant"] is not null && tree["tenants"] is null
            ? Take(file, ConfigParser.ParseCentre(text, static c => c), terminal, out exitCode) is { } one ? [one] : null
            : Take(file, ConfigParser.ParseServer(text), terminal, out exitCode)?.Tenants;
    }

    private static byte[]? ReadBytes(string file, Terminal terminal, out int exitCode)
    {
        exitCode = File.Exists(file) ? ExitCode.Ok : terminal.Fail(ExitCode.NotFound,
            $"there is no file '{file}'", $"il n'y a pas de fichier « {file} »");
        return exitCode == ExitCode.Ok ? File.ReadAllBytes(file) : null;
    }

    private static T? Take<T>(string file, ConfigReading<T> reading, Terminal terminal, out int exitCode)
        where T : class
    {
        exitCode = reading.Value is null ? ExitCode.InvalidConfiguration : ExitCode.Ok;
        if (reading.Value is null)
        {
            Print(file, reading.Errors, terminal);
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
