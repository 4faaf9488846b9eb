using System.Text.Json;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Tenancy;

/// <summary>A configuration that was read, or everything that is wrong with it.</summary>
/// <param name="Value">The configuration; null when there are errors.</param>
/// <param name="Errors">In the order of the text.</param>
internal sealed record ConfigReading<T>(T? Value, IReadOnlyList<ConfigError> Errors)
    where T : class;

/// <summary>Reads configuration texts: JSON with comments, every error named with its path, line and column.</summary>
internal static class ConfigParser
{
    /// <summary>Largest configuration file, bytes: 10,000 agents and 1,000 flows take a tenth of it.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Reads a server's configuration file.</summary>
    public static ConfigReading<ServerConfig> ParseServer(byte[] text) =>
        Parse<ServerConfig>(text, (config, errors, tree) => ServerRules.Check(config, errors, tree));

    /// <summary>Reads one tenant's configuration, as the API takes it.</summary>
    /// <param name="text">The body.</param>
    /// <param name="complete">Puts in what the sender was never shown (secrets), before the rules are checked.</param>
    public static ConfigReading<CentreConfig> ParseCentre(byte[] text, Func<CentreConfig, CentreConfig> complete)
    {
        CentreConfig? completed = null;
        var reading = Parse<CentreConfig>(text, (config, errors, tree) =>
            CentreRules.Check(completed = complete(config), ConfigPath.Root, errors, tree));
        return reading.Errors.Count == 0 ? new(completed, []) : reading;
    }

    /// <summary>Reads a part (one queue, one agent…) whose rules are checked with the whole.</summary>
    public static ConfigReading<T> ParsePart<T>(byte[] text)
        where T : class => Parse<T>(text, static (_, _, _) => { });

    /// <summary>Checks a configuration that was put together by the program; its errors have paths but no
    /// lines.</summary>
    public static IReadOnlyList<ConfigError> Check(CentreConfig config)
    {
        var errors = new ConfigErrors(null);
        CentreRules.Check(config, ConfigPath.Root, errors, null);
        return errors.Sorted();
    }

    private static ConfigReading<T> Parse<T>(byte[] text, Action<T, ConfigErrors, ConfigNode> rules)
        where T : class
    {
        if (text.Length > BytesMax)
        {
            return new(null, [new ConfigError("tooLarge", ConfigPath.Root, 1, 1, new Phrase(
                $"larger than {BytesMax:N0} bytes", $"plus de {BytesMax:N0} octets"))]);
        }

        var tree = ConfigNode.Read(text, out var syntax);
        if (tree is null)
        {
            return new(null, [syntax!]);
        }

        var errors = new ConfigErrors(tree);
        var fitted = new ConfigShape(errors).Fit(tree, typeof(T), ConfigPath.Root);
        var value = fitted.Deserialize<T>(PlateauJson.Options)!;
        rules(value, errors, tree);
        return errors.Count == 0 ? new(value, []) : new(null, errors.Sorted());
    }
}
