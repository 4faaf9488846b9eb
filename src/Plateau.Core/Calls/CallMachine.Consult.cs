using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>Consultation: asked, swapped, completed, made a conference, cancelled.</summary>
internal sealed partial class CallMachine
{
    private Consultation? _consultation;

    internal RequestError? Consult(AgentId agent, CallTarget target)
    {
        if (!IsTargetValid(target) || target.Flow is not null || target.Mailbox is not null)
        {
            return RequestError.Invalid;
        }

        if (!IsInTalk(agent, out var leg) || _consultation is not null || leg.Role == LegRole.Customer)
        {
            return RequestError.WrongState;
        }

        if (CheckTarget(target) is { } error)
        {
            return error;
        }

        _consultation = new Consultation(leg, new BridgeId(_context.NextId()));
        LeaveBridge(leg);
        HoldWithMusic(_bridge);
        leg.Enter(SegmentKind.Consulting, Now, leg.Queue, Describe(target));
        _roster.Find(agent)!.Resume();
        _context.Emit(new PlayTone(leg.Id, LegTone.Ringback));
        if (BeginConsultation(_consultation, target) is { } refused)
        {
            EndConsultation();
            return refused;
        }

        return null;
    }

    private RequestError? BeginConsultation(Consultation consultation, CallTarget target)
    {
        if (target.Queue is { } queue)
        {
            return _routing.Enter(new QueueEntry(Id, queue) { Language = Language }) is null
                ? null
                : RequestError.TargetUnavailable;
        }

        if ((target.Agent ?? Config.AgentAt(target.Number!)) is { } id)
        {
            var colleague = _roster.Find(id)!;
            colleague.Reserve(Id, Queue, null);
            consultation.Target = CallAgent(
                colleague, LegRole.Agent, SegmentKind.Offered, null, Limits.RingMax, colleague.Config.AutoAnswer);
            if (consultation.Target.IsLine)
            {
                RingLine(consultation.Target);
            }

            return null;
        }

        consultation.Target = CallNumber(target.Number!, LegRole.External, string.Empty, Limits.RingMax);
        return null;
    }

    private bool IsConsulted(Leg leg) => _consultation is not null && _consultation.Target == leg;

    /// <summary>The party asked is there: agent and party talk, the customer waits on.</summary>
    private void OnConsultAnswered(Leg leg)
    {
        if (_consultation is not { } consultation)
        {
            Clear(leg, ClearingCause.Cancelled, ClearingSide.System);
            return;
        }

        consultation.Target = leg;
        leg.TalkedSince = Now;
        if (leg.Agent is { } id)
        {
            _roster.Find(id)!.Talk(Id, leg.Queue);
        }

        Join(consultation.Agent, consultation.Bridge);
        Join(leg, consultation.Bridge);
        leg.Enter(SegmentKind.Consulting, Now, leg.Queue);
    }

    /// <summary>The queue asked has nobody for us.</summary>
    private void OnConsultQueueLeft(QueueExit exit)
    {
        _ = exit;
        if (_consultation is { Target: null })
        {
            EndConsultation();
        }
    }

    internal RequestError? Swap(AgentId agent)
    {
        if (!IsConsulting(agent, out var consultation))
        {
            return RequestError.WrongState;
        }

        var leg = consultation.Agent;
        var target = consultation.Target!;
        consultation.IsSwapped = !consultation.IsSwapped;
        LeaveBridge(leg);
        if (consultation.IsSwapped)
        {
            LeaveBridge(target);
            target.Enter(SegmentKind.Held, Now, target.Queue);
            _context.Emit(new PlayMusic(target.Id, QueueConfigOf(Queue)?.Music));
            Rejoin(Customer!, SegmentKind.Talking);
            Rejoin(leg, SegmentKind.Talking);
        }
        else
        {
            LeaveBridge(Customer!);
            Customer!.Enter(SegmentKind.Held, Now, Queue);
            _context.Emit(new PlayMusic(Customer.Id, QueueConfigOf(Queue)?.Music));
            Join(leg, consultation.Bridge);
            Join(target, consultation.Bridge);
            leg.Enter(SegmentKind.Consulting, Now, leg.Queue);
            target.Enter(SegmentKind.Consulting, Now, target.Queue);
        }

        return null;
    }

    internal RequestError? Conference(AgentId agent)
    {
        if (!IsConsulting(agent, out var consultation))
        {
            return RequestError.WrongState;
        }

        _consultation = null;
        foreach (var leg in _legs)
        {
            if (leg.IsUp && leg.Role != LegRole.Supervisor)
            {
                Rejoin(leg, SegmentKind.Conference);
            }
        }

        consultation.Target!.Queue ??= consultation.Target.Agent is null ? null : Queue;
        ResumeRecordingAfterMove();
        RejoinSupervisors();
        return null;
    }

