using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Insights;
using Plateau.Server.Insights;

namespace Plateau.Server.Demo;

/// <summary>What the demo shows, gathered from the centre's facts as any integrator could gather it.</summary>
/// <remarks>Any thread. Figures are those of this demo, not of what the folder held before.</remarks>
internal sealed class DemoBoard(CentreConfig config, Instant start)
{
    private const int CallsKept = 30;

    private readonly Lock _gate = new();
    private readonly LinkedList<BoardCall> _calls = new();
    private readonly Dictionary<CallId, BoardCall> _live = [];
    private readonly Dictionary<QueueId, List<QueueVisitRecord>> _visits =
        config.Queues.ToDictionary(q => q.Id, _ => new List<QueueVisitRecord>());
    private readonly Dictionary<QueueId, TimeSpan?> _estimates = [];
    private int _total;

    public void Take(FactRecord record)
    {
        if (record.At < start)
        {
            return; // Told again after a restart: it belongs to the demo before.
        }

        lock (_gate)
        {
            TakeFact(record.Fact, record.At);
        }
    }

    /// <summary>The floor now.</summary>
    public DemoView Look(FloorState floor, Instant now, DemoHealth health)
    {
        lock (_gate)
        {
            var queues = config.Queues.Select(q => Line(q, floor, now)).ToList();
            return new DemoView
            {
                Elapsed = now - start,
                Queues = queues,
                Agents = [.. SimulatedAgents.Working(config.Agents).Select(a => Line(a, floor, now))],
                Calls = [.. _calls.Select(c => Line(c, now))],
                Totals = Totals(queues, floor),
                Health = health,
            };
        }
    }

    private DemoTotals Totals(IReadOnlyList<QueueLine> queues, FloorState floor)
    {
        var definition = Definition(null);
        return new DemoTotals(
            _total, queues.Sum(q => q.Waiting), floor.Calls.Count(IsTalking), queues.Sum(q => q.Answered),
            queues.Sum(q => q.Abandoned), ServiceLevel.Of(definition, _visits.Values.SelectMany(v => v)).Percent,
            definition.Id.Value, definition.ThresholdS);
    }

    private QueueLine Line(QueueConfig queue, FloorState floor, Instant now)
    {
        var waiting = floor.Calls.Where(c => c.Queue == queue.Id && c.Entered is not null && !IsTalking(c)).ToList();
        var visits = _visits[queue.Id];
        var definition = Definition(queue.ServiceLevel);
        return new QueueLine(
            queue.Name, waiting.Count,
            waiting.Count == 0 ? TimeSpan.Zero : now - waiting.Min(c => c.Entered!.Value),
            _estimates.GetValueOrDefault(queue.Id),
            visits.Count(v => v.Exit == QueueExit.Answered), visits.Count(v => v.Exit == QueueExit.Abandoned),
            ServiceLevel.Of(definition, visits).Percent, definition.Id.Value, definition.ThresholdS);
    }

    private ServiceLevelConfig Definition(ServiceLevelId? id) =>
        ServiceLevelDefinitions.Find(id, config.ServiceLevels) ?? ServiceLevelDefinitions.BuiltIn[0];

    private AgentLine Line(AgentConfig agent, FloorState floor, Instant now)
    {
        if (floor.Agents.FirstOrDefault(a => a.Agent == agent.Id) is not { } live)
        {
            return new AgentLine(agent.Name, AgentState.LoggedOut, TimeSpan.Zero, "");
        }

        var reason = live.Reason is { } id ? config.NotReadyReasons.FirstOrDefault(r => r.Id == id)?.Name ?? id.Value : "";
        var caller = live.Call is { } call && _live.TryGetValue(call, out var known) ? known.Caller : "";
        return new AgentLine(agent.Name, live.State, now - live.Since, live.State == AgentState.Paused ? reason : caller);
    }

