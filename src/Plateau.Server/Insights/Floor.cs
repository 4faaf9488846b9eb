using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Routing;

namespace Plateau.Server.Insights;

/// <summary>The floor as the facts tell it. A fact told twice changes nothing; all members may be called by any
/// thread.</summary>
internal sealed class Floor
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<CallId, LiveCall> _calls = [];
    private readonly SortedDictionary<AgentId, LiveAgent> _agents = [];
    private readonly SortedDictionary<CallbackId, LiveCallback> _callbacks = [];
    private readonly SortedDictionary<QueueId, bool> _open = [];
    private long _sequence;

    public FloorState Snapshot()
    {
        lock (_gate)
        {
            return new FloorState(_sequence, [.. _calls.Values], [.. _agents.Values], [.. _callbacks.Values]);
        }
    }

    /// <summary>Calls that are up.</summary>
    public int CallsUp
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count;
            }
        }
    }

    public LiveCall? Call(CallId call)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(call);
        }
    }

    public LiveAgent? Agent(AgentId agent)
    {
        lock (_gate)
        {
            return _agents.GetValueOrDefault(agent);
        }
    }

    /// <summary>What a supervisor set a queue to; null for its hours.</summary>
    public bool? OpenByHand(QueueId queue)
    {
        lock (_gate)
        {
            return _open.TryGetValue(queue, out var open) ? open : null;
        }
    }

    public void Take(DecisionRecord decision)
    {
        lock (_gate)
        {
            if (_calls.TryGetValue(decision.Call, out var call))
            {
                _calls[decision.Call] = call with { Decision = decision };
            }
        }
    }

    public void Take(FactRecord record)
    {
        lock (_gate)
        {
            if (record.Sequence <= _sequence)
            {
                return;
            }

            _sequence = record.Sequence;
            TakeFact(record.Fact, record.At);
        }
    }

    private void TakeFact(Fact fact, Instant at)
    {
        switch (fact)
        {
            case CallStarted f:
                _calls[f.Call] = new LiveCall(f.Call, f.Direction, f.Caller, f.Called, at) { Since = at, Trunk = f.Trunk };
                break;
            case CallCleared f:
                _calls.Remove(f.Call);
                break;
            case AgentStateChanged f:
                _agents[f.Agent] = new LiveAgent(f.Agent, f.Status, f.State, at, f.Reason, f.Cause, f.Call);
                break;
            case CallbackChanged f:
                TakeCallback(f, at);
                break;
            case QueueChanged f:
                _open[f.Queue] = f.IsOpen;
                break;
            default:
                TakeCallFact(fact, at);
                break;
        }
    }

    private void TakeCallback(CallbackChanged fact, Instant at)
    {
        if (fact.State is CallbackState.Waiting or CallbackState.Dialling)
        {
            _callbacks[fact.Callback] = new LiveCallback(fact.Callback, fact.Call, fact.Queue, fact.Number, fact.State, at);
        }
        else
        {
            _callbacks.Remove(fact.Callback);
        }
    }

    private void TakeCallFact(Fact fact, Instant at)
    {
        _ = fact switch
        {
            CallQueued f => Change(f.Call, at, LiveCallState.Queued, c => c with
            {
                Queue = f.Queue, Entered = f.Entered, PositionAtEntry = f.Position, EstimatedWait = f.EstimatedWait,
            }),
            CallOffered f => Change(f.Call, at, LiveCallState.Offered, c => c with { Agent = f.Agent, Offer = f.Offer }),
            OfferEnded { Outcome: not OfferOutcome.Accepted } f => Change(f.Call, at, LiveCallState.Queued, c => c with
            {
                Agent = null, Offer = null,
            }),
            QueueLeft f => Change(f.Call, at, LiveCallState.Started, c => c with { Entered = null, Offer = null }),
            CallEstablished f => Change(f.Call, at, LiveCallState.Talking, c => c with
            {
                Agent = f.Agent ?? c.Agent, Queue = f.Queue ?? c.Queue, Slot = null,
            }),
            CallHeld f => Change(f.Call, at, LiveCallState.Held, c => c),
            CallResumed f => Change(f.Call, at, LiveCallState.Talking, c => c),
            CallParked { Slot: "" } f => Change(f.Call, at, LiveCallState.Started, c => c with { Slot = null }),
            CallParked f => Change(f.Call, at, LiveCallState.Parked, c => c with { Slot = f.Slot, Agent = null }),
            RecordingChanged f => Change(f.Call, at, null, c => c with { Recording = f.Recording, RecordingState = f.State }),
            MonitoringChanged f => Change(f.Call, at, null, c => c with { Supervisors = Supervisors(c, f) }),
            DispositionSet f => Change(f.Call, at, null, c => c with { Disposition = f.Disposition }),
            _ => false,
        };
    }

    private bool Change(CallId id, Instant at, LiveCallState? state, Func<LiveCall, LiveCall> change)
    {
        if (!_calls.TryGetValue(id, out var call))
        {
            return false;
        }

        call = change(call);
        _calls[id] = state is { } next && next != call.State ? call with { State = next, Since = at } : call;
        return true;
    }

    private static Dictionary<AgentId, MonitorMode> Supervisors(LiveCall call, MonitoringChanged fact)
    {
        var supervisors = new Dictionary<AgentId, MonitorMode>(call.Supervisors);
        supervisors.Remove(fact.Supervisor);
        if (fact.Mode is { } mode)
        {
            supervisors[fact.Supervisor] = mode;
        }

        return supervisors;
    }
}
