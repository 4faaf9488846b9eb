using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Agents;
using Plateau.Core.Ivr;

namespace Plateau.Core.Calls;

/// <summary>Calling a named party for another: direct calls, outgoing calls, blind transfers.</summary>
internal sealed partial class CallMachine
{
    private readonly Deadline _connectDue;
    private Leg? _origin;
    private Leg? _target;
    private CallTarget? _wanted;
    private string? _callerId;

    /// <summary>An agent's telephone is rung first; the target is called when it is picked up.</summary>
    internal RequestError? Place(AgentMachine agent, CallTarget target, string? callerId, QueueId? queue)
    {
        _wanted = target;
        _callerId = callerId;
        Queue = queue;
        agent.Dial(Id, queue);
        _origin = CallAgent(agent, LegRole.Agent, SegmentKind.Dialling, queue, Limits.RingMax, autoAnswer: true);
        if (_origin.IsLine)
        {
            OnAnswered(_origin);
        }

        return null;
    }

    /// <summary>Connects a leg that waits with a party; the leg hears it ring.</summary>
    /// <returns>Null when the party is being called; else why not.</returns>
    private RequestError? ConnectTo(CallTarget target, TimeSpan ringMax)
    {
        var waiting = _origin!;
        if (!HasRoomForLeg() || ++_moves > Limits.MovesPerCallMax)
        {
            return RequestError.LimitReached;
        }

        if (target.Number is { } number && Config.AgentAt(number) is { } extension)
        {
            target = new CallTarget(Agent: extension);
        }

        if (target.Agent is { } id)
        {
            if (_roster.Find(id) is not { } agent || !CanBeRung(agent))
            {
                return RequestError.TargetUnavailable;
            }

            agent.Reserve(Id, Queue, null);
            var role = waiting == Customer ? LegRole.Agent : LegRole.Customer;
            _target = CallAgent(agent, role, SegmentKind.Offered, null, ringMax + Limits.OfferGrace, agent.Config.AutoAnswer);
        }
        else
        {
            var role = waiting == Customer ? LegRole.External : LegRole.Customer;
            _target = CallNumber(target.Number!, role, _callerId ?? DefaultCallerId(waiting), ringMax + Limits.OfferGrace);
        }

        State = CallState.Connecting;
        Customer ??= _target;
        _context.Set(_connectDue, ringMax);
        if (waiting.IsUp)
        {
            LeaveBridge(waiting);
            _context.Emit(new PlayTone(waiting.Id, LegTone.Ringback));
        }

        if (_target.IsLine)
        {
            RingLine(_target);
        }

        return null;
    }

    /// <summary>A line does not ring: the beep and the client tell; auto-answer takes it at once.</summary>
    private void RingLine(Leg leg)
    {
        leg.Phase = LegPhase.Ringing;
        var agent = _roster.Find(leg.Agent!.Value)!;
        agent.Ring();
        if (agent.Config.AutoAnswer || !agent.HasHeartbeat)
        {
            OnAnswered(leg);
        }
    }

    /// <summary>Logged in, device there, and not busy; a pause does not stop colleagues from calling.</summary>
    private static bool CanBeRung(AgentMachine agent) =>
        agent is { IsLoggedIn: true, IsBusy: false, IsLost: false, Phone: not null };

    private string DefaultCallerId(Leg waiting) => waiting == Customer && Direction == CallDirection.Inbound ? Caller : string.Empty;

    private void OnTargetRings(Leg leg, bool hasEarlyMedia)
    {
        if (leg == _target && _origin is { Phase: LegPhase.Offered } origin && !hasEarlyMedia)
        {
            _context.Emit(new RingLeg(origin.Id));
        }
    }

    private void OnConnectTimeout()
    {
        if (_target is { IsUp: false, IsAlive: true } target)
        {
            Clear(target, ClearingCause.NoAnswer, ClearingSide.System);
        }
    }

