using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Core.Routing;

namespace Plateau.Core;

/// <summary>Questions about the state; run on the centre's thread, changing nothing.</summary>
public sealed partial class Centre
{
    /// <summary>Why a waiting call is where it is: every agent of its queue with the reason; null when it does not
    /// wait.</summary>
    public DecisionRecord? Explain(CallId call) => _routing.Explain(call);

    /// <summary>Everything that boards show, at the instant of the last input.</summary>
    public CentreBoard Snapshot()
    {
        var queues = new List<QueueBoard>();
        foreach (var queue in _routing.Queues)
        {
            queues.Add(Board(queue));
        }

        var agents = new List<AgentBoard>();
        foreach (var agent in _roster.All)
        {
            agents.Add(new AgentBoard(
                agent.Id, agent.Status, agent.Pending?.Status, agent.State, agent.Reason, agent.Since, agent.Phone,
                agent.Call, agent.Queue, agent.Offer));
        }

        var calls = new List<CallBoard>();
        foreach (var call in _calls.All)
        {
            calls.Add(Board(call));
        }

        var callbacks = new List<CallbackBoard>();
        foreach (var callback in _routing.Callbacks)
        {
            callbacks.Add(new CallbackBoard(
                callback.Id, callback.Queue, callback.Number, callback.State, callback.Entered, callback.Requested,
                callback.Attempts, callback.NotBefore, callback.Call));
        }

        return new CentreBoard(_context.Now, queues, agents, calls, callbacks);
    }

    /// <summary>Sums up the whole state: equal after the same inputs, on every machine.</summary>
    public ulong StateHash()
    {
        var hash = new StateHash();
        hash.Add(_context.Deadlines.Next);
        hash.Add(_context.Deadlines.Count);
        foreach (var agent in _roster.All)
        {
            agent.AddTo(ref hash);
        }

        foreach (var queue in _routing.Queues)
        {
            hash.Add(queue.Id.Value);
            queue.Estimate.AddTo(ref hash);
            foreach (var item in queue.Items.ToList())
            {
                item.AddTo(ref hash);
            }
        }

        foreach (var call in _calls.All)
        {
            call.AddTo(ref hash);
        }

        return hash.Value;
    }

    /// <summary>Checks everything that must always hold; costs as much as the centre is large. For tests and
    /// simulations.</summary>
    /// <exception cref="AssertionFailed">Something does not hold.</exception>
    public void Verify()
    {
        foreach (var agent in _roster.All)
        {
            VerifyAgent(agent);
        }

        foreach (var call in _calls.All)
        {
            VerifyCall(call);
        }

        _routing.Verify();
    }

    internal AgentMachine? FindAgent(AgentId agent) => _roster.Find(agent);

    internal CallMachine? FindCall(CallId call) => _calls.Find(call);

    private void VerifyAgent(AgentMachine agent)
    {
        AssertionFailed.Unless(agent.IsBusy == agent.Call is not null, $"agent {agent.Id} in {agent.State}, call {agent.Call}");
        if (agent.Call is not { } id)
        {
            return;
        }

        var call = _calls.Find(id);
        AssertionFailed.Unless(call is not null, $"agent {agent.Id} in {agent.State} with call {id} that is over");
        var isThere = agent.State == AgentState.WrapUp
            ? call.WrapUps.Any(l => l.Agent == agent.Id)
            : call.LegOf(agent.Id) is not null;
        AssertionFailed.Unless(isThere, $"agent {agent.Id} in {agent.State} with call {id} without a leg of it");
    }

    private void VerifyCall(CallMachine call)
    {
        foreach (var leg in call.Legs)
        {
            if (leg.IsAlive && leg.Agent is { } id)
            {
                AssertionFailed.Unless(
                    _roster.Find(id)?.Call == call.Id, $"leg of agent {id} in call {call.Id}, agent elsewhere");
            }
        }

        if (call.State == CallState.Talking)
        {
            var parties = call.Legs.Count(static l => l.IsAlive && l.Role != Plateau.Contracts.Calls.LegRole.Supervisor);
            AssertionFailed.Unless(parties >= 2, $"call {call.Id} is a talk of {parties}");
        }

        var waits = _routing.Find(call.Id) is not null;
        AssertionFailed.Unless(
            call.State != CallState.Queued || waits, $"call {call.Id} is queued but in no queue");
    }

    private QueueBoard Board(QueueState queue)
    {
        var waiting = new List<WaitingBoard>();
        foreach (var item in queue.Items.ToList())
        {
            waiting.Add(new WaitingBoard(
                item.Callback is null ? item.Call : null, item.Callback?.Id, item.Caller, item.Entered,
                waiting.Count + 1, item.ScoreAt(_context.Now), RoutingMachine.EstimateFor(item),
                item.Offers.ConvertAll(static o => o.Agent)));
        }

        return new QueueBoard(
            queue.Id, _routing.IsOpen(queue), queue.Count(AgentPresence.Ready), queue.Count(AgentPresence.Busy),
            queue.Count(AgentPresence.WrapUp), queue.Count(AgentPresence.Paused),
            queue.Count(AgentPresence.Unreachable), queue.Estimate.MeanAbsoluteError, waiting);
    }

    private CallBoard Board(CallMachine call)
    {
        var legs = new List<LegBoard>();
        foreach (var leg in call.Legs)
        {
            if (leg.IsAlive)
            {
                legs.Add(new LegBoard(leg.Id, leg.Role, leg.Agent, leg.Party, leg.Kind, leg.IsUp, leg.Monitor));
            }
        }

        return new CallBoard(
            call.Id, call.Direction, call.State.ToString(), call.Caller, call.Called, call.Started,
            _routing.Find(call.Id)?.Queue.Id ?? call.Queue, call.FlowPlace, call.Slot,
            call.Recording is not null && !call.IsRecordingPaused, legs);
    }
}
