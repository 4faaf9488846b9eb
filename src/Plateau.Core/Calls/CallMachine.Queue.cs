using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Core.Ivr;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>Waiting in queues, offers to agents, and the connection.</summary>
internal sealed partial class CallMachine
{
    private PlaybackId? _saying;
    private string _exitKeys = string.Empty;
    private int _moves;

    /// <summary>The customer goes into a queue; what was before is over.</summary>
    internal void JoinQueue(QueueEntry entry, string exitKeys = "")
    {
        if (++_moves > Limits.MovesPerCallMax)
        {
            ClearAll(ClearingCause.LimitReached, ClearingSide.System);
            return;
        }

        _exitKeys = exitKeys;
        entry = entry with { Caller = CallerNumber, Language = Language };
        if (_routing.Enter(entry) is { } refusal)
        {
            AddVisit(new QueueVisitRecord { Queue = entry.Queue, Entered = Now, Left = Now, Exit = refusal });
            _context.Publish(new QueueLeft(Id, entry.Queue, refusal, TimeSpan.Zero));
            OnQueueLeft(refusal, null);
            return;
        }

        State = CallState.Queued;
        Customer!.Enter(SegmentKind.Queued, Now, entry.Queue);
        PauseRecordingOfWait();
        AnswerCustomer();
        PlayWaitingMusic();
    }

    /// <summary>Number of the party that waits: the caller, or the party called out to.</summary>
    private string CallerNumber => Direction == CallDirection.Outbound ? Called : Caller;

    /// <summary>Answers the customer's leg if it only rings yet.</summary>
    private void AnswerCustomer()
    {
        if (Customer is { Phase: LegPhase.Offered } leg)
        {
            leg.Phase = LegPhase.Answering;
            _context.Emit(new AnswerLeg(leg.Id));
        }
    }

    private void PlayWaitingMusic()
    {
        if (Customer is { IsUp: true } leg)
        {
            LeaveBridge(leg);
            var queue = _routing.Find(Id)?.Queue.Config ?? QueueConfigOf(Queue);
            _context.Emit(new PlayMusic(leg.Id, queue?.Music));
        }
    }

    /// <summary>Routing has something to say to the waiting caller.</summary>
    internal void Say(IReadOnlyList<PromptItem> items)
    {
        if (State != CallState.Queued || Customer is not { IsUp: true } leg || _saying is not null)
        {
            _routing.SaidToWaiting(Id);
            return;
        }

        _saying = new PlaybackId(_context.NextId());
        _context.Emit(new PlayPrompts(leg.Id, _saying.Value, items));
    }

    private void OnSaid()
    {
        _saying = null;
        if (State == CallState.Queued)
        {
            PlayWaitingMusic();
            _routing.SaidToWaiting(Id);
        }
    }

    /// <summary>A rule of the queue, or a supervisor, ended the wait.</summary>
    internal void OnItemLeft(QueueVisitRecord visit, QueueId? next)
    {
        AddVisit(visit);
        if (State != CallState.Queued)
        {
            OnConsultQueueLeft(visit.Exit);
            return;
        }

        if (next is { } queue)
        {
            JoinQueue(new QueueEntry(Id, queue) { Entered = visit.Entered, IsGranted = true });
            return;
        }

        OnQueueLeft(visit.Exit, null);
    }

    private void OnQueueLeft(QueueExit exit, char? key)
    {
        if (_flow is { IsOver: false })
        {
            State = CallState.Ivr;
            Customer!.Enter(SegmentKind.Ivr, Now);
            if (Customer.IsUp)
            {
                _context.Emit(new StopPlaying(Customer.Id));
            }

            Feed(new FlowQueueLeft(exit, key));
            return;
        }

        var cause = exit switch
        {
            QueueExit.Full => ClearingCause.LimitReached,
            QueueExit.Timeout or QueueExit.LeaveEmpty or QueueExit.JoinEmpty => ClearingCause.NoAnswer,
            QueueExit.Callback or QueueExit.Withdrawn => ClearingCause.Normal,
            _ => ClearingCause.Unreachable,
        };
        ClearAll(cause, ClearingSide.System);
    }

    private void AddVisit(QueueVisitRecord? visit)
    {
        if (visit is not null)
        {
            _visits.Add(visit);
        }
    }

    /// <summary>Routing chose an agent.</summary>
    internal void OnOffer(QueueOffer offer, QueueConfig queue)
    {
        var agent = _roster.Find(offer.Agent)!;
        if (agent.Offer != offer.Id)
        {
            return;
        }

        if (!HasRoomForLeg() || agent.Phone is null)
        {
            EndOffer(offer, OfferOutcome.Unreachable);
            return;
        }

        var isAutomatic = queue.AutoAnswer || agent.Config.AutoAnswer;
        var ring = TimeSpan.FromSeconds(Math.Max(queue.RingS, 1));
        var leg = CallAgent(agent, LegRole.Agent, SegmentKind.Offered, queue.Id, ring + Limits.OfferGrace, isAutomatic);
        leg.Offer = offer;
        leg.OfferDue = new Deadline(() => OnRingTimeout(leg));
        if (!leg.IsLine)
        {
            _context.Set(leg.OfferDue, ring);
            return;
        }

        if (agent.HasHeartbeat && !isAutomatic)
        {
            // Only the client shows the offer: until it says so, nothing rings.
            leg.Phase = LegPhase.Dialling;
            _context.Set(leg.OfferDue, TimeSpan.FromMilliseconds(_context.Config.Centre.Lease.AcknowledgeMs));
            return;
        }

        leg.Phase = LegPhase.Ringing;
        agent.Ring();
        _context.Set(leg.OfferDue, ring);
        if (isAutomatic)
        {
            OnAnswered(leg);
        }
    }

