using System.Net;
using Plateau.Contracts;
using Plateau.Sip;

namespace Plateau.Server.Telephony;

/// <summary>Log events of signalling: 23000 to 23999.</summary>
internal static partial class TelephonyLog
{
    [LoggerMessage(23000, LogLevel.Error, "Work on the telephony thread failed")]
    internal static partial void WorkFailed(ILogger log, Exception error);

    [LoggerMessage(23001, LogLevel.Debug, "From {Source}: refused as {Why}: {Detail}")]
    internal static partial void Refused(ILogger log, IPEndPoint source, RefusalCause why, string detail);

    [LoggerMessage(23002, LogLevel.Information, "{Tenant}: host {Host} of trunk {Trunk} is {State}")]
    internal static partial void TrunkHost(ILogger log, TenantId tenant, string host, TrunkId trunk, string state);

    [LoggerMessage(23003, LogLevel.Warning, "{Tenant}: trunk {Trunk} is not registered: {Status}")]
    internal static partial void TrunkUnregistered(ILogger log, TenantId tenant, TrunkId trunk, int status);

    [LoggerMessage(23004, LogLevel.Warning, "{Tenant}: {Host} of trunk {Trunk} has no address")]
    internal static partial void Unresolved(ILogger log, TenantId tenant, TrunkId trunk, string host);

    [LoggerMessage(23005, LogLevel.Warning, "Leg {Leg}: nothing to play: {Detail}")]
    internal static partial void NothingToPlay(ILogger log, LegId leg, string detail);

    [LoggerMessage(23006, LogLevel.Information, "Leg {Leg}: ended, {Cause} by {Side}, status {Status}, {Text}")]
    internal static partial void LegEnded(
        ILogger log, LegId leg, SipEndCause cause, SipSide side, int status, string text);

    [LoggerMessage(23007, LogLevel.Error, "Recording {Recording} failed: {Reason}")]
    internal static partial void RecordingLost(ILogger log, RecordingId recording, string reason);
}
