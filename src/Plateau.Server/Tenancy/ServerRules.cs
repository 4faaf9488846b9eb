using System.Net;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Tenancy;

/// <summary>What must hold for a whole server: sockets, storage, keys, and no quarrel between tenants.</summary>
internal static class ServerRules
{
    private const int KeyCharactersMin = 24;

    public static void Check(ServerConfig config, ConfigErrors errors, ConfigNode tree)
    {
        var root = ConfigPath.Root;
        Range(errors, root.Member("node"), config.Node, 0, 1_024 - Hosting.NodeNumbers.End(0, config.Tenants.Count));
        CheckSip(config.Sip, root.Member("sip"), errors);
        CheckRtp(config.Rtp, root.Member("rtp"), errors);
        CheckHttp(config.Http, root.Member("http"), errors);
        CheckStorage(config, root, errors);
        CheckKeys(config, root.Member("apiKeys"), errors);
        CheckLimits(config.Limits, root.Member("limits"), errors);
        CheckTenants(config.Tenants, root.Member("tenants"), errors, tree);
        SecretText.Check(config, errors);
    }

    private static void CheckSip(SipServerConfig sip, ConfigPath path, ConfigErrors errors)
    {
        var listeners = path.Member("listeners");
        var seen = new HashSet<(SipTransportKind, string, int)>();
        for (var i = 0; i < sip.Listeners.Count; i++)
        {
            var (listener, at) = (sip.Listeners[i], listeners.At(i));
            Address(errors, at.Member("address"), listener.Address);
            Range(errors, at.Member("port"), listener.Port, 0, 65_535);
            if (listener.Port != 0 && !seen.Add((listener.Transport, listener.Address, listener.Port)))
            {
                errors.Add("duplicate", at, "this socket is listed twice", "ce point d'écoute figure deux fois");
            }

            if (listener.Transport == SipTransportKind.Tls && (sip.CertificateFile is null || sip.KeyFile is null))
            {
                errors.Add("noCertificate", at, "TLS needs certificateFile and keyFile",
                    "TLS demande certificateFile et keyFile");
            }
        }

        if (sip.AdvertisedAddress is { } advertised)
        {
            Address(errors, path.Member("advertisedAddress"), advertised);
        }

        if (Uri.CheckHostName(sip.Domain) == UriHostNameType.Unknown)
        {
            errors.Add("badHost", path.Member("domain"), $"'{sip.Domain}' is not a domain",
                $"« {sip.Domain} » n'est pas un domaine");
        }
    }

    private static void CheckRtp(RtpServerConfig rtp, ConfigPath path, ConfigErrors errors)
    {
        Address(errors, path.Member("address"), rtp.Address);
        Range(errors, path.Member("portMin"), rtp.PortMin, 1_024, 65_534);
        Range(errors, path.Member("portMax"), rtp.PortMax, 1_025, 65_535);
        Range(errors, path.Member("threads"), rtp.Threads, 0, 64);
        if (rtp.PortMin % 2 != 0)
        {
            errors.Add("contradiction", path.Member("portMin"), "RTP begins on an even port (RFC 3550)",
                "RTP commence sur un port pair (RFC 3550)");
        }

        if (rtp.PortMax <= rtp.PortMin)
        {
            errors.Add("contradiction", path.Member("portMax"), "portMax must be more than portMin",
                "portMax doit dépasser portMin");
        }

        if (rtp.AdvertisedAddress is { } advertised)
        {
            Address(errors, path.Member("advertisedAddress"), advertised);
        }
    }

    private static void CheckHttp(HttpServerConfig http, ConfigPath path, ConfigErrors errors)
    {
        Address(errors, path.Member("address"), http.Address);
        Range(errors, path.Member("port"), http.Port, 0, 65_535);
        if ((http.CertificateFile is null) != (http.KeyFile is null))
        {
            errors.Add("noCertificate", path, "certificateFile and keyFile go together",
                "certificateFile et keyFile vont ensemble");
        }
    }

    private static void CheckStorage(ServerConfig config, ConfigPath root, ConfigErrors errors)
    {
        if (config.Folder.Length == 0)
        {
            errors.Add("badPath", root.Member("data"), "the folder is empty", "le dossier est vide");
        }

        if (config.Database is { Kind: DatabaseKind.Postgres, Connection: null or "" })
        {
            errors.Add("noConnection", root.Member("database"), "PostgreSQL needs a connection",
                "PostgreSQL demande une connexion");
        }

        Range(errors, root.Member("journal").Member("keepDays"), config.Journal.KeepDays, 1, 3_650);
        if (config.Telemetry.OtlpEndpoint is { } endpoint
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            errors.Add("badUrl", root.Member("telemetry").Member("otlpEndpoint"), "an http or https URL is expected",
                "il faut une URL http ou https");
        }
    }

