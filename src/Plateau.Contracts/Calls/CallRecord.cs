using System.Text.Json.Nodes;

namespace Plateau.Contracts.Calls;

/// <summary>The billable truth of one call, written exactly once, when its last leg and wrap-up are over.</summary>
public sealed record CallRecord
{
    /// <summary>The call.</summary>
    public required CallId Call { get; init; }

    /// <summary>Whose call it was.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Inbound, outbound or internal.</summary>
    public required CallDirection Direction { get; init; }

    /// <summary>The caller's number as presented, E.164 where known; empty when withheld.</summary>
    public required string Caller { get; init; }

    /// <summary>The number dialled.</summary>
    public required string Called { get; init; }

    /// <summary>Language the call ended in: "fr", "en".</summary>
    public string Language { get; init; } = "fr";

    /// <summary>First sign of the call.</summary>
    public required Instant Started { get; init; }

    /// <summary>When the first leg was answered by us or by the party called; null when never.</summary>
    public Instant? Answered { get; init; }

    /// <summary>When the customer was first connected to an agent; null when never.</summary>
    public Instant? Connected { get; init; }

    /// <summary>When the last leg was over (wrap-up may go on after it).</summary>
    public required Instant Ended { get; init; }

    /// <summary>Why the customer's leg ended.</summary>
    public required ClearingCause Cause { get; init; }

    /// <summary>Whose doing that was.</summary>
    public required ClearingSide EndedBy { get; init; }

    /// <summary>All legs in the order in which they came to be.</summary>
    public IReadOnlyList<LegRecord> Legs { get; init; } = [];

    /// <summary>Each stay in a queue, in order.</summary>
    public IReadOnlyList<QueueVisitRecord> QueueVisits { get; init; } = [];

    /// <summary>Recordings of this call.</summary>
    public IReadOnlyList<RecordingRecord> Recordings { get; init; } = [];

    /// <summary>The last disposition given, if any; <see cref="DispositionIsAutomatic"/> tells a time-out.</summary>
    public DispositionId? Disposition { get; init; }

    /// <summary>Whether the disposition was set by the wrap-up time-out and not by the agent.</summary>
    public bool DispositionIsAutomatic { get; init; }

    /// <summary>What the agent noted.</summary>
    public string? Notes { get; init; }

    /// <summary>Variables that the flow set, without those marked secret.</summary>
    public JsonObject? Variables { get; init; }

    /// <summary>The flow and version that answered, if any.</summary>
    public FlowId? Flow { get; init; }

    /// <summary>Version of that flow, 1 upwards; 0 without flow.</summary>
    public int FlowVersion { get; init; }
}

/// <summary>One leg of a call with its segments; segments touch each other without gap or overlap.</summary>
public sealed record LegRecord
{
    /// <summary>The leg.</summary>
    public required LegId Leg { get; init; }

    /// <summary>What it was to the call at its end.</summary>
    public required LegRole Role { get; init; }

    /// <summary>The agent or supervisor on it, if any.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>The trunk it ran over, if any.</summary>
    public TrunkId? Trunk { get; init; }

    /// <summary>The number or account of the party.</summary>
    public required string Party { get; init; }

    /// <summary>Why it ended.</summary>
    public required ClearingCause Cause { get; init; }

    /// <summary>Whose doing.</summary>
    public required ClearingSide EndedBy { get; init; }

    /// <summary>Q.850 cause from the network, if told; 1 to 127.</summary>
    public int? Q850Cause { get; init; }

    /// <summary>SIP status of a failed leg, if any; 300 to 699.</summary>
    public int? SipStatus { get; init; }

    /// <summary>What it did from when to when.</summary>
    public IReadOnlyList<SegmentRecord> Segments { get; init; } = [];

    /// <summary>Media quality as measured on this leg; null when no media flowed.</summary>
    public LegQuality? Quality { get; init; }
}

/// <summary>One stretch of a leg: [Start, End).</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it.</param>
/// <param name="Queue">The queue, for waiting, offers, talk and wrap-up that belong to one.</param>
/// <param name="Detail">Target of a consultation, flow node… null when there is nothing to tell.</param>
public sealed record SegmentRecord(
    SegmentKind Kind, Instant Start, Instant End, QueueId? Queue = null, string? Detail = null);

/// <summary>Media quality of a leg in the direction towards us.</summary>
/// <param name="Codec">Name of the codec in use at the end: PCMA, PCMU, G722, opus.</param>
/// <param name="PacketsReceived">Packets that arrived.</param>
/// <param name="PacketsLost">Packets that never arrived.</param>
/// <param name="PacketsSent">Packets we sent.</param>
/// <param name="JitterMs">Interarrival jitter, RFC 3550 §A.8, milliseconds.</param>
/// <param name="RoundTripMs">Round-trip time from RTCP, milliseconds; null when unknown.</param>
/// <param name="Mos">Estimated mean opinion score, 1.0 to 4.5, ITU-T G.107 simplified.</param>
public sealed record LegQuality(
    string Codec, long PacketsReceived, long PacketsLost, long PacketsSent, double JitterMs, double? RoundTripMs,
    double Mos);

/// <summary>One stay of a call in a queue, from entry to exit.</summary>
public sealed record QueueVisitRecord
{
    /// <summary>The queue.</summary>
    public required QueueId Queue { get; init; }

    /// <summary>When it entered; kept through drop, callback and transfer that keep the place.</summary>
    public required Instant Entered { get; init; }

    /// <summary>When it left; for <see cref="Routing.QueueExit.Answered"/> the instant both audio legs were
    /// up.</summary>
    public required Instant Left { get; init; }

    /// <summary>How it left.</summary>
    public required Routing.QueueExit Exit { get; init; }

    /// <summary>Who took it, if anyone.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>Position at entry, 1 = next.</summary>
    public int PositionAtEntry { get; init; }

    /// <summary>Wait that was estimated at entry; null when no estimate was possible.</summary>
    public TimeSpan? EstimatedWait { get; init; }

    /// <summary>Every offer made during the stay, in order.</summary>
    public IReadOnlyList<OfferRecord> Offers { get; init; } = [];
}

/// <summary>One offer of a call to one agent.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Agent">To whom.</param>
/// <param name="Made">When the agent was reserved.</param>
/// <param name="Ended">When the outcome was known.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record OfferRecord(
    OfferId Offer, AgentId Agent, Instant Made, Instant Ended, Routing.OfferOutcome Outcome);

/// <summary>A recording that is on disk.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Started">When it began.</param>
/// <param name="Duration">Length of the audio.</param>
/// <param name="Path">Path below the recordings folder, with '/'.</param>
/// <param name="Bytes">Size of the file, bytes.</param>
/// <param name="Sha256">SHA-256 of the file, 64 lower-case hex digits.</param>
/// <param name="IsMessage">A message that a caller left, not a conversation.</param>
public sealed record RecordingRecord(
    RecordingId Recording, Instant Started, TimeSpan Duration, string Path, long Bytes, string Sha256,
    bool IsMessage = false);
