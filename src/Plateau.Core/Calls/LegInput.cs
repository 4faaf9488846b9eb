using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;

namespace Plateau.Core.Calls;

/// <summary>A party calls us. The driver gave the leg its id; the centre answers with effects on that leg.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Caller">Number presented, E.164 where known; empty when withheld.</param>
/// <param name="Called">Number dialled, after the trunk's translation; for a phone what was dialled on it.</param>
/// <param name="Trunk">The trunk it came over; null from a phone of the house.</param>
/// <param name="Phone">The phone of the house it came from; null from a trunk.</param>
/// <param name="CallerName">Display name, if any.</param>
/// <param name="DivertedFrom">Number that diverted the call here (Diversion, History-Info), if any.</param>
public sealed record LegOffered(
    LegId Leg, string Caller, string Called, TrunkId? Trunk, PhoneId? Phone, string? CallerName = null,
    string? DivertedFrom = null) : CentreInput;

/// <summary>The party called rings.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="EarlyMedia">Whether audio comes before the answer.</param>
public sealed record LegRinging(LegId Leg, bool EarlyMedia = false) : CentreInput;

/// <summary>The leg is up: the party called answered, or our answer was acknowledged. Audio flows both ways.</summary>
public sealed record LegAnswered(LegId Leg) : CentreInput;

/// <summary>The leg is gone, whoever ended it; nothing more comes from it. Exactly one per leg.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Cause">Why.</param>
/// <param name="ByParty">True when the party or its network ended it, false when we asked for it.</param>
/// <param name="Q850Cause">Q.850 cause, if told.</param>
/// <param name="SipStatus">SIP status of a failure, if any.</param>
/// <param name="Quality">Media quality, when media flowed.</param>
public sealed record LegCleared(
    LegId Leg, ClearingCause Cause, bool ByParty, int? Q850Cause = null, int? SipStatus = null,
    LegQuality? Quality = null) : CentreInput;

/// <summary>A key was pressed (RFC 4733, INFO or in-band).</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Digit">0-9, *, #, A-D.</param>
public sealed record LegDigit(LegId Leg, char Digit) : CentreInput;

/// <summary>The party put us on hold or took us back (re-INVITE).</summary>
public sealed record LegHeldByParty(LegId Leg, bool Held) : CentreInput;

/// <summary>The party asks us to transfer it (REFER).</summary>
/// <param name="Leg">The leg that asks.</param>
/// <param name="Target">Number or account wanted.</param>
/// <param name="Replaces">Our leg of the consulted call, for a consulted transfer; null for a blind one.</param>
public sealed record LegTransferRequested(LegId Leg, string Target, LegId? Replaces = null) : CentreInput;

/// <summary>A playing came to its end.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Playback">Which.</param>
/// <param name="Completed">True when heard to the end, false when stopped, broken off or failed.</param>
public sealed record PlaybackEnded(LegId Leg, PlaybackId Playback, bool Completed) : CentreInput;

/// <summary>A recording is complete on disk; with no bytes when there is nothing of it: not begun in time, or failed.</summary>
public sealed record RecordingFinished(CallId Call, RecordingRecord Recording) : CentreInput;

/// <summary>A flow's request to a foreign web server came back.</summary>
/// <param name="Call">The call.</param>
/// <param name="Http">Which request.</param>
/// <param name="Status">HTTP status; 0 when none came.</param>
/// <param name="Body">Body, cut at the limit; empty when none.</param>
/// <param name="Error">Null, or what failed: timeout, refused, too large, not allowed.</param>
public sealed record HttpAnswered(
    CallId Call, HttpRequestId Http, int Status, string Body, string? Error = null) : CentreInput;
