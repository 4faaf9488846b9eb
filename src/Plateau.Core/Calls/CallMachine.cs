using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Agents;
using Plateau.Core.Ivr;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>What a call is about at the moment, seen from its customer.</summary>
internal enum CallState
{
    /// <summary>Just arrived, nothing done yet; or its first leg is being dialled.</summary>
    Ringing,

    /// <summary>In a flow.</summary>
    Ivr,

    /// <summary>Waiting in a queue, an offer included.</summary>
    Queued,

    /// <summary>A named agent or number is being called for the customer.</summary>
    Connecting,

    /// <summary>In conversation, hold and consultation included.</summary>
    Talking,

    /// <summary>Parked in a slot.</summary>
    Parked,

    /// <summary>Leaving a message.</summary>
    Voicemail,

    /// <summary>No leg is alive; wrap-up, recordings or the ends of legs are waited for.</summary>
    Reporting,

    /// <summary>The record is written.</summary>
    Recorded,
}

/// <summary>One call: its legs, who hears whom, where it waits, and its record.</summary>
/// <remarks>
/// <code>
/// state       input                           next state
/// Ringing     entry point                     Ivr | Queued | Connecting | Reporting (unknown number)
/// Ivr         flow: queue, transfer, message  Queued | Connecting | Voicemail
/// Queued      offered agent answered          Talking (both legs up), queue left at this instant
/// Queued      queue left by a rule            Ivr (came from a flow) | Reporting
/// Connecting  target answered                 Talking
/// Connecting  target failed                   Ivr | Talking (back to who transferred) | Reporting
/// Talking     transfer, park                  Queued | Connecting | Ivr | Voicemail | Parked
/// Parked      retrieved, timed out            Talking | Connecting
/// any         customer gone, nobody left      Reporting
/// Reporting   legs, wrap-ups, recordings over Recorded, WriteCallRecord exactly once
/// </code>
/// The aspects of a call are in the partial files beside this one.
/// </remarks>
internal sealed partial class CallMachine
{
    private readonly CentreContext _context;
    private readonly LiveCalls _calls;
    private readonly AgentRoster _roster;
    private readonly RoutingMachine _routing;
    private readonly List<Leg> _legs = [];
    private readonly List<QueueVisitRecord> _visits = [];

    internal CallMachine(LiveCalls calls, CallId id, CallDirection direction, string caller, string called)
    {
        _calls = calls;
        _context = calls.Context;
        _roster = calls.Roster;
        _routing = calls.Routing;
        Id = id;
        Direction = direction;
        Caller = caller;
        Called = called;
        Started = _context.Now;
        Language = _context.Config.Centre.Language;
        Config = _context.Config;
        _flowDue = new Deadline(() => Feed(new FlowTick()));
        _reportDue = new Deadline(() => Report(isForced: true));
        _recordingResume = new Deadline(OnRecordingPauseEnds);
        _parkDue = new Deadline(OnParkTimeout);
        _connectDue = new Deadline(OnConnectTimeout);
        _bridge = new BridgeId(_context.NextId());
    }

    internal CallId Id { get; }

    internal CallDirection Direction { get; }

    internal string Caller { get; }

    internal string Called { get; }

    internal string Language { get; private set; }

    internal Instant Started { get; }

    internal Instant? Answered { get; private set; }

    internal Instant? Connected { get; private set; }

    internal CallState State { get; private set; } = CallState.Ringing;

    /// <summary>The configuration the call started with: its flow and numbers; queues are live.</summary>
    internal ConfigTable Config { get; }

    /// <summary>The queue the call counts for: the last one that led to a conversation.</summary>
    internal QueueId? Queue { get; private set; }

    internal IReadOnlyList<Leg> Legs => _legs;

    /// <summary>The customer's leg: whom the call is about; null before it exists.</summary>
    internal Leg? Customer { get; private set; }

    internal bool IsOver => State >= CallState.Reporting;

    private Instant Now => _context.Now;

    private QueueConfig? QueueConfigOf(QueueId? queue) => queue is { } id ? _context.Config.Queue(id) : null;

    internal void AddTo(ref StateHash hash)
    {
        hash.Add(Id.Value);
        hash.Add((int)State);
        hash.Add(Language);
        hash.Add(FlowPlace);
        hash.Add((int)_pauses);
        hash.Add(_recordingsPending);
        foreach (var leg in _legs)
        {
            hash.Add(leg.Id.Value);
            hash.Add((int)leg.Phase);
            hash.Add((int)leg.Kind);
            hash.Add((int)leg.Role);
            hash.Add(leg.Bridge?.Value ?? 0);
        }
    }

    /// <summary>The living leg of an agent; null when not in the call.</summary>
    internal Leg? LegOf(AgentId agent)
    {
        foreach (var leg in _legs)
        {
            if (leg.Agent == agent && leg.IsAlive)
            {
                return leg;
            }
        }

        return null;
    }

    /// <summary>Whether the agent is or was in the call, wrap-up included.</summary>
    internal bool WasIn(AgentId agent) => _legs.Exists(l => l.Agent == agent);

    /// <summary>Legs that take part in the customer's conversation: up, bridged, not merely monitoring.</summary>
    private int CountParties(BridgeId bridge)
    {
        var count = 0;
        foreach (var leg in _legs)
        {
            count += leg.IsUp && leg.Bridge == bridge && leg.Role != LegRole.Supervisor ? 1 : 0;
        }

        return count;
    }

    private static ClearingSide SideOf(Leg leg) => leg.Role switch
    {
        LegRole.Customer => ClearingSide.Customer,
        LegRole.Agent => ClearingSide.Agent,
        LegRole.Supervisor => ClearingSide.Supervisor,
        _ => ClearingSide.External,
    };
}
