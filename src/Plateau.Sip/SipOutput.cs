using Plateau.Sip.Messages;
using Plateau.Sip.Registration;

namespace Plateau.Sip;

/// <summary>What an endpoint wants done or has to tell.</summary>
public abstract record SipOutput;

/// <summary>Send these bytes. A flow without connection over TCP, TLS or WebSocket asks for one to be opened (or
/// reused) to its remote address; failure is told with <see cref="SipEndpoint.FlowFailed"/>.</summary>
/// <param name="Flow">Where to.</param>
/// <param name="Bytes">One whole message; never changed afterwards.</param>
public sealed record SendBytes(SipFlow Flow, ReadOnlyMemory<byte> Bytes) : SipOutput;

/// <summary>Something the application should know about one leg.</summary>
/// <param name="Leg">Which.</param>
public abstract record SipLegOutput(SipLegId Leg) : SipOutput;

/// <summary>A peer calls: answer with <see cref="SipRing"/>, <see cref="SipProgress"/>, <see cref="SipAnswer"/> or
/// <see cref="SipReject"/>.</summary>
/// <param name="Leg">The new leg.</param>
/// <param name="Call">What the INVITE said.</param>
public sealed record DialogOffered(SipLegId Leg, IncomingCall Call) : SipLegOutput(Leg);

/// <summary>A provisional response above 100 to our INVITE.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Status">101–199.</param>
/// <param name="Sdp">The description of early media; empty for none.</param>
/// <param name="Fork">Which of the parties reached answers, counted from 0 (a proxy may ring several).</param>
public sealed record DialogProgressed(SipLegId Leg, int Status, ReadOnlyMemory<byte> Sdp, int Fork) : SipLegOutput(Leg);

/// <summary>Our INVITE was answered.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sdp">The answer to our offer; empty when it came before, reliably, with
/// <see cref="DialogProgressed"/>.</param>
/// <param name="IsOffer">True when our INVITE carried no offer: this is the peer's, and the ACK waits for
/// <see cref="SipAnswerOffer"/>.</param>
public sealed record DialogAnswered(SipLegId Leg, ReadOnlyMemory<byte> Sdp, bool IsOffer) : SipLegOutput(Leg);

/// <summary>The caller acknowledged our 2xx: the dialog is up on both sides.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sdp">The caller's answer if the 2xx carried our offer; else empty.</param>
public sealed record DialogConfirmed(SipLegId Leg, ReadOnlyMemory<byte> Sdp) : SipLegOutput(Leg);

/// <summary>The leg is over. Exactly one for each leg, and the last output that names it.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="End">Why and by whom.</param>
public sealed record DialogEnded(SipLegId Leg, SipLegEnd End) : SipLegOutput(Leg);

/// <summary>The peer wants other media (re-INVITE, UPDATE, PRACK): answer with <see cref="SipAnswerOffer"/> or
/// <see cref="SipRejectOffer"/>.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sdp">The offer; empty when the peer asks us to make one.</param>
public sealed record OfferReceived(SipLegId Leg, ReadOnlyMemory<byte> Sdp) : SipLegOutput(Leg);

/// <summary>The peer answered the offer of a <see cref="SipReoffer"/>, or of our 2xx to an empty re-INVITE.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sdp">The answer.</param>
public sealed record OfferAnswered(SipLegId Leg, ReadOnlyMemory<byte> Sdp) : SipLegOutput(Leg);

/// <summary>The peer refused the offer of a <see cref="SipReoffer"/>; what was agreed before stays in force.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Status">400–699.</param>
public sealed record OfferRefused(SipLegId Leg, int Status) : SipLegOutput(Leg);

/// <summary>A digit by INFO.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Digit">0–9, *, #, A–D.</param>
/// <param name="DurationMs">Milliseconds; 0 when not told.</param>
public sealed record DigitReceived(SipLegId Leg, char Digit, int DurationMs) : SipLegOutput(Leg);

/// <summary>The peer asks us to call someone else: answer with <see cref="SipAcceptRefer"/> (then
/// <see cref="SipNotifyRefer"/>) or <see cref="SipRejectRefer"/>.</summary>
/// <param name="Leg">The leg that asks.</param>
/// <param name="Target">Whom to call, without the headers part.</param>
/// <param name="Replaces">Our leg of the dialog to be replaced; none for a blind transfer.</param>
/// <param name="ReferredBy">Who asks; null when not told.</param>
public sealed record ReferReceived(SipLegId Leg, SipUri Target, SipLegId Replaces, NameAddress? ReferredBy)
    : SipLegOutput(Leg);

/// <summary>How the transfer goes that we asked for with <see cref="SipRefer"/>.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Status">Of the call at the peer, or of the REFER itself when that failed; from 200 on the last.</param>
public sealed record ReferProgressed(SipLegId Leg, int Status) : SipLegOutput(Leg);

/// <summary>The devices of an account changed: one came, moved, left or expired.</summary>
/// <param name="Account">As named by the admission.</param>
/// <param name="Bindings">All that are left, best first.</param>
public sealed record BindingsChanged(string Account, IReadOnlyList<Binding> Bindings) : SipOutput;

/// <summary>A registration of ours is in force.</summary>
/// <param name="Registration">As named when it was started.</param>
/// <param name="ExpiresSeconds">Granted by the registrar; it is refreshed before.</param>
public sealed record RegistrationGranted(string Registration, int ExpiresSeconds) : SipOutput;

/// <summary>A registration of ours is not in force; it is tried again.</summary>
/// <param name="Registration">As named when it was started.</param>
/// <param name="Status">The answer; 408 for silence, 503 for a failed transport.</param>
/// <param name="RetryAfter">When it is tried again.</param>
public sealed record RegistrationRefused(string Registration, int Status, TimeSpan RetryAfter) : SipOutput;

/// <summary>The answer to an OPTIONS of ours.</summary>
/// <param name="Probe">As named when it was sent.</param>
/// <param name="Status">Any answer shows a live peer; 408 stands for silence, 503 also for a failed transport.</param>
/// <param name="IsAlive">Whether the peer itself answered, and not with 408, 502, 503 or 504.</param>
public sealed record ProbeAnswered(string Probe, int Status, bool IsAlive) : SipOutput;

/// <summary>Something was refused or dropped before any state was made; for counters and logs.</summary>
/// <param name="Flow">From where.</param>
/// <param name="Why">Which case.</param>
/// <param name="Detail">The parse error or the method; never from the message's body.</param>
public sealed record MessageRefused(SipFlow Flow, RefusalCause Why, string Detail) : SipOutput;

/// <summary>Why a message found no transaction.</summary>
public enum RefusalCause
{
    /// <summary>The bytes are no SIP message.</summary>
    Malformed,

    /// <summary>The admission policy knows no such source.</summary>
    UnknownSource,

    /// <summary>The admission policy refused or asked for credentials.</summary>
    NotAdmitted,

    /// <summary>A response or ACK to nothing.</summary>
    Stray,

    /// <summary>A limit of ours was reached.</summary>
    Limit,
}
