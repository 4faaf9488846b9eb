using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Agents;

namespace Plateau.Core.Calls;

/// <summary>Legs: how they come, answer, join bridges and end.</summary>
internal sealed partial class CallMachine
{
    private readonly BridgeId _bridge;

    internal Leg AddInbound(LegOffered input, LegRole role, AgentId? agent)
    {
        var leg = new Leg(input.Leg, this, role, input.Caller)
        {
            Agent = agent,
            Trunk = input.Trunk,
            Phone = input.Phone,
            Phase = LegPhase.Offered,
        };
        leg.Enter(SegmentKind.Ringing, Now);
        Keep(leg);
        return leg;
    }

    internal void OnRinging(Leg leg, bool hasEarlyMedia)
    {
        if (leg.Phase != LegPhase.Dialling)
        {
            return;
        }

        leg.Phase = LegPhase.Ringing;
        if (leg.Agent is { } agent)
        {
            _roster.Find(agent)?.Ring();
        }

        OnTargetRings(leg, hasEarlyMedia);
    }

    internal void OnAnswered(Leg leg)
    {
        if (leg.Phase is not (LegPhase.Answering or LegPhase.Dialling or LegPhase.Ringing or LegPhase.Offered))
        {
            return;
        }

        leg.Phase = LegPhase.Up;
        if (leg == Customer)
        {
            Answered ??= Now;
            OnCustomerUp();
        }
        else
        {
            OnOtherUp(leg);
        }
    }

    /// <summary>The driver's word that a leg is gone.</summary>
    internal void OnCleared(Leg leg, LegCleared input)
    {
        leg.Q850Cause = input.Q850Cause;
        leg.SipStatus = input.SipStatus;
        leg.Quality = input.Quality;
        if (leg.IsAlive)
        {
            var side = input.ByParty ? SideOf(leg, input.Cause) : ClearingSide.System;
            EndLeg(leg, CauseFor(leg, input), side);
        }

        Forget(leg);
    }

    /// <summary>The nailed-up line that plays this leg was lost.</summary>
    internal void OnLineLost(Leg leg)
    {
        if (leg.IsAlive)
        {
            leg.Bridge = null;
            EndLeg(leg, ClearingCause.SignallingLost, ClearingSide.Agent);
        }
    }

    private static ClearingSide SideOf(Leg leg, ClearingCause cause) => cause switch
    {
        ClearingCause.Congestion or ClearingCause.SignallingLost or ClearingCause.MediaLost or ClearingCause.Failed
            or ClearingCause.UnknownNumber or ClearingCause.NoCommonCodec => ClearingSide.Network,
        _ => SideOf(leg),
    };

    /// <summary>A customer who hangs up before being connected to anybody has abandoned.</summary>
    private ClearingCause CauseFor(Leg leg, LegCleared input) =>
        leg == Customer && Connected is null && input is { ByParty: true, Cause: ClearingCause.Normal or ClearingCause.Cancelled }
        && State is CallState.Queued or CallState.Connecting or CallState.Ringing && Direction != CallDirection.Outbound
            ? ClearingCause.Abandoned
            : input.Cause;

    private void Keep(Leg leg)
    {
        AssertionFailed.Unless(_legs.Count < Limits.LegsPerLifeMax, $"call {Id} has too many legs");
        _legs.Add(leg);
        if (!leg.IsLine)
        {
            _calls.Register(leg);
        }
    }

    /// <summary>Whether another leg may be added.</summary>
    private bool HasRoomForLeg()
    {
        var alive = 0;
        foreach (var leg in _legs)
        {
            alive += leg.IsAlive ? 1 : 0;
        }

        return alive < Limits.LegsPerCallMax && _legs.Count < Limits.LegsPerLifeMax;
    }

    /// <summary>Calls an agent's telephone, or borrows the line that is up.</summary>
    private Leg CallAgent(AgentMachine agent, LegRole role, SegmentKind kind, QueueId? queue, TimeSpan ringMax, bool autoAnswer)
    {
        if (_calls.LineOf(agent.Id) is { } line)
        {
            var lent = new Leg(line, this, role, agent.Phone!.Value.Value)
            {
                Agent = agent.Id,
                Phone = agent.Phone,
                IsLine = true,
                Phase = LegPhase.Dialling,
                Queue = queue,
            };
            lent.Enter(kind, Now, queue);
            Keep(lent);
            _calls.Lend(agent.Id, lent);
            _context.Emit(new PlayTone(line, LegTone.Beep));
            return lent;
        }

        var phone = agent.Phone!.Value;
        var leg = new Leg(new LegId(_context.NextId()), this, role, phone.Value)
        {
            Agent = agent.Id,
            Phone = phone,
            Phase = LegPhase.Dialling,
            Queue = queue,
        };
        leg.Enter(kind, Now, queue);
        Keep(leg);
        _context.Emit(new OriginateLeg(
            leg.Id, Id, new LegTarget(phone, null), CallerShown(agent.Id), string.Empty, ringMax,
            autoAnswer || _context.Config.Phone(phone) is { AutoAnswerHeader: true }));
        return leg;
    }

