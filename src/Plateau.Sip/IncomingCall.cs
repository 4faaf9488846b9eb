using Plateau.Sip.Messages;

namespace Plateau.Sip;

/// <summary>What an incoming INVITE said.</summary>
/// <param name="Request">The INVITE; do not change it.</param>
/// <param name="Flow">Where it came from.</param>
/// <param name="Peer">The peer as named by the admission: a trunk or an account.</param>
/// <param name="Offer">The caller's description; empty when the caller leaves the offer to us.</param>
public sealed record IncomingCall(SipRequest Request, SipFlow Flow, string Peer, ReadOnlyMemory<byte> Offer)
{
    /// <summary>Whether the peer is trusted with identities (RFC 3325): only then they are read.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>What was dialled.</summary>
    public SipUri Called => Request.RequestUri;

    /// <summary>The From header.</summary>
    public NameAddress From { get; init; } = Request.Headers.From!;

    /// <summary>The first P-Asserted-Identity of a trusted peer; null otherwise.</summary>
    public NameAddress? AssertedIdentity => IsTrusted && Request.Headers.PAssertedIdentities is [var first, ..]
        ? first
        : null;

    /// <summary>Whether the caller's identity must not be shown (Privacy: id, user or header).</summary>
    public bool IsPrivate => Request.Headers.Privacy is { Count: > 0 } privacy
        && (privacy.Contains("id") || privacy.Contains("user") || privacy.Contains("header"));

    /// <summary>Who diverted the call here, last first (Diversion, RFC 5806); from History-Info (RFC 7044)
    /// otherwise.</summary>
    public IReadOnlyList<NameAddress> DivertedBy
    {
        get
        {
            if (Request.Headers.Diversions is { Count: > 0 } diversions)
            {
                return diversions;
            }

            // The last entry of History-Info is this request itself; those before it are earlier targets.
            var history = Request.Headers.HistoryInfo;
            return history.Count < 2 ? [] : [.. history.Take(history.Count - 1).Reverse()];
        }
    }

    /// <summary>The leg that this call is to take the place of (RFC 3891); none for an ordinary call.</summary>
    public SipLegId Replaces { get; init; }
}
