using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Tenancy;

/// <summary>
/// Secrets given by reference: "env:NAME" is an environment variable, "file:PATH" the first line of a file, anything
/// else
/// the secret itself. The references stay in the configuration; they are looked up only where the secret is used.
/// </summary>
internal static class SecretText
{
    public static bool IsReference(string text) =>
        text.StartsWith("env:", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.Ordinal);

    /// <summary>The secret; null when the variable is not set or the file cannot be read.</summary>
    public static string? Find(string text)
    {
        if (text.StartsWith("env:", StringComparison.Ordinal))
        {
            return Environment.GetEnvironmentVariable(text[4..]) is { Length: > 0 } value ? value : null;
        }

        if (!text.StartsWith("file:", StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            return File.ReadLines(text[5..]).FirstOrDefault() is { Length: > 0 } line ? line.TrimEnd() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The configuration with every secret looked up; for those who use them, not for those who keep or
    /// show.</summary>
    public static CentreConfig Reveal(CentreConfig config) => Map(config, s => Find(s) ?? string.Empty);

    /// <summary>The configuration without secrets: what the centre, the journal and the API see.</summary>
    public static CentreConfig Conceal(CentreConfig config) => Map(config, static s => IsReference(s) ? s : string.Empty);

    /// <summary>Puts the secrets back that <see cref="Conceal"/> had taken out, for phones and trunks of the same
    /// name.</summary>
    public static CentreConfig Restore(CentreConfig config, CentreConfig before)
    {
        var phones = before.Phones.ToDictionary(p => p.Id, p => p.Secret);
        var trunks = before.Trunks.Where(t => t.Account is not null).ToDictionary(t => t.Id, t => t.Account!.Secret);
        return config with
        {
            Phones = [.. config.Phones.Select(p => p.Secret.Length > 0
                ? p : p with { Secret = phones.GetValueOrDefault(p.Id, string.Empty) })],
            Trunks = [.. config.Trunks.Select(t => t.Account is { Secret: "" } account
                ? t with { Account = account with { Secret = trunks.GetValueOrDefault(t.Id, string.Empty) } } : t)],
        };
    }

    /// <summary>Names every reference that leads nowhere.</summary>
    public static void Check(ServerConfig config, ConfigErrors errors)
    {
        var root = ConfigPath.Root;
        Check(errors, root.Member("database").Member("connection"), config.Database.Connection);
        for (var i = 0; i < config.ApiKeys.Count; i++)
        {
            Check(errors, root.Member("apiKeys").At(i).Member("key"), config.ApiKeys[i].Key);
        }

        for (var i = 0; i < config.Tenants.Count; i++)
        {
            var (tenant, at) = (config.Tenants[i], root.Member("tenants").At(i));
            for (var j = 0; j < tenant.Phones.Count; j++)
            {
                Check(errors, at.Member("phones").At(j).Member("secret"), tenant.Phones[j].Secret);
            }

            for (var j = 0; j < tenant.Trunks.Count; j++)
            {
                Check(errors, at.Member("trunks").At(j).Member("account").Member("secret"),
                    tenant.Trunks[j].Account?.Secret);
            }
        }
    }

    private static void Check(ConfigErrors errors, ConfigPath path, string? text)
    {
        if (text is not null && IsReference(text) && Find(text) is null)
        {
            errors.Add("noSecret", path,
                $"'{text}' leads to no secret", $"« {text} » ne mène à aucun secret");
        }
    }

    private static CentreConfig Map(CentreConfig config, Func<string, string> map) => config with
    {
        Phones = [.. config.Phones.Select(p => p with { Secret = map(p.Secret) })],
        Trunks = [.. config.Trunks.Select(t => Map(t, map))],
    };

    private static TrunkConfig Map(TrunkConfig trunk, Func<string, string> map) =>
        trunk.Account is { } account ? trunk with { Account = account with { Secret = map(account.Secret) } } : trunk;
}