    private Leg CallNumber(string number, LegRole role, string callerId, TimeSpan ringMax)
    {
        var leg = new Leg(new LegId(_context.NextId()), this, role, number) { Phase = LegPhase.Dialling };
        leg.Enter(SegmentKind.Dialling, Now);
        Keep(leg);
        _context.Emit(new OriginateLeg(leg.Id, Id, new LegTarget(null, number), callerId, string.Empty, ringMax));
        return leg;
    }

    /// <summary>Number an agent's telephone shows: the other side's.</summary>
    private string CallerShown(AgentId agent) => Direction switch
    {
        CallDirection.Outbound => Called,
        _ when Customer?.Agent == agent => Called,
        _ => Caller,
    };

    private void Join(Leg leg, BridgeId bridge)
    {
        if (leg.Bridge == bridge)
        {
            return;
        }

        leg.Bridge = bridge;
        _context.Emit(new JoinBridge(leg.Id, bridge, leg.Role, leg.Monitor));
        if (leg.IsMuted)
        {
            _context.Emit(new MuteBridgeLeg(leg.Id, true));
        }
    }

    private void LeaveBridge(Leg leg)
    {
        if (leg.Bridge is not null)
        {
            leg.Bridge = null;
            _context.Emit(new LeaveBridge(leg.Id));
        }
    }

    /// <summary>We end a leg: its life ends now, the driver's word follows.</summary>
    private void Clear(Leg leg, ClearingCause cause, ClearingSide side)
    {
        if (!leg.IsAlive)
        {
            return;
        }

        if (!leg.IsLine)
        {
            _context.Emit(new ClearLeg(leg.Id, cause));
        }

        EndLeg(leg, cause, side);
    }

    /// <summary>A leg's life is over, for whatever reason; what that means for the call follows.</summary>
    private void EndLeg(Leg leg, ClearingCause cause, ClearingSide side)
    {
        var bridge = leg.Bridge;
        leg.Phase = LegPhase.Clearing;
        leg.Bridge = null;
        leg.End(Now, cause, side);
        if (leg.IsLine)
        {
            _context.Emit(bridge is null ? new StopPlaying(leg.Id) : new LeaveBridge(leg.Id));
            _calls.TakeBack(leg);
            leg.Phase = LegPhase.Gone;
        }
        else
        {
            leg.ClearingDue = new Deadline(() => Forget(leg));
            _context.Set(leg.ClearingDue, Limits.ClearingMax);
        }

        _context.Publish(new LegEnded(Id, leg.Id, leg.Role, cause, side, leg.Agent));
        Settle(leg);
        if (State < CallState.Reporting && !HasLivingLeg())
        {
            BeginReporting();
        }
        else if (State == CallState.Reporting)
        {
            Report(isForced: false);
        }
    }

    private bool HasLivingLeg()
    {
        foreach (var leg in _legs)
        {
            if (leg.IsAlive)
            {
                return true;
            }
        }

        return false;
    }

    private void Forget(Leg leg)
    {
        if (leg.Phase == LegPhase.Gone)
        {
            return;
        }

        AssertionFailed.Unless(leg.Phase == LegPhase.Clearing, $"leg {leg.Id} is over before it is forgotten");
        leg.Phase = LegPhase.Gone;
        _context.Clear(leg.ClearingDue);

        _calls.Unregister(leg);
        Report(isForced: false);
    }

    /// <summary>Ends every leg but one, for the same reason.</summary>
    private void ClearAll(ClearingCause cause, ClearingSide side, Leg? except = null)
    {
        foreach (var leg in _legs.ToArray())
        {
            if (leg != except)
            {
                Clear(leg, cause, side);
            }
        }
    }

    /// <summary>Ends the agent's part: wrap-up if it is due.</summary>
    private void ReleaseAgent(Leg leg)
    {
        if (leg.Agent is not { } id || _roster.Find(id) is not { } agent)
        {
            return;
        }

        if (leg.Role == LegRole.Supervisor)
        {
            agent.Release(Id, null);
            return;
        }

        var rule = leg.TalkedSince is null ? null : WrapUpRule.Of(QueueConfigOf(leg.Queue));
        if (agent.Release(Id, rule))
        {
            leg.Enter(SegmentKind.WrapUp, Now, leg.Queue);
            _wrapUps.Add(leg);
        }
        else
        {
            CountHandling(leg);
        }
    }
}
