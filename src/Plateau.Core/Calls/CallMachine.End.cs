using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Calls;

/// <summary>What the end of a leg means for the call, and the record at the end of all.</summary>
internal sealed partial class CallMachine
{
    private readonly Deadline _reportDue;
    private readonly List<Leg> _wrapUps = [];
    private Instant _ended;
    private DispositionId? _disposition;
    private bool _isDispositionAutomatic;
    private string? _notes;

    /// <summary>The agents in wrap-up of this call.</summary>
    internal IReadOnlyList<Leg> WrapUps => _wrapUps;

    /// <summary>Somebody hangs up an agent's leg, or the whole call.</summary>
    internal RequestError? HangUpLeg(AgentId? agent, ClearingSide side)
    {
        if (agent is not { } id)
        {
            ClearAll(ClearingCause.Normal, side);
            return null;
        }

        if (LegOf(id) is not { } leg)
        {
            return RequestError.NotFound;
        }

        if (leg.Offer is { } offer)
        {
            EndOffer(offer, OfferOutcome.Rejected);
        }

        Clear(leg, ClearingCause.Normal, SideOf(leg) == ClearingSide.Customer ? ClearingSide.Agent : SideOf(leg));
        return null;
    }

    internal RequestError? SetDisposition(DispositionId disposition, string? notes, AgentId? by)
    {
        if (State == CallState.Recorded)
        {
            return RequestError.NotFound;
        }

        _disposition = disposition;
        _isDispositionAutomatic = false;
        _notes = notes ?? _notes;
        _context.Publish(new DispositionSet(Id, disposition, by, IsAutomatic: false));
        return null;
    }

    internal void OnWrapUpEnded(AgentId agent, bool isAutomatic)
    {
        if (_wrapUps.Find(l => l.Agent == agent) is not { } leg)
        {
            return;
        }

        _wrapUps.Remove(leg);
        leg.Close(Now);
        CountHandling(leg);
        if (isAutomatic && _disposition is null && QueueConfigOf(leg.Queue)?.DefaultDisposition is { } automatic)
        {
            _disposition = automatic;
            _isDispositionAutomatic = true;
            _context.Publish(new DispositionSet(Id, automatic, agent, IsAutomatic: true));
        }

        Report(isForced: false);
    }

    /// <summary>After a restart no leg is left: everything ends now, with that cause.</summary>
    internal void Restart()
    {
        EndAttempt(isCounted: false);
        AddVisit(_routing.Leave(Id, QueueExit.System));
        foreach (var leg in _legs.ToArray())
        {
            if (leg.IsAlive)
            {
                leg.Phase = LegPhase.Gone;
                leg.End(Now, ClearingCause.Restart, ClearingSide.System);
                _context.Publish(new LegEnded(Id, leg.Id, leg.Role, ClearingCause.Restart, ClearingSide.System, leg.Agent));
            }

            leg.Phase = LegPhase.Gone;
            _context.Clear(leg.ClearingDue);
            _context.Clear(leg.OfferDue);
            if (leg.IsLine)
            {
                _calls.TakeBack(leg);
            }
            else
            {
                _calls.Unregister(leg);
            }
        }

        foreach (var leg in _wrapUps)
        {
            leg.Close(Now);
        }

        _wrapUps.Clear();
        if (State < CallState.Reporting)
        {
            BeginReporting();
        }

        Report(isForced: true);
    }

    /// <summary>A leg's life is over: its agent, its offer, its conversation.</summary>
    private void Settle(Leg leg)
    {
        _context.Clear(leg.OfferDue);
        if (leg.Offer is { } offer)
        {
            // Nothing but the offer knows of this leg: the call waits on.
            EndOffer(offer, OutcomeOf(leg.Cause));
            return;
        }

        ReleaseReserved(leg);
        ReleaseAgent(leg);
        if (leg.Role == LegRole.Supervisor)
        {
            OnSupervisorGone(leg);
        }
        else if (leg == Customer)
        {
            OnCustomerGone(leg);
        }
        else if (IsConsulted(leg))
        {
            OnConsultedGone(leg);
        }
        else if (leg == _target)
        {
            OnTargetFailed(leg);
        }
        else if (leg == _origin)
        {
            ClearAll(leg.Cause, leg.EndedBy);
        }
        else
        {
            OnPartyGone(leg);
        }
    }