    /// <summary>One of the two that are to be connected is up; when both are, they talk.</summary>
    private void ConnectPair()
    {
        if (_origin is not { } origin)
        {
            return;
        }

        if (_target is null)
        {
            if (origin.IsUp && _wanted is { } wanted)
            {
                ReachWanted(origin, wanted);
            }

            return;
        }

        if (!_target.IsUp)
        {
            return;
        }

        if (origin.Phase == LegPhase.Offered)
        {
            origin.Phase = LegPhase.Answering;
            _context.Emit(new AnswerLeg(origin.Id));
        }

        if (!origin.IsUp)
        {
            return;
        }

        _context.Clear(_connectDue);
        var other = origin == Customer ? _target : origin;
        _origin = _target = null;
        Unpark();
        _wanted = null;
        _transferor = null;
        foreach (var leg in new[] { other, Customer! })
        {
            if (leg.Agent is { } id)
            {
                leg.Queue ??= leg.Role == LegRole.Agent ? Queue : null;
                _roster.Find(id)!.Talk(Id, leg.Queue);
            }
        }

        Establish(other, other.Queue);
    }

    /// <summary>The agent who calls out has picked up: the target is called, or the agent is the caller of a queue or
    /// flow.</summary>
    private void ReachWanted(Leg origin, CallTarget wanted)
    {
        _wanted = null;
        if (wanted.Queue is null && wanted.Flow is null && wanted.Mailbox is null)
        {
            if (ConnectTo(wanted, Limits.RingMax) is { } error)
            {
                ClearAll(CauseOf(error), ClearingSide.System);
            }

            return;
        }

        Customer = origin;
        origin.Role = LegRole.Customer;
        _roster.Find(origin.Agent!.Value)!.Talk(Id, null);
        Send(wanted, keepPlace: false, null);
    }

    private static ClearingCause CauseOf(RequestError error) => error switch
    {
        RequestError.LimitReached => ClearingCause.LimitReached,
        RequestError.NotFound or RequestError.Invalid => ClearingCause.UnknownNumber,
        _ => ClearingCause.Unreachable,
    };

    /// <summary>The party called failed: back to where the waiting leg came from, else it is told why and
    /// cleared.</summary>
    private void OnTargetFailed(Leg target)
    {
        _context.Clear(_connectDue);
        _target = null;
        var waiting = _origin;
        if (waiting is null || !waiting.IsAlive || IsOver)
        {
            return;
        }

        _origin = null;
        if (Slot is not null)
        {
            EnterPark();
            return;
        }

        if (TryReturnToTransferor())
        {
            return;
        }

        if (_flow is { IsOver: false } && waiting == Customer)
        {
            State = CallState.Ivr;
            Customer.Enter(SegmentKind.Ivr, Now);
            _context.Emit(new StopPlaying(Customer.Id));
            Feed(new FlowTransferFailed(target.Cause.ToString()));
            return;
        }

        Clear(waiting, target.Cause, target.EndedBy);
    }

    /// <summary>Sends the customer on: to a queue, a flow, a mailbox, an agent or a number.</summary>
    private RequestError? Send(CallTarget target, bool keepPlace, Instant? place)
    {
        if (target.Queue is { } queue)
        {
            if (_routing.FindQueue(queue) is null)
            {
                return RequestError.Invalid;
            }

            JoinQueue(new Routing.QueueEntry(Id, queue) { Entered = keepPlace ? place : null });
            return null;
        }

        if (target.Flow is { } flow)
        {
            return StartFlow(flow) ? null : RequestError.Invalid;
        }

        if (target.Mailbox is { } mailbox)
        {
            BeginVoicemail(mailbox, Limits.MessageMax, Limits.MessageSilenceMax, isBeepWanted: true);
            return null;
        }

        _origin = Customer;
        return ConnectTo(target, Limits.RingMax);
    }

    /// <summary>The two (or more) hear each other from now on.</summary>
    private void Establish(Leg other, QueueId? queue)
    {
        Queue = queue ?? Queue;
        State = CallState.Talking;
        Connected ??= Now;
        Answered ??= Now;
        other.TalkedSince ??= Now;
        Customer!.TalkedSince ??= Now;
        Join(Customer, _bridge);
        Join(other, _bridge);
        Customer.Enter(SegmentKind.Talking, Now, queue);
        other.Enter(SegmentKind.Talking, Now, queue);
        BeginRecordingByPolicy();
        _context.Publish(new CallEstablished(Id, other.Id, other.Agent, queue));
        RejoinSupervisors();
    }
}
