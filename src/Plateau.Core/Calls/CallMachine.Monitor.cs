using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Agents;

namespace Plateau.Core.Calls;

/// <summary>Supervisors in the call: listen, whisper, barge, take over.</summary>
internal sealed partial class CallMachine
{
    internal RequestError? StartMonitoring(AgentMachine supervisor, MonitorMode mode)
    {
        if (State != CallState.Talking)
        {
            return RequestError.WrongState;
        }

        if (LegOf(supervisor.Id) is { } leg)
        {
            return ChangeMonitoring(leg, mode);
        }

        if (!CanBeRung(supervisor))
        {
            return RequestError.TargetUnavailable;
        }

        if (!HasRoomForLeg())
        {
            return RequestError.LimitReached;
        }

        supervisor.Dial(Id, null);
        var called = CallAgent(
            supervisor, LegRole.Supervisor, SegmentKind.Dialling, null, Limits.RingMax, autoAnswer: true);
        called.Monitor = mode;
        if (called.IsLine)
        {
            OnAnswered(called);
        }

        return null;
    }

    internal RequestError? StopMonitoring(AgentId supervisor)
    {
        if (LegOf(supervisor) is not { Role: LegRole.Supervisor } leg)
        {
            return RequestError.NotFound;
        }

        Clear(leg, ClearingCause.Normal, ClearingSide.Supervisor);
        return null;
    }

    /// <summary>The supervisor becomes the customer's agent, those before leave into wrap-up.</summary>
    internal RequestError? TakeOver(AgentId supervisor)
    {
        if (State != CallState.Talking || LegOf(supervisor) is not { Role: LegRole.Supervisor, IsUp: true } leg)
        {
            return RequestError.WrongState;
        }

        leg.Role = LegRole.Agent;
        leg.Monitor = null;
        leg.Bridge = null;
        leg.Queue = Queue;
        leg.TalkedSince = Now;
        AddVisit(_routing.Leave(Id, Plateau.Contracts.Routing.QueueExit.Withdrawn));
        _consultation = null;
        _roster.Find(supervisor)!.Talk(Id, Queue);
        if (Customer is { IsUp: true })
        {
            Rejoin(Customer, SegmentKind.Talking);
        }

        Rejoin(leg, SegmentKind.Talking);
        foreach (var other in _legs.ToArray())
        {
            if (other != leg && other != Customer && other.Role is LegRole.Agent)
            {
                Clear(other, ClearingCause.Transferred, ClearingSide.Supervisor);
            }
        }

        _context.Publish(new MonitoringChanged(Id, supervisor, null));
        _context.Publish(new CallEstablished(Id, leg.Id, supervisor, Queue));
        return null;
    }

    private RequestError? ChangeMonitoring(Leg leg, MonitorMode mode)
    {
        if (leg.Role != LegRole.Supervisor)
        {
            return RequestError.WrongState;
        }

        leg.Monitor = mode;
        if (leg is { IsUp: true, Bridge: { } bridge })
        {
            _context.Emit(new JoinBridge(leg.Id, bridge, LegRole.Supervisor, mode));
            _context.Publish(new MonitoringChanged(Id, leg.Agent!.Value, mode));
        }

        return null;
    }

    private void JoinSupervisor(Leg leg)
    {
        _roster.Find(leg.Agent!.Value)!.Talk(Id, null);
        leg.Enter(SegmentKind.Monitoring, Now);
        if (State == CallState.Talking)
        {
            Join(leg, _bridge);
        }

        _context.Publish(new MonitoringChanged(Id, leg.Agent.Value, leg.Monitor));
    }

    /// <summary>Supervisors stay with the call wherever it goes; while nobody talks they hear nothing.</summary>
    private void RejoinSupervisors()
    {
        foreach (var leg in _legs)
        {
            if (leg is { IsUp: true, Role: LegRole.Supervisor })
            {
                Join(leg, _bridge);
            }
        }
    }

    private void SilenceSupervisors()
    {
        foreach (var leg in _legs)
        {
            if (leg is { IsUp: true, Role: LegRole.Supervisor })
            {
                LeaveBridge(leg);
            }
        }
    }

    private void OnSupervisorGone(Leg leg) =>
        _context.Publish(new MonitoringChanged(Id, leg.Agent!.Value, null));
}
