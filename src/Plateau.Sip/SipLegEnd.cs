using Plateau.Sip.Messages;

namespace Plateau.Sip;

/// <summary>Whose doing the end of a leg was.</summary>
public enum SipSide
{
    /// <summary>The application asked for it.</summary>
    Local,

    /// <summary>The peer asked for it or refused.</summary>
    Remote,

    /// <summary>Neither: silence, a broken connection, a limit.</summary>
    Network,
}

/// <summary>Why a leg ended.</summary>
public enum SipEndCause
{
    /// <summary>An answered leg was hung up (BYE).</summary>
    Hangup,

    /// <summary>An unanswered leg was given up by its caller (CANCEL, or BYE of an early dialog).</summary>
    Cancelled,

    /// <summary>The INVITE got a final response of 400–699.</summary>
    Rejected,

    /// <summary>The INVITE got a 3xx; the targets are in <see cref="SipLegEnd.Targets"/>.</summary>
    Redirected,

    /// <summary>No credentials, or they were refused (401 or 407 that could not be satisfied).</summary>
    AuthenticationFailed,

    /// <summary>Nothing was heard to the INVITE within its silence limit or timer B.</summary>
    NoResponse,

    /// <summary>The peer never acknowledged our 2xx (RFC 3261 §13.3.1.4).</summary>
    NoAcknowledgement,

    /// <summary>A reliable provisional response was never acknowledged (RFC 3262 §3).</summary>
    NoProvisionalAcknowledgement,

    /// <summary>The session timer ran out, or the refresh was refused (RFC 4028 §10).</summary>
    SessionExpired,

    /// <summary>A request within the dialog was answered with 408 or 481: the peer knows the dialog no more.</summary>
    DialogGone,

    /// <summary>The transport could not send.</summary>
    TransportFailed,

    /// <summary>The peer broke the offer/answer rules, such as a 2xx or ACK without the description that was
    /// due.</summary>
    ProtocolViolated,

    /// <summary>A limit of ours was reached, such as the longest time of ringing.</summary>
    LimitReached,
}

/// <summary>How and by whom a leg ended; emitted exactly once for each leg.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Side">Whose doing.</param>
/// <param name="Status">The SIP status that ended it (100–699); 0 when there was none, as with BYE.</param>
/// <param name="Q850">The cause of ITU-T Q.850 from a Reason header (1–127); 0 when there was none.</param>
/// <param name="Text">The reason phrase or Reason text; empty when there was none.</param>
public sealed record SipLegEnd(SipEndCause Cause, SipSide Side, int Status = 0, int Q850 = 0, string Text = "")
{
    /// <summary>Where a 3xx sends the caller, best first; empty otherwise.</summary>
    public IReadOnlyList<SipUri> Targets { get; init; } = [];

    /// <summary>Seconds of a Retry-After header; 0 when there was none.</summary>
    public int RetryAfterSeconds { get; init; }
}
