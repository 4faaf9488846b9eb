using Plateau.Sip.Transactions;

namespace Plateau.Sip;

/// <summary>What an endpoint says about itself and how patient it is; swapped only by making a new endpoint.</summary>
public sealed record SipEndpointConfig
{
    /// <summary>The User-Agent and Server header; empty to send none.</summary>
    public string Product { get; init; } = "Plateau";

    /// <summary>Host written into Via and Contact instead of the flow's local address (behind a NAT); null for
    /// none.</summary>
    public string? AdvertisedHost { get; init; }

    /// <summary>The user part of our Contact URI.</summary>
    public string ContactUser { get; init; } = "plateau";

    /// <summary>The protocol's basic timers.</summary>
    public SipTimers Timers { get; init; } = SipTimers.Standard;

    /// <summary>Session interval asked for, in seconds (RFC 4028); 0 never asks but still grants what a peer
    /// asks.</summary>
    public int SessionIntervalSeconds { get; init; } = 1_800;

    /// <summary>The shortest session interval accepted, in seconds; RFC 4028 §4 forbids less than 90.</summary>
    public int SessionIntervalMinSeconds { get; init; } = 90;

    /// <summary>How long an INVITE of ours may ring before it is cancelled.</summary>
    public TimeSpan RingingMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a caller may wait for the final response to its INVITE, early media included.</summary>
    public TimeSpan UnansweredMax { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Binding times granted by the registrar.</summary>
    public Registration.RegistrarConfig Registrar { get; init; } = new();
}