    /// <summary>An agent who was rung directly (not by a queue) and did not take it is free again, unblamed.</summary>
    private void ReleaseReserved(Leg leg)
    {
        if (leg.Agent is { } id && _roster.Find(id) is { } agent && agent.Call == Id && agent.Offer is null
            && agent.State is Plateau.Contracts.Agents.AgentState.Reserved or Plateau.Contracts.Agents.AgentState.Ringing)
        {
            var outcome = leg.Cause == ClearingCause.Cancelled ? OfferOutcome.Withdrawn : OutcomeOf(leg.Cause);
            agent.OfferFailed(outcome, null);
        }
    }

    private void OnCustomerGone(Leg leg)
    {
        _context.Clear(_connectDue);
        _flow = null;
        _pendingFlow.Clear();
        _context.Clear(_flowDue);
        Unpark();
        var exit = leg.EndedBy == ClearingSide.System ? QueueExit.System : QueueExit.Abandoned;
        EndAttempt(isCounted: true);
        AddVisit(_routing.Leave(Id, exit));
        if (State == CallState.Talking && SurvivesCustomer())
        {
            return;
        }

        StopVoicemail();
        ClearAll(ClearingCause.Normal, leg.EndedBy, except: leg);
    }

    /// <summary>Somebody left the conversation; one alone does not stay connected to nobody.</summary>
    private void OnPartyGone(Leg leg)
    {
        if (State != CallState.Talking || IsOver)
        {
            return;
        }

        if (_consultation is not null && leg == _consultation.Agent)
        {
            OnConsultingAgentGone(leg);
            return;
        }

        if (CountParties(_bridge) < 2)
        {
            ClearAll(ClearingCause.Normal, leg.EndedBy);
        }
        else
        {
            EndConferenceIfTwo();
        }
    }

    private void BeginReporting()
    {
        State = CallState.Reporting;
        _ended = Now;
        EndAttempt(isCounted: false);
        AddVisit(_routing.Leave(Id, QueueExit.System));
        Unpark();
        _flow = null;
        _context.Clear(_flowDue);
        _context.Clear(_connectDue);
        _context.Clear(_recordingResume);
        StopRecording();
        var (cause, side) = FinalCause();
        _context.Publish(new CallCleared(Id, cause, side));
        _calls.OnCallCleared(this);
        Report(isForced: false);
    }

    /// <summary>The customer's leg tells how the call ended; without one, the first leg does.</summary>
    private (ClearingCause Cause, ClearingSide Side) FinalCause()
    {
        var leg = Customer ?? (_legs.Count > 0 ? _legs[0] : null);
        return leg is null ? (ClearingCause.Failed, ClearingSide.System) : (leg.Cause, leg.EndedBy);
    }

    /// <summary>Writes the record when all that belongs to it is over; by force when it is waited for too
    /// long.</summary>
    private void Report(bool isForced)
    {
        if (State != CallState.Reporting || _wrapUps.Count > 0)
        {
            return;
        }

        var isWaiting = _recordingsPending > 0 || _legs.Exists(static l => l.Phase != LegPhase.Gone);
        if (isWaiting && !isForced)
        {
            if (!_reportDue.IsSet)
            {
                _context.Set(_reportDue, Limits.RecordingFinishMax);
            }

            return;
        }

        State = CallState.Recorded;
        _context.Clear(_reportDue);
        foreach (var leg in _legs)
        {
            _context.Clear(leg.ClearingDue);
            _calls.Unregister(leg);
        }

        _context.Emit(new WriteCallRecord(ToRecord()));
        _context.Publish(new CallRecorded(Id));
        _calls.OnRecorded(this);
    }

    private CallRecord ToRecord()
    {
        var (cause, side) = FinalCause();
        return new CallRecord
        {
            Call = Id,
            Tenant = _context.Tenant,
            Direction = Direction,
            Caller = Caller,
            Called = Called,
            Language = Language,
            Started = Started,
            Answered = Answered,
            Connected = Connected,
            Ended = _ended,
            Cause = cause,
            EndedBy = side,
            Legs = _legs.ConvertAll(static leg => leg.ToRecord()),
            QueueVisits = _visits.ToArray(),
            Recordings = _recordings.ToArray(),
            Disposition = _disposition,
            DispositionIsAutomatic = _isDispositionAutomatic,
            Notes = _notes,
            Variables = _variables,
            Flow = _flowId,
            FlowVersion = _flowVersion,
        };
    }

    /// <summary>Talk, hold and wrap-up of a queue's call, for the queue's estimate.</summary>
    private void CountHandling(Leg leg)
    {
        if (leg is { TalkedSince: { } since, Queue: { } queue, Agent: not null, Role: LegRole.Agent })
        {
            _routing.FindQueue(queue)?.Estimate.Handled(Now - since);
        }
    }
}