    /// <summary>The client shows the offer.</summary>
    internal RequestError? Acknowledge(Leg leg)
    {
        if (leg is { IsLine: true, Phase: LegPhase.Dialling } && leg.Offer is not null)
        {
            leg.Phase = LegPhase.Ringing;
            var ring = TimeSpan.FromSeconds(Math.Max(QueueConfigOf(leg.Queue)?.RingS ?? 15, 1));
            _context.Set(leg.OfferDue!, ring);
        }

        _roster.Find(leg.Agent!.Value)?.Ring();
        return null;
    }

    /// <summary>The agent takes the offer by request; a telephone that is rung is picked up instead.</summary>
    internal RequestError? Accept(Leg leg)
    {
        if (!leg.IsLine || leg.Phase is not (LegPhase.Dialling or LegPhase.Ringing))
        {
            return RequestError.WrongState;
        }

        OnAnswered(leg);
        return null;
    }

    internal RequestError? Reject(Leg leg)
    {
        if (leg.Offer is not { } offer || leg.IsUp)
        {
            return RequestError.WrongState;
        }

        EndOffer(offer, OfferOutcome.Rejected);
        Clear(leg, ClearingCause.Rejected, ClearingSide.Agent);
        return null;
    }

    /// <summary>The agent of an offer was lost: client frozen, telephone gone.</summary>
    internal void OnAgentLost(AgentId agent)
    {
        if (LegOf(agent) is not { IsUp: false } leg)
        {
            return;
        }

        if (leg.Offer is { } offer)
        {
            EndOffer(offer, OfferOutcome.Unreachable);
        }

        Clear(leg, ClearingCause.Unreachable, ClearingSide.System);
    }

    /// <summary>Routing took an offer back: another was faster, the caller left, the call was moved.</summary>
    internal void OnOfferTakenBack(QueueOffer offer)
    {
        foreach (var leg in _legs)
        {
            if (leg.Offer == offer)
            {
                leg.Offer = null;
                Clear(leg, ClearingCause.Cancelled, ClearingSide.System);
                return;
            }
        }
    }

    private void OnRingTimeout(Leg leg)
    {
        if (leg.Offer is not { } offer)
        {
            return;
        }

        // What never rang cannot have been missed: the device or the client is to blame, not the person.
        var rang = _roster.Find(offer.Agent)?.State == AgentState.Ringing;
        EndOffer(offer, rang ? OfferOutcome.NoAnswer : OfferOutcome.Unreachable);
        Clear(leg, rang ? ClearingCause.NoAnswer : ClearingCause.Unreachable, ClearingSide.System);
    }

    private void EndOffer(QueueOffer offer, OfferOutcome outcome)
    {
        foreach (var leg in _legs)
        {
            if (leg.Offer == offer)
            {
                leg.Offer = null;
                _context.Clear(leg.OfferDue!);
            }
        }

        if (_routing.Find(Id) is { } item)
        {
            _routing.OfferEnded(item, offer, outcome);
        }
    }

    private static OfferOutcome OutcomeOf(ClearingCause cause) => cause switch
    {
        ClearingCause.Busy => OfferOutcome.Busy,
        ClearingCause.NoAnswer => OfferOutcome.NoAnswer,
        ClearingCause.Rejected or ClearingCause.Normal or ClearingCause.Cancelled => OfferOutcome.Rejected,
        _ => OfferOutcome.Unreachable,
    };

    /// <summary>An agent picked up: the first one wins, then the whisper, then the connection.</summary>
    private void OnOfferAnswered(Leg leg)
    {
        var offer = leg.Offer!;
        _context.Clear(leg.OfferDue!);
        _roster.Find(offer.Agent)?.Ring();
        _routing.Accepting(Id, offer);
        if (QueueConfigOf(leg.Queue)?.Whisper is { } whisper)
        {
            leg.Whisper = new PlaybackId(_context.NextId());
            _context.Emit(new PlayPrompts(leg.Id, leg.Whisper.Value, [new PromptItem(whisper, null, Language)]));
            return;
        }

        ConnectOffered(leg);
    }

    /// <summary>The call leaves the queue at the instant both legs are up.</summary>
    private void ConnectOffered(Leg leg)
    {
        if (leg is not { IsUp: true, Whisper: null } || leg.Offer is not { } offer)
        {
            return;
        }

        if (_callback is not null && Customer is null)
        {
            DialCallbackCustomer(leg);
            return;
        }

        if (State == CallState.Queued && Customer is not { IsUp: true })
        {
            return;
        }

        AddVisit(_routing.Leave(Id, QueueExit.Answered, offer.Agent));
        leg.Offer = null;
        _saying = null;
        _roster.Find(offer.Agent)!.Talk(Id, leg.Queue);
        if (State == CallState.Queued)
        {
            Establish(leg, leg.Queue);
        }
        else
        {
            OnConsultAnswered(leg);
        }
    }
}
