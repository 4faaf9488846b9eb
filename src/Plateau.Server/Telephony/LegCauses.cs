using Plateau.Contracts.Calls;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>Between the words of the centre and those of SIP and ISDN.</summary>
/// <remarks>Source: RFC 3398 §8.2.6.1 and §7.2.4.1 (SIP and ISUP causes), ITU-T Q.850.</remarks>
internal static class LegCauses
{
    /// <summary>What the end of a dialog means to a centre.</summary>
    internal static ClearingCause Of(SipLegEnd end) => end.Cause switch
    {
        SipEndCause.Hangup => ClearingCause.Normal,
        SipEndCause.Cancelled => end.Side == SipSide.Remote ? ClearingCause.Abandoned : ClearingCause.Cancelled,
        SipEndCause.Rejected => OfStatus(end.Status, end.Q850),
        SipEndCause.AuthenticationFailed => ClearingCause.Rejected,
        SipEndCause.NoResponse or SipEndCause.TransportFailed => ClearingCause.Unreachable,
        SipEndCause.LimitReached => ClearingCause.NoAnswer,
        SipEndCause.NoAcknowledgement or SipEndCause.NoProvisionalAcknowledgement or SipEndCause.SessionExpired
            or SipEndCause.DialogGone => ClearingCause.SignallingLost,
        _ => ClearingCause.Failed,
    };

    /// <summary>The status with which an unanswered call is refused.</summary>
    internal static int StatusFor(ClearingCause cause) => cause switch
    {
        ClearingCause.Busy => SipStatus.BusyHere,
        ClearingCause.Rejected => SipStatus.Decline,
        ClearingCause.UnknownNumber => SipStatus.NotFound,
        ClearingCause.Congestion or ClearingCause.LimitReached => SipStatus.ServiceUnavailable,
        ClearingCause.NoCommonCodec => SipStatus.NotAcceptableHere,
        _ => SipStatus.TemporarilyUnavailable,
    };

    /// <summary>The Q.850 cause told with BYE and refusals.</summary>
    internal static int Q850For(ClearingCause cause) => cause switch
    {
        ClearingCause.Busy => 17,
        ClearingCause.NoAnswer => 19,
        ClearingCause.Rejected => 21,
        ClearingCause.UnknownNumber => 1,
        ClearingCause.Unreachable => 20,
        ClearingCause.Congestion or ClearingCause.LimitReached => 34,
        ClearingCause.NoCommonCodec => 88,
        ClearingCause.SignallingLost or ClearingCause.MediaLost or ClearingCause.Restart => 41,
        ClearingCause.Failed => 31,
        _ => 16,
    };

    /// <summary>Whether another host may do better: silence, no way, overload (RFC 3263 §4.3).</summary>
    internal static bool InvitesFailover(SipLegEnd end) => end.Cause is SipEndCause.NoResponse or SipEndCause.TransportFailed
        || (end.Cause == SipEndCause.Rejected && end.Status is 408 or 500 or 502 or 503 or 504);

    /// <summary>Which of two failures tells more of the party: it was busy or refused, rather than a device was
    /// away.</summary>
    internal static SipLegEnd MoreTelling(SipLegEnd? one, SipLegEnd other) =>
        one is null || Weight(other) > Weight(one) ? other : one;

    private static int Weight(SipLegEnd end) => Of(end) switch
    {
        ClearingCause.Rejected => 5,
        ClearingCause.Busy => 4,
        ClearingCause.NoAnswer => 3,
        ClearingCause.Unreachable => 1,
        _ => 2,
    };

    private static ClearingCause OfStatus(int status, int q850) => status switch
    {
        486 or 600 => ClearingCause.Busy,
        603 or 403 or 433 or 607 => ClearingCause.Rejected,
        404 or 410 or 484 or 604 => ClearingCause.UnknownNumber,
        415 or 488 or 606 => ClearingCause.NoCommonCodec,
        487 => ClearingCause.Cancelled,
        >= 500 and < 600 => OfQ850(q850, ClearingCause.Congestion),
        408 or 480 => OfQ850(q850, ClearingCause.NoAnswer),
        _ => OfQ850(q850, ClearingCause.Failed),
    };

    private static ClearingCause OfQ850(int q850, ClearingCause otherwise) => q850 switch
    {
        1 or 28 => ClearingCause.UnknownNumber,
        17 => ClearingCause.Busy,
        18 or 19 => ClearingCause.NoAnswer,
        20 => ClearingCause.Unreachable,
        21 => ClearingCause.Rejected,
        34 or 38 or 41 or 42 or 44 => ClearingCause.Congestion,
        65 or 79 or 88 => ClearingCause.NoCommonCodec,
        _ => otherwise,
    };
}
