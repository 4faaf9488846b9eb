namespace Plateau.Contracts.Telephony;

/// <summary>How SIP messages travel.</summary>
public enum SipTransportKind
{
    /// <summary>Datagrams.</summary>
    Udp,

    /// <summary>A TCP connection.</summary>
    Tcp,

    /// <summary>A TLS connection.</summary>
    Tls,
}

/// <summary>A carrier's side: where calls come from and go to.</summary>
public sealed record TrunkConfig
{
    /// <summary>The name.</summary>
    public required TrunkId Id { get; init; }

    /// <summary>Hosts, tried by priority (lower first) and weight.</summary>
    public IReadOnlyList<TrunkHostConfig> Hosts { get; init; } = [];

    /// <summary>Account when the carrier wants registration or digest; null for none.</summary>
    public TrunkAccountConfig? Account { get; init; }

    /// <summary>Source networks that calls are accepted from, CIDR; empty = the hosts' own addresses.</summary>
    public IReadOnlyList<string> AllowedSources { get; init; } = [];

    /// <summary>Order among trunks for outgoing calls: lower first; equal ones share by weight.</summary>
    public int Priority { get; init; }

    /// <summary>Share among trunks of the same priority, 1 to 100.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Calls at the same time; 0 = no limit.</summary>
    public int CallsMax { get; init; }

    /// <summary>Outgoing calls begun per second; 0 = no limit.</summary>
    public int CallsPerSecondMax { get; init; }

    /// <summary>Codecs by preference: PCMA, PCMU, G722, opus.</summary>
    public IReadOnlyList<string> Codecs { get; init; } = ["PCMA", "PCMU", "G722", "opus"];

    /// <summary>Rewrites of the number dialled on incoming calls, first match wins.</summary>
    public IReadOnlyList<NumberRuleConfig> InboundRules { get; init; } = [];

    /// <summary>Rewrites of the number dialled on outgoing calls, first match wins.</summary>
    public IReadOnlyList<NumberRuleConfig> OutboundRules { get; init; } = [];

    /// <summary>Caller numbers that may be shown on outgoing calls (prefixes); empty = any.</summary>
    public IReadOnlyList<string> CallerIdAllowed { get; init; } = [];

    /// <summary>Caller number shown when the wanted one is not allowed or none is wanted.</summary>
    public string CallerIdDefault { get; init; } = string.Empty;

    /// <summary>Whether the carrier is inside our trust domain (RFC 3325): identity headers are read and
    /// sent.</summary>
    public bool IsTrusted { get; init; } = true;

    /// <summary>Seconds between OPTIONS probes; 0 = none.</summary>
    public int ProbeS { get; init; } = 30;
}

/// <summary>One host of a trunk.</summary>
/// <param name="Host">Host name, IP address, or a domain with SRV records when the port is 0.</param>
/// <param name="Port">Port; 0 = by SRV, else the transport's default.</param>
/// <param name="Transport">How messages travel.</param>
/// <param name="Priority">Lower first.</param>
/// <param name="Weight">Share among equals.</param>
public sealed record TrunkHostConfig(
    string Host, int Port = 5060, SipTransportKind Transport = SipTransportKind.Udp, int Priority = 0, int Weight = 1);

/// <summary>The centre's account at a carrier.</summary>
/// <param name="User">User part of the address of record.</param>
/// <param name="Secret">Password; never logged or returned.</param>
/// <param name="Domain">Domain; null for the first host.</param>
/// <param name="AuthUser">User name for digest; null for <paramref name="User"/>.</param>
/// <param name="Registers">Whether we register, as against answering challenges only.</param>
/// <param name="ExpiryS">Registration time asked for, seconds.</param>
public sealed record TrunkAccountConfig(
    string User, string Secret, string? Domain = null, string? AuthUser = null, bool Registers = true,
    int ExpiryS = 300);

/// <summary>Rewrites a number: if it matches the pattern, the replacement is used.</summary>
/// <param name="Pattern">A regular expression over the whole number (non-backtracking, 100 characters at most).</param>
/// <param name="Replacement">Replacement with $1…</param>
public sealed record NumberRuleConfig(string Pattern, string Replacement);

/// <summary>A telephone of the house with its digest account.</summary>
public sealed record PhoneConfig
{
    /// <summary>The name, also the SIP user part.</summary>
    public required PhoneId Id { get; init; }

    /// <summary>Digest password; never logged or returned.</summary>
    public required string Secret { get; init; }

    /// <summary>Fixed address "host:port" of a phone that does not register: it is always reachable there, and calls
    /// from
    /// that source are taken as its own without a challenge. Null for a phone that registers.</summary>
    public string? Address { get; init; }

    /// <summary>Registrations at the same time.</summary>
    public int RegistrationsMax { get; init; } = 3;

    /// <summary>Whether one call stays up for the whole log-in (nailed-up) instead of one ring per call.</summary>
    public bool IsNailedUp { get; init; }

    /// <summary>Whether offers carry the headers that make the phone answer by itself.</summary>
    public bool AutoAnswerHeader { get; init; }

    /// <summary>Codecs by preference.</summary>
    public IReadOnlyList<string> Codecs { get; init; } = ["opus", "G722", "PCMA", "PCMU"];
}
