using System.Net;
using System.Text.RegularExpressions;
using Plateau.Contracts.Telephony;

namespace Plateau.Server.Tenancy;

/// <summary>What must hold for trunks and telephones.</summary>
internal static class TelephonyRules
{
    private const int PatternCharactersMax = 100;
    private static readonly string[] Codecs = ["PCMA", "PCMU", "G722", "opus"];

    public static void Check(CentreScope scope)
    {
        for (var i = 0; i < scope.Config.Trunks.Count; i++)
        {
            CheckTrunk(scope, scope.Config.Trunks[i], scope.Path("trunks", i));
        }

        for (var i = 0; i < scope.Config.Phones.Count; i++)
        {
            var (phone, path) = (scope.Config.Phones[i], scope.Path("phones", i));
            scope.Range(path.Member("registrationsMax"), phone.RegistrationsMax, 1, 10);
            CheckCodecs(scope, phone.Codecs, path.Member("codecs"));
            if (phone.Secret.Length == 0)
            {
                scope.Add("emptySecret", path.Member("secret"), "the secret is empty", "le secret est vide");
            }
        }
    }

    private static void CheckTrunk(CentreScope scope, TrunkConfig trunk, ConfigPath path)
    {
        if (trunk.Hosts.Count == 0 && trunk.AllowedSources.Count == 0)
        {
            scope.Add("noTarget", path, "neither hosts nor allowed sources", "ni hôtes ni sources admises");
        }

        for (var i = 0; i < trunk.Hosts.Count; i++)
        {
            var (host, at) = (trunk.Hosts[i], path.Member("hosts").At(i));
            scope.Range(at.Member("port"), host.Port, 0, 65_535);
            scope.Range(at.Member("weight"), host.Weight, 1, 100);
            scope.Range(at.Member("priority"), host.Priority, 0, 1_000);
            if (Uri.CheckHostName(host.Host) == UriHostNameType.Unknown && host.Host != ShapeDefault.Unset)
            {
                scope.Add("badHost", at.Member("host"),
                    $"'{host.Host}' is not a host name or an IP address",
                    $"« {host.Host} » n'est ni un nom d'hôte ni une adresse IP");
            }
        }

        for (var i = 0; i < trunk.AllowedSources.Count; i++)
        {
            if (!IsNetwork(trunk.AllowedSources[i]))
            {
                scope.Add("badNetwork", path.Member("allowedSources").At(i),
                    $"'{trunk.AllowedSources[i]}' is not an address or a network such as 192.0.2.0/24",
                    $"« {trunk.AllowedSources[i]} » n'est ni une adresse ni un réseau comme 192.0.2.0/24");
            }
        }

        scope.Range(path.Member("priority"), trunk.Priority, 0, 1_000);
        scope.Range(path.Member("weight"), trunk.Weight, 1, 100);
        scope.Range(path.Member("callsMax"), trunk.CallsMax, 0, 100_000);
        scope.Range(path.Member("callsPerSecondMax"), trunk.CallsPerSecondMax, 0, 10_000);
        scope.Range(path.Member("probeS"), trunk.ProbeS, 0, 3_600);
        CheckCodecs(scope, trunk.Codecs, path.Member("codecs"));
        CheckRules(scope, trunk.InboundRules, path.Member("inboundRules"));
        CheckRules(scope, trunk.OutboundRules, path.Member("outboundRules"));
        CheckAccount(scope, trunk, path.Member("account"));
    }

    private static void CheckAccount(CentreScope scope, TrunkConfig trunk, ConfigPath path)
    {
        if (trunk.Account is not { } account)
        {
            return;
        }

        scope.Range(path.Member("expiryS"), account.ExpiryS, 30, 86_400);
        if (account.User.Length == 0)
        {
            scope.Add("badNumber", path.Member("user"), "the user is empty", "l'utilisateur est vide");
        }

        if (account.Registers && trunk.Hosts.Count == 0)
        {
            scope.Add("contradiction", path.Member("registers"),
                "registration needs a host", "l'enregistrement demande un hôte");
        }
    }

    private static bool IsNetwork(string text) => IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _);

    private static void CheckCodecs(CentreScope scope, IReadOnlyList<string> codecs, ConfigPath path)
    {
        if (codecs.Count == 0)
        {
            scope.Add("noCodec", path, "no codec", "aucun codec");
        }

        for (var i = 0; i < codecs.Count; i++)
        {
            if (!Codecs.Contains(codecs[i]))
            {
                scope.Add("unknownCodec", path.At(i),
                    $"'{codecs[i]}' is not one of {string.Join(", ", Codecs)}",
                    $"« {codecs[i]} » n'est pas un de {string.Join(", ", Codecs)}");
            }
        }

        scope.Unique(codecs, path.At);
    }

    private static void CheckRules(CentreScope scope, IReadOnlyList<NumberRuleConfig> rules, ConfigPath path)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            if (!IsPattern(rules[i].Pattern))
            {
                scope.Add("badPattern", path.At(i).Member("pattern"),
                    $"not a regular expression without look-around or back references, {PatternCharactersMax} characters at most",
                    $"ce n'est pas une expression régulière sans assertions ni renvois, {PatternCharactersMax} caractères au plus");
            }
        }
    }

    private static bool IsPattern(string pattern)
    {
        if (pattern.Length is 0 or > PatternCharactersMax)
        {
            return false;
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
