namespace Plateau.Sip.Transactions;

/// <summary>The basic timer values of SIP; all the lettered timers follow from them.</summary>
/// <param name="T1">Estimate of the round-trip time, 500 ms by default; positive.</param>
/// <param name="T2">Longest interval between retransmissions, 4 s by default.</param>
/// <param name="T4">Longest life of a message in the network, 5 s by default.</param>
/// <remarks>Source: RFC 3261 §17.1.1.1 and table 4; RFC 6026 §7 for timers L and M.</remarks>
public sealed record SipTimers(TimeSpan T1, TimeSpan T2, TimeSpan T4)
{
    /// <summary>The values of RFC 3261.</summary>
    public static readonly SipTimers Standard =
        new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));

    /// <summary>64 × T1: how long a transaction is tried or kept (timers B, D, F, H, J, L and M), 32 s by
    /// default.</summary>
    public TimeSpan TransactionLife { get; } = T1 * 64;
}
