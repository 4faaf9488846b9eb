using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>Blind transfers, by request or by the telephone's REFER.</summary>
internal sealed partial class CallMachine
{
    private AgentId? _transferor;

    /// <summary>The customer goes to the target, the agents in the conversation are free (in wrap-up).</summary>
    internal RequestError? Transfer(CallTarget target, bool keepPlace, AgentId? by)
    {
        if (!IsTargetValid(target))
        {
            return RequestError.Invalid;
        }

        if (Customer is not { IsAlive: true } || State is not (CallState.Talking or CallState.Queued or CallState.Ivr or CallState.Parked))
        {
            return RequestError.WrongState;
        }

        if (CheckTarget(target) is { } error)
        {
            return error;
        }

        _transferor = by ?? TalkingAgent();
        Instant? place = keepPlace && _visits.Count > 0 ? _visits[^1].Entered : null;
        LeaveBehind(ref place, keepPlace);
        _context.Publish(new CallTransferred(Id, by, Describe(target), Consulted: false));
        return Send(target, keepPlace, place);
    }

    /// <summary>The agent with whom the customer talks; the first of several.</summary>
    private AgentId? TalkingAgent()
    {
        foreach (var leg in _legs)
        {
            if (leg is { IsUp: true, Role: LegRole.Agent, Agent: { } agent })
            {
                return agent;
            }
        }

        return null;
    }

    /// <summary>A telephone asks to be transferred to a number or account; true when it was done.</summary>
    internal bool TransferByPhone(Leg leg, string wanted)
    {
        if (State != CallState.Talking || leg.Agent is not { } agent || leg.Role == LegRole.Supervisor)
        {
            return false;
        }

        var target = TargetOf(wanted);
        return target is not null && Transfer(target, keepPlace: false, agent) is null;
    }

    /// <summary>What a number dialled by an agent means: colleague, own number (its queue or flow), outside.</summary>
    internal CallTarget? TargetOf(string wanted)
    {
        if (Config.AgentAt(wanted) is { } colleague)
        {
            return new CallTarget(Agent: colleague);
        }

        if (Config.EntryPoints.Find(wanted) is { } entry)
        {
            return new CallTarget(Agent: entry.Agent, Queue: entry.Queue, Flow: entry.Flow);
        }

        return IsDialable(wanted) ? new CallTarget(Number: wanted) : null;
    }

    /// <summary>Exactly one member, naming something that exists.</summary>
    internal bool IsTargetValid(CallTarget target) => IsValid(target, _context.Config);

    /// <summary>Exactly one member, naming something that exists in the configuration.</summary>
    internal static bool IsValid(CallTarget target, ConfigTable config)
    {
        var count = (target.Agent is null ? 0 : 1) + (target.Queue is null ? 0 : 1) + (target.Flow is null ? 0 : 1)
            + (target.Number is null ? 0 : 1) + (target.Mailbox is null ? 0 : 1);
        return count == 1
            && (target.Agent is not { } agent || config.Agent(agent) is not null)
            && (target.Queue is not { } queue || config.Queue(queue) is not null)
            && (target.Flow is not { } flow || config.Flows.Find(flow) is not null)
            && (target.Number is not { } number || config.AgentAt(number) is not null || IsDialable(number));
    }

    /// <summary>A named agent must be free before the customer is let go of.</summary>
    private RequestError? CheckTarget(CallTarget target)
    {
        var id = target.Agent ?? (target.Number is { } number ? Config.AgentAt(number) : null);
        return id is { } agent && (_roster.Find(agent) is not { } machine || !CanBeRung(machine))
            ? RequestError.TargetUnavailable
            : HasRoomForLeg() ? null : RequestError.LimitReached;
    }

    /// <summary>Everything but the customer ends here: queue, consultation, agents, third parties.</summary>
    private void LeaveBehind(ref Instant? place, bool keepPlace)
    {
        if (_routing.Leave(Id, QueueExit.Transferred) is { } visit)
        {
            place = keepPlace && State == CallState.Queued ? visit.Entered : place;
            AddVisit(visit);
        }

        Unpark();
        EndFlow();
        _consultation = null;
        _saying = null;
        var customer = Customer!;
        LeaveBridge(customer);
        State = CallState.Connecting;
        foreach (var leg in _legs.ToArray())
        {
            if (leg != customer && leg.Role != LegRole.Supervisor)
            {
                Clear(leg, ClearingCause.Transferred, ClearingSide.Agent);
            }
        }

        SilenceSupervisors();
        if (customer.IsUp)
        {
            customer.Enter(SegmentKind.Dialling, Now);
        }
    }

    private static string Describe(CallTarget target) =>
        target.Agent?.Value ?? target.Queue?.Value ?? target.Flow?.Value ?? target.Number ?? target.Mailbox ?? string.Empty;

    /// <summary>A transfer that nobody took: the customer goes back to the queue of the call, its agent
    /// preferred.</summary>
    private bool TryReturnToTransferor()
    {
        if (_transferor is not { } agent || Queue is not { } queue || Customer is not { IsAlive: true })
        {
            return false;
        }

        _transferor = null;
        JoinQueue(new QueueEntry(Id, queue)
        {
            Preferred = agent,
            IsGranted = true,
            Entered = _visits.Count > 0 ? _visits[^1].Entered : null,
        });
        return true;
    }
}
