using Plateau.Contracts;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Registration;

/// <summary>One device of an account: where it says it is, and the way on which it can be reached.</summary>
/// <param name="Contact">Its Contact URI: the Request-URI of calls to it.</param>
/// <param name="Flow">The flow it registered over: the only way behind a NAT (RFC 5626, RFC 3581).</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
public sealed record Binding(SipUri Contact, SipFlow Flow, Instant ExpiresAt)
{
    /// <summary>Its own preference, 0–1000 thousandths (the q of RFC 3261 §20.10); 1000 when not told.</summary>
    public int Preference { get; init; } = 1_000;

    /// <summary>The Path of RFC 3327, nearest proxy first; empty for none.</summary>
    public IReadOnlyList<NameAddress> Path { get; init; } = [];

    /// <summary>The product, as it names itself; empty when not told.</summary>
    public string Product { get; init; } = "";

    /// <summary>The Call-ID of its registrations, which tells retries from new ones.</summary>
    public string CallId { get; init; } = "";

    /// <summary>The CSeq of its last registration.</summary>
    public long CSeq { get; init; }
}
