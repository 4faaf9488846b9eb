using Plateau.Sip.Auth;
using Plateau.Sip.Messages;

namespace Plateau.Sip;

/// <summary>An INVITE to be sent.</summary>
/// <param name="Target">The Request-URI.</param>
/// <param name="Flow">The way: of a trunk, or the one a phone registered over.</param>
/// <param name="From">Who calls, as shown; without tag.</param>
/// <param name="Offer">Our description; empty to let the peer make the offer in its 2xx.</param>
public sealed record OutgoingCall(SipUri Target, SipFlow Flow, NameAddress From, ReadOnlyMemory<byte> Offer)
{
    /// <summary>The To header; null for the target.</summary>
    public NameAddress? To { get; init; }

    /// <summary>The peer's name for limits and outputs: a trunk or an account.</summary>
    public string Peer { get; init; } = "";

    /// <summary>P-Asserted-Identity, for trusted peers only (RFC 3325); null for none.</summary>
    public NameAddress? AssertedIdentity { get; init; }

    /// <summary>Ask the network not to show the caller (Privacy: id).</summary>
    public bool IsPrivate { get; init; }

    /// <summary>For 401 and 407; null when the peer never asks.</summary>
    public DigestCredentials? Credentials { get; init; }

    /// <summary>Route headers, such as an outbound proxy or the Path of a registration; nearest first.</summary>
    public IReadOnlyList<NameAddress> Routes { get; init; } = [];

    /// <summary>Ask a phone to answer by itself: Call-Info and Alert-Info in the forms phones know, and RFC
    /// 5373.</summary>
    public bool AutoAnswer { get; init; }

    /// <summary>Other headers, such as Diversion or Referred-By.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>Give up when nothing at all is heard for so long; zero leaves it to timer B (32 s).</summary>
    public TimeSpan SilenceMax { get; init; }

    /// <summary>Give up ringing after so long; zero takes the endpoint's limit.</summary>
    public TimeSpan RingingMax { get; init; }

    /// <summary>Whether requests within the dialog must stay on this flow, whatever Contact says (registered
    /// phones).</summary>
    public bool StaysOnFlow { get; init; }
}