    private static void CheckKeys(ServerConfig config, ConfigPath path, ConfigErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < config.ApiKeys.Count; i++)
        {
            var (key, at) = (config.ApiKeys[i], path.At(i));
            if (!names.Add(key.Name))
            {
                errors.Add("duplicate", at.Member("name"), $"'{key.Name}' is given twice",
                    $"« {key.Name} » figure deux fois");
            }

            if ((key.Key is null) == (key.Sha256 is null))
            {
                errors.Add("severalTargets", at, "exactly one of key and sha256 is to be given",
                    "il faut exactement un des membres key et sha256");
            }

            if (key.Key is { } plain && !SecretText.IsReference(plain) && plain.Length < KeyCharactersMin)
            {
                errors.Add("weakKey", at.Member("key"), $"at least {KeyCharactersMin} characters",
                    $"au moins {KeyCharactersMin} caractères");
            }

            if (key.Sha256 is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
            {
                errors.Add("badHash", at.Member("sha256"), "64 hexadecimal digits are expected",
                    "il faut 64 chiffres hexadécimaux");
            }

            for (var j = 0; j < (key.Tenants?.Count ?? 0); j++)
            {
                if (config.Tenants.All(t => t.Tenant != key.Tenants![j]))
                {
                    errors.Add("danglingReference", at.Member("tenants").At(j),
                        $"'{key.Tenants![j]}' is not in 'tenants'", $"« {key.Tenants[j]} » n'existe pas dans « tenants »");
                }
            }
        }
    }

    private static void CheckLimits(ServerLimitsConfig limits, ConfigPath path, ConfigErrors errors)
    {
        Range(errors, path.Member("bodyBytesMax"), limits.BodyBytesMax, 1_024, ConfigParser.BytesMax);
        Range(errors, path.Member("promptBytesMax"), limits.PromptBytesMax, 1_024, 512 * 1024 * 1024);
        Range(errors, path.Member("requestsPerSecondMax"), limits.RequestsPerSecondMax, 1, 100_000);
        Range(errors, path.Member("wrongKeysPerMinuteMax"), limits.WrongKeysPerMinuteMax, 1, 10_000);
        Range(errors, path.Member("eventStreamsMax"), limits.EventStreamsMax, 1, 10_000);
        Range(errors, path.Member("drainS"), limits.DrainS, 0, 86_400);
    }

    private static void CheckTenants(
        IReadOnlyList<CentreConfig> tenants, ConfigPath path, ConfigErrors errors, ConfigNode tree)
    {
        if (tenants.Count == 0)
        {
            errors.Add("noTenant", path, "a server needs a tenant", "un serveur demande au moins un client");
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var phones = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tenants.Count; i++)
        {
            var (tenant, at) = (tenants[i], path.At(i));
            if (!names.Add(tenant.Tenant.ToString()))
            {
                errors.Add("duplicate", at.Member("tenant"), $"'{tenant.Tenant}' is given twice",
                    $"« {tenant.Tenant} » figure deux fois");
            }

            CentreRules.Check(tenant, at, errors, tree);
            var own = tenant.Phones.Select(p => p.Id.ToString()).ToHashSet(StringComparer.Ordinal);
            for (var j = 0; j < tenant.Phones.Count; j++)
            {
                if (phones.Contains(tenant.Phones[j].Id.ToString()))
                {
                    errors.Add("duplicate", at.Member("phones").At(j).Member("id"),
                        $"another tenant has a phone '{tenant.Phones[j].Id}' on the same SIP domain",
                        $"un autre client a un poste « {tenant.Phones[j].Id} » sur le même domaine SIP");
                }
            }

            phones.UnionWith(own);
        }
    }

    private static void Range(ConfigErrors errors, ConfigPath path, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            errors.Add("outOfRange", path, $"{value} is not in {min} to {max}", $"{value} n'est pas dans {min} à {max}");
        }
    }

    private static void Address(ConfigErrors errors, ConfigPath path, string address)
    {
        if (!IPAddress.TryParse(address, out _))
        {
            errors.Add("badAddress", path, $"'{address}' is not an IP address", $"« {address} » n'est pas une adresse IP");
        }
    }
}
