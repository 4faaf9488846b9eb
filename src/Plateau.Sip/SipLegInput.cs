using Plateau.Sip.Messages;

namespace Plateau.Sip;

/// <summary>What the application asks of a leg. A request that comes too late (the leg moved on or ended) is ignored:
/// the outputs have told, or are about to tell, what happened instead.</summary>
public abstract record SipLegInput;

/// <summary>Incoming, unanswered: tell the caller that it rings (180).</summary>
public sealed record SipRing : SipLegInput;

/// <summary>Incoming, unanswered: early media (183), or another provisional response.</summary>
/// <param name="Sdp">Our description; empty for none.</param>
/// <param name="IsReliable">Send it reliably (RFC 3262) if the caller supports that; done anyway where it requires
/// it.</param>
/// <param name="Status">101–199.</param>
public sealed record SipProgress(ReadOnlyMemory<byte> Sdp, bool IsReliable = false, int Status = 183) : SipLegInput;

/// <summary>Incoming, unanswered: answer (200).</summary>
/// <param name="Sdp">The answer to the caller's offer, or our offer if the INVITE brought none. May be empty when the
/// description was sent with <see cref="SipProgress"/> before.</param>
public sealed record SipAnswer(ReadOnlyMemory<byte> Sdp) : SipLegInput;

/// <summary>Incoming, unanswered: refuse.</summary>
/// <param name="Status">300–699.</param>
/// <param name="Reason">Reason header; null for none.</param>
/// <param name="RetryAfterSeconds">Retry-After; 0 for none.</param>
public sealed record SipReject(int Status, SipReason? Reason = null, int RetryAfterSeconds = 0) : SipLegInput
{
    /// <summary>Contact of a 3xx; null for none.</summary>
    public NameAddress? RedirectTo { get; init; }
}

/// <summary>End the leg in whatever state it is: refuse with 480, cancel, or BYE.</summary>
/// <param name="Reason">Reason header; null for none.</param>
public sealed record SipHangUp(SipReason? Reason = null) : SipLegInput;

/// <summary>Change the media: re-INVITE, or UPDATE before the answer. Waits while another exchange is open and is
/// repeated after glare; the outcome is <see cref="OfferAnswered"/> or <see cref="OfferRefused"/>.</summary>
/// <param name="Sdp">The new offer.</param>
public sealed record SipReoffer(ReadOnlyMemory<byte> Sdp) : SipLegInput;

/// <summary>Answers <see cref="OfferReceived"/> and <see cref="DialogAnswered"/> that carry an offer.</summary>
/// <param name="Sdp">The answer; or our offer where the peer asked for one with an empty re-INVITE.</param>
public sealed record SipAnswerOffer(ReadOnlyMemory<byte> Sdp) : SipLegInput;

/// <summary>Refuses <see cref="OfferReceived"/>; what was agreed before stays in force.</summary>
/// <param name="Status">400–699, mostly 488.</param>
public sealed record SipRejectOffer(int Status = 488) : SipLegInput;

/// <summary>Asks the peer to call someone else (RFC 3515).</summary>
/// <param name="Target">Where to; a Replaces header may be in its headers part.</param>
/// <param name="ReferredBy">Who asks; null for none.</param>
public sealed record SipRefer(NameAddress Target, NameAddress? ReferredBy = null) : SipLegInput;

/// <summary>Accepts <see cref="ReferReceived"/> (202 and a first NOTIFY "100 Trying").</summary>
public sealed record SipAcceptRefer : SipLegInput;

/// <summary>Refuses <see cref="ReferReceived"/>.</summary>
/// <param name="Status">400–699.</param>
public sealed record SipRejectRefer(int Status = 603) : SipLegInput;

/// <summary>Tells the peer how the call it asked for goes (NOTIFY with a sipfrag); from 200 on it is the
/// last.</summary>
/// <param name="Status">100–699.</param>
public sealed record SipNotifyRefer(int Status) : SipLegInput;

/// <summary>Sends a digit as INFO (application/dtmf-relay), for peers without RFC 4733.</summary>
/// <param name="Digit">0–9, *, #, A–D.</param>
/// <param name="DurationMs">Milliseconds, 40–5000.</param>
public sealed record SipSendDigit(char Digit, int DurationMs = 160) : SipLegInput;