    /// <summary>Customer and party asked talk, the agent leaves; before the answer it is a blind transfer that rings
    /// on.</summary>
    internal RequestError? CompleteTransfer(AgentId agent)
    {
        if (!IsConsulting(agent, out var consultation) || Customer is not { IsUp: true })
        {
            return RequestError.WrongState;
        }

        var target = consultation.Target!;
        _consultation = null;
        target.Queue ??= target.Agent is null ? null : Queue;
        _context.Publish(new CallTransferred(Id, agent, target.Agent?.Value ?? target.Party, Consulted: true));
        Rejoin(Customer, SegmentKind.Talking);
        Rejoin(target, SegmentKind.Talking);
        if (target.Agent is { } id)
        {
            _roster.Find(id)!.Talk(Id, target.Queue);
        }

        Clear(consultation.Agent, ClearingCause.Transferred, ClearingSide.Agent);
        ResumeRecordingAfterMove();
        RejoinSupervisors();
        _context.Publish(new CallEstablished(Id, target.Id, target.Agent, Queue));
        return null;
    }

    internal RequestError? CancelConsultation(AgentId agent)
    {
        if (_consultation is not { } consultation || consultation.Agent.Agent != agent)
        {
            return RequestError.WrongState;
        }

        EndConsultation();
        return null;
    }

    private bool IsConsulting(AgentId agent, out Consultation consultation)
    {
        consultation = _consultation!;
        return State == CallState.Talking && _consultation is { Target.IsUp: true } && consultation.Agent.Agent == agent;
    }

    /// <summary>The party asked is dropped, agent and customer are together again.</summary>
    private void EndConsultation()
    {
        var consultation = _consultation!;
        _consultation = null;
        if (_routing.Find(Id) is not null)
        {
            AddVisit(_routing.Leave(Id, QueueExit.Withdrawn));
        }

        // Together first: a party that leaves a talk of two would end it.
        Reunite(consultation.Agent, consultation.Target);
        if (consultation.Target is { } target)
        {
            Clear(target, target.IsUp ? ClearingCause.Normal : ClearingCause.Cancelled, ClearingSide.Agent);
        }
    }

    private void Reunite(Leg agent, Leg? except)
    {
        if (!agent.IsUp || State != CallState.Talking)
        {
            return;
        }

        if (Customer is not { IsUp: true })
        {
            ClearAll(ClearingCause.Normal, ClearingSide.Customer);
            return;
        }

        foreach (var leg in _legs)
        {
            if (leg.IsUp && leg.Role != LegRole.Supervisor && leg != except)
            {
                Rejoin(leg, SegmentKind.Talking);
            }
        }

        ResumeRecordingAfterMove();
    }

    /// <summary>The party asked hung up or did not answer: agent and customer are together again.</summary>
    private void OnConsultedGone(Leg leg)
    {
        _ = leg;
        EndConsultation();
    }

    /// <summary>The agent who asks hung up: the customer stays with the party asked, else everything ends.</summary>
    private void OnConsultingAgentGone(Leg leg)
    {
        var target = _consultation!.Target;
        _consultation = null;
        AddVisit(_routing.Leave(Id, QueueExit.Withdrawn));
        if (target is not { IsUp: true } || Customer is not { IsUp: true })
        {
            ClearAll(ClearingCause.Normal, leg.EndedBy);
            return;
        }

        target.Queue ??= target.Agent is null ? null : Queue;
        _context.Publish(new CallTransferred(Id, leg.Agent, target.Agent?.Value ?? target.Party, Consulted: true));
        Rejoin(Customer, SegmentKind.Talking);
        Rejoin(target, SegmentKind.Talking);
        ResumeRecordingAfterMove();
    }

    /// <summary>The customer left: those who talk without them may go on.</summary>
    private bool SurvivesCustomer()
    {
        if (_consultation is { Target.IsUp: true } consultation)
        {
            // Agent and party asked are connected to each other; their talk is not the customer's to end.
            _consultation = null;
            Rejoin(consultation.Agent, SegmentKind.Talking);
            Rejoin(consultation.Target!, SegmentKind.Talking);
            return true;
        }

        if (_consultation is not null)
        {
            _consultation = null;
            return false;
        }

        return CountParties(_bridge) >= 2;
    }

    /// <summary>A conference of two is a conversation.</summary>
    private void EndConferenceIfTwo()
    {
        if (CountParties(_bridge) != 2)
        {
            return;
        }

        foreach (var leg in _legs)
        {
            if (leg.IsUp && leg.Bridge == _bridge && leg.Kind == SegmentKind.Conference)
            {
                leg.Enter(SegmentKind.Talking, Now, leg.Role == LegRole.Customer ? Queue : leg.Queue);
            }
        }
    }
}
