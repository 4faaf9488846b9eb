using Plateau.Contracts;
using Plateau.Contracts.Calls;

namespace Plateau.Core.Calls;

/// <summary>How far a leg has come.</summary>
internal enum LegPhase
{
    /// <summary>A party calls us; not answered yet.</summary>
    Offered,

    /// <summary>We are answering.</summary>
    Answering,

    /// <summary>We call a party.</summary>
    Dialling,

    /// <summary>It rings at the party.</summary>
    Ringing,

    /// <summary>Audio flows.</summary>
    Up,

    /// <summary>We ended it and wait for the driver's word.</summary>
    Clearing,

    /// <summary>Gone.</summary>
    Gone,
}

/// <summary>One party of a call with its segments, which touch from its first to its last instant.</summary>
internal sealed class Leg(LegId id, CallMachine call, LegRole role, string party)
{
    private readonly List<SegmentRecord> _segments = [];
    private SegmentKind _kind;
    private Instant _segmentStart;
    private QueueId? _segmentQueue;
    private string? _detail;
    private bool _isOpen;

    internal LegId Id { get; } = id;

    internal CallMachine Call { get; } = call;

    internal LegRole Role { get; set; } = role;

    internal string Party { get; } = party;

    internal LegPhase Phase { get; set; }

    internal AgentId? Agent { get; set; }

    internal TrunkId? Trunk { get; init; }

    internal PhoneId? Phone { get; init; }

    /// <summary>The queue that this agent's part in the call counts for: wrap-up, handling time.</summary>
    internal QueueId? Queue { get; set; }

    /// <summary>The offer that this leg is, until it is accepted or over.</summary>
    internal Routing.QueueOffer? Offer { get; set; }

    /// <summary>A nailed-up line lent to the call: it stays up when its part is over.</summary>
    internal bool IsLine { get; init; }

    internal MonitorMode? Monitor { get; set; }

    internal bool IsMuted { get; set; }

    /// <summary>When this agent began to talk; null before.</summary>
    internal Instant? TalkedSince { get; set; }

    /// <summary>The bridge it is in; null when in none.</summary>
    internal BridgeId? Bridge { get; set; }

    internal bool IsUp => Phase == LegPhase.Up;

    /// <summary>Neither gone nor being cleared.</summary>
    internal bool IsAlive => Phase < LegPhase.Clearing;

    internal ClearingCause Cause { get; private set; }

    internal ClearingSide EndedBy { get; private set; }

    internal int? Q850Cause { get; set; }

    internal int? SipStatus { get; set; }

    internal LegQuality? Quality { get; set; }

    internal Deadline? ClearingDue { get; set; }

    /// <summary>End of the ring time of the offer.</summary>
    internal Deadline? OfferDue { get; set; }

    /// <summary>What is being said to the agent before the connection; null when nothing.</summary>
    internal PlaybackId? Whisper { get; set; }

    internal SegmentKind Kind => _kind;

    /// <summary>Begins another stretch; the same kind goes on. One of no length leaves no trace.</summary>
    internal void Enter(SegmentKind kind, Instant now, QueueId? queue = null, string? detail = null)
    {
        if (_isOpen && kind == _kind && queue == _segmentQueue && detail == _detail)
        {
            return;
        }

        Close(now);
        (_kind, _segmentStart, _segmentQueue, _detail, _isOpen) = (kind, now, queue, detail, true);
    }

    internal void Close(Instant now)
    {
        if (_isOpen && now > _segmentStart)
        {
            _segments.Add(new SegmentRecord(_kind, _segmentStart, now, _segmentQueue, _detail));
        }

        _isOpen = false;
    }

    internal void End(Instant now, ClearingCause cause, ClearingSide side)
    {
        Close(now);
        (Cause, EndedBy) = (cause, side);
    }

    internal LegRecord ToRecord() => new()
    {
        Leg = Id,
        Role = Role,
        Agent = Agent,
        Trunk = Trunk,
        Party = Party,
        Cause = Cause,
        EndedBy = EndedBy,
        Q850Cause = Q850Cause,
        SipStatus = SipStatus,
        Segments = _segments.ToArray(),
        Quality = Quality,
    };
}
