using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Routing;

namespace Plateau.Server.Insights;

/// <summary>The floor at one place of the event stream; events from <see cref="Sequence"/> on bring it
/// forward.</summary>
/// <param name="Sequence">The last event that is in it; 0 for none.</param>
/// <param name="Calls">Calls that are up, oldest first.</param>
/// <param name="Agents">Agents who were ever seen, by name.</param>
/// <param name="Callbacks">Callbacks that are not over, oldest first.</param>
internal sealed record FloorState(
    long Sequence, IReadOnlyList<LiveCall> Calls, IReadOnlyList<LiveAgent> Agents, IReadOnlyList<LiveCallback> Callbacks);

/// <summary>What a call does.</summary>
internal enum LiveCallState
{
    /// <summary>In a flow, ringing, or being set up.</summary>
    Started,

    /// <summary>Waits in a queue.</summary>
    Queued,

    /// <summary>Waits, and is being offered to an agent.</summary>
    Offered,

    /// <summary>In conversation.</summary>
    Talking,

    /// <summary>Held by its agent.</summary>
    Held,

    /// <summary>Parked.</summary>
    Parked,
}

/// <summary>A call that is up.</summary>
internal sealed record LiveCall(CallId Call, CallDirection Direction, string Caller, string Called, Instant Started)
{
    public LiveCallState State { get; init; }

    public Instant Since { get; init; }

    public TrunkId? Trunk { get; init; }

    public QueueId? Queue { get; init; }

    public Instant? Entered { get; init; }

    public int? PositionAtEntry { get; init; }

    public TimeSpan? EstimatedWait { get; init; }

    public AgentId? Agent { get; init; }

    public OfferId? Offer { get; init; }

    public string? Slot { get; init; }

    public RecordingId? Recording { get; init; }

    public RecordingState? RecordingState { get; init; }

    /// <summary>Supervisors on the call, with how they take part.</summary>
    public IReadOnlyDictionary<AgentId, MonitorMode> Supervisors { get; init; } = new Dictionary<AgentId, MonitorMode>();

    public DispositionId? Disposition { get; init; }

    /// <summary>Why it waits or went where it went: the last decision about it.</summary>
    public DecisionRecord? Decision { get; init; }
}

/// <summary>An agent on the floor.</summary>
internal sealed record LiveAgent(
    AgentId Agent, AgentStatus Status, AgentState State, Instant Since, NotReadyReasonId? Reason, AgentCause Cause,
    CallId? Call);

/// <summary>A callback that is not over.</summary>
internal sealed record LiveCallback(
    CallbackId Callback, CallId? Call, QueueId Queue, string Number, CallbackState State, Instant Since);
