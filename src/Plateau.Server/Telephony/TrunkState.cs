using System.Net;
using System.Text.RegularExpressions;
using Plateau.Contracts;
using Plateau.Contracts.Telephony;
using Plateau.Sip.Auth;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>What happens on one trunk: which hosts answer, how many calls are up.</summary>
internal sealed class TrunkState
{
    private readonly List<(Regex Pattern, string Replacement)> _inbound;
    private readonly List<(Regex Pattern, string Replacement)> _outbound;
    private Instant _second = Instant.Epoch;
    private int _begunThisSecond;

    internal TrunkState(TelephonyTenant tenant, TrunkConfig config)
    {
        Name = $"trunk:{tenant.Id}/{config.Id}";
        Tenant = tenant.Id;
        Config = config;
        Hosts = [.. config.Hosts.Select(host => new TrunkHost(host))];
        Networks = [.. config.AllowedSources.Select(text => IPNetwork.Parse(WithPrefix(text)))];
        Credentials = config.Account is { } account
            ? new DigestCredentials(account.AuthUser ?? account.User, account.Secret)
            : null;
        _inbound = [.. config.InboundRules.Select(Compile)];
        _outbound = [.. config.OutboundRules.Select(Compile)];
    }

    /// <summary>Names it in the endpoint: unique over all tenants.</summary>
    internal string Name { get; }

    /// <summary>Whose.</summary>
    internal TenantId Tenant { get; }

    /// <summary>Its settings.</summary>
    internal TrunkConfig Config { get; }

    /// <summary>Its hosts in the order of the configuration.</summary>
    internal IReadOnlyList<TrunkHost> Hosts { get; }

    /// <summary>Source networks that are allowed explicitly; empty for the hosts' own addresses.</summary>
    internal IReadOnlyList<IPNetwork> Networks { get; }

    /// <summary>For challenges; null when there is no account.</summary>
    internal DigestCredentials? Credentials { get; }

    /// <summary>Calls up or being set up, both directions.</summary>
    internal int Calls { get; private set; }

    /// <summary>Whether our registration is in force; true for a trunk that needs none.</summary>
    internal bool IsRegistered { get; set; }

    /// <summary>The domain of numbers on this trunk.</summary>
    internal string? Domain => Config.Account?.Domain ?? (Hosts.Count > 0 ? Hosts[0].Config.Host : null);

    /// <summary>Takes a channel; false when the trunk is full, or for outgoing calls when it is too soon.</summary>
    internal bool TryTake(Instant now, bool isOutgoing)
    {
        if (Config.CallsMax > 0 && Calls >= Config.CallsMax)
        {
            return false;
        }

        if (isOutgoing && Config.CallsPerSecondMax > 0)
        {
            if (now - _second >= TimeSpan.FromSeconds(1))
            {
                _second = now;
                _begunThisSecond = 0;
            }

            if (_begunThisSecond >= Config.CallsPerSecondMax)
            {
                return false;
            }

            _begunThisSecond++;
        }

        Calls++;
        return true;
    }

    /// <summary>Gives a channel back.</summary>
    internal void Release() => Calls = Math.Max(0, Calls - 1);

    /// <summary>The number dialled by a caller, after the trunk's translation.</summary>
    internal string TranslateInbound(string number) => Translate(_inbound, number);

    /// <summary>The number to dial on this trunk.</summary>
    internal string TranslateOutbound(string number) => Translate(_outbound, number);

    /// <summary>The number to show: the wanted one where it is allowed, else the default.</summary>
    internal string CallerIdFor(string wanted)
    {
        if (wanted.Length == 0)
        {
            return Config.CallerIdDefault;
        }

        if (Config.CallerIdAllowed.Count == 0)
        {
            return wanted;
        }

        foreach (var prefix in Config.CallerIdAllowed)
        {
            if (wanted.StartsWith(prefix, StringComparison.Ordinal))
            {
                return wanted;
            }
        }

        return Config.CallerIdDefault;
    }

    private static string Translate(List<(Regex Pattern, string Replacement)> rules, string number)
    {
        foreach (var (pattern, replacement) in rules)
        {
            if (pattern.IsMatch(number))
            {
                return pattern.Replace(number, replacement);
            }
        }

        return number;
    }

    private static (Regex Pattern, string Replacement) Compile(NumberRuleConfig rule) => (
        new Regex($"^(?:{rule.Pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant),
        rule.Replacement);

    private static string WithPrefix(string text) => text.Contains('/', StringComparison.Ordinal)
        ? text
        : text + (text.Contains(':', StringComparison.Ordinal) ? "/128" : "/32");
}

/// <summary>One host of a trunk: where it is and whether it answers.</summary>
internal sealed class TrunkHost(TrunkHostConfig config)
{
    /// <summary>Its settings.</summary>
    internal TrunkHostConfig Config { get; } = config;

    /// <summary>Where it is, best first; empty while its name is not resolved.</summary>
    internal IReadOnlyList<IPEndPoint> Addresses { get; set; } = [];

    /// <summary>Whether it answered the last probe or call; believed until the contrary is seen.</summary>
    internal bool IsUp { get; set; } = true;

    /// <summary>When it is tried again although it was seen down, where no probes tell.</summary>
    internal Instant RetryAt { get; set; } = Instant.Never;

    /// <summary>When it is probed next.</summary>
    internal Instant ProbeAt { get; set; } = Instant.Never;

    /// <summary>When its name is resolved again.</summary>
    internal Instant ResolveAt { get; set; } = Instant.Epoch;

    /// <summary>How messages travel to it.</summary>
    internal SipTransport Transport => Config.Transport switch
    {
        SipTransportKind.Tcp => SipTransport.Tcp,
        SipTransportKind.Tls => SipTransport.Tls,
        _ => SipTransport.Udp,
    };
}

/// <summary>One way to place an outgoing call.</summary>
/// <param name="Trunk">The trunk.</param>
/// <param name="Host">The host.</param>
/// <param name="Flow">The way to it.</param>
internal sealed record TrunkRoute(TrunkState Trunk, TrunkHost Host, SipFlow Flow);