    private CallLine Line(BoardCall call, Instant now) => new(
        call.At - start, call.Caller, call.Queue is { } queue ? NameOf(queue) : "", call.Outcome,
        call.Agent is { } agent ? config.Agents.FirstOrDefault(a => a.Id == agent)?.Name ?? agent.Value : "",
        call.IsOver ? call.Since - call.At : now - call.Since);

    private string NameOf(QueueId queue) => config.Queues.FirstOrDefault(q => q.Id == queue)?.Name ?? queue.Value;

    private static bool IsTalking(LiveCall call) => call.State is LiveCallState.Talking or LiveCallState.Held;

    private void TakeFact(Fact fact, Instant at)
    {
        switch (fact)
        {
            case CallStarted f:
                Begin(f, at);
                break;
            case CallQueued f when _live.TryGetValue(f.Call, out var call):
                call.Move(CallOutcome.Waiting, at);
                call.Queue = f.Queue;
                _estimates[f.Queue] = f.EstimatedWait;
                break;
            case QueueLeft f:
                Leave(f, at);
                break;
            case CallCleared f when _live.Remove(f.Call, out var call):
                call.End(at);
                break;
            default:
                TakeCourse(fact, at);
                break;
        }
    }

    private void TakeCourse(Fact fact, Instant at)
    {
        (CallId Id, CallOutcome Outcome, AgentId? Agent)? change = fact switch
        {
            CallOffered f => (f.Call, CallOutcome.Ringing, f.Agent),
            OfferEnded { Outcome: not OfferOutcome.Accepted } f => (f.Call, CallOutcome.Waiting, null),
            CallEstablished f => (f.Call, CallOutcome.Talking, f.Agent),
            CallHeld f => (f.Call, CallOutcome.Held, f.Agent),
            CallResumed f => (f.Call, CallOutcome.Talking, f.Agent),
            _ => null,
        };
        if (change is { } known && _live.TryGetValue(known.Id, out var call) && !call.HasGivenUp)
        {
            call.Move(known.Outcome, at);
            call.Agent = known.Agent ?? (known.Outcome == CallOutcome.Waiting ? null : call.Agent);
        }
    }

    private void Begin(CallStarted fact, Instant at)
    {
        var call = new BoardCall(at, fact.Direction == CallDirection.Outbound ? fact.Called : fact.Caller);
        _total++;
        _live[fact.Call] = call;
        _calls.AddFirst(call);
        if (_calls.Count > CallsKept)
        {
            _calls.RemoveLast();
        }
    }

    private void Leave(QueueLeft fact, Instant at)
    {
        var entered = at - fact.Waited;
        if (_visits.TryGetValue(fact.Queue, out var visits))
        {
            visits.Add(new QueueVisitRecord { Queue = fact.Queue, Entered = entered, Left = at, Exit = fact.Exit });
        }

        if (_live.TryGetValue(fact.Call, out var call) && fact.Exit is QueueExit.Abandoned or QueueExit.Callback)
        {
            call!.Move(fact.Exit == QueueExit.Abandoned ? CallOutcome.Abandoned : CallOutcome.Callback, at);
            call.Agent = null;
        }
    }

    private sealed class BoardCall(Instant at, string caller)
    {
        public Instant At { get; } = at;

        public string Caller { get; } = caller;

        public QueueId? Queue { get; set; }

        public AgentId? Agent { get; set; }

        public CallOutcome Outcome { get; private set; }

        public Instant Since { get; private set; } = at;

        public bool IsOver { get; private set; }

        public bool HasGivenUp => Outcome is CallOutcome.Abandoned or CallOutcome.Callback;

        public void Move(CallOutcome outcome, Instant when)
        {
            if (outcome != Outcome)
            {
                (Outcome, Since) = (outcome, when);
            }
        }

        public void End(Instant when)
        {
            var hasTalked = Outcome is CallOutcome.Talking or CallOutcome.Held;
            Outcome = hasTalked ? CallOutcome.Done : HasGivenUp ? Outcome : CallOutcome.Ended;
            (Since, IsOver) = (when, true);
        }
    }
}
