using Plateau.Contracts;
using Plateau.Contracts.Calls;

namespace Plateau.Core.Calls;

/// <summary>Hold, mute and digits in a conversation.</summary>
internal sealed partial class CallMachine
{
    internal RequestError? Hold(AgentId agent)
    {
        if (!IsInTalk(agent, out var leg) || leg.Kind == SegmentKind.Held || leg.Bridge != _bridge)
        {
            return RequestError.WrongState;
        }

        LeaveBridge(leg);
        leg.Enter(SegmentKind.Held, Now, leg.Queue);
        if (CountParties(_bridge) == 1)
        {
            HoldWithMusic(_bridge);
        }

        _roster.Find(agent)!.Hold();
        _context.Publish(new CallHeld(Id, agent));
        return null;
    }

    internal RequestError? Resume(AgentId agent)
    {
        if (!IsInTalk(agent, out var leg) || leg.Kind != SegmentKind.Held || _consultation is not null)
        {
            return RequestError.WrongState;
        }

        foreach (var other in _legs)
        {
            if (other.IsUp && other.Kind == SegmentKind.Held && other != leg && other.Role != LegRole.Agent)
            {
                Rejoin(other, SegmentKind.Talking);
            }
        }

        Rejoin(leg, SegmentKind.Talking);
        _roster.Find(agent)!.Resume();
        _context.Publish(new CallResumed(Id, agent));
        return null;
    }

    internal RequestError? Mute(AgentId agent, bool muted)
    {
        if (LegOf(agent) is not { IsUp: true } leg)
        {
            return RequestError.WrongState;
        }

        leg.IsMuted = muted;
        _context.Emit(new MuteBridgeLeg(leg.Id, muted));
        return null;
    }

    internal RequestError? SendDigits(string digits)
    {
        var target = Customer is { Agent: not null } ? _legs.Find(l => l.IsUp && l != Customer) : Customer;
        if (target is not { IsUp: true })
        {
            return RequestError.WrongState;
        }

        _context.Emit(new SendLegDigits(target.Id, digits));
        return null;
    }

    /// <summary>The telephone itself put us on hold or took us back: for an agent that is hold like by
    /// request.</summary>
    internal void OnHeldByParty(Leg leg, bool held)
    {
        if (leg.Agent is { } agent && leg.Role == LegRole.Agent)
        {
            _ = held ? Hold(agent) : Resume(agent);
        }
    }

    private bool IsInTalk(AgentId agent, out Leg leg)
    {
        leg = LegOf(agent)!;
        return State == CallState.Talking && leg is { IsUp: true, Role: not LegRole.Supervisor };
    }

    /// <summary>Whoever is left alone in a bridge hears music.</summary>
    private void HoldWithMusic(BridgeId bridge)
    {
        foreach (var leg in _legs)
        {
            if (leg.IsUp && leg.Bridge == bridge && leg.Role != LegRole.Supervisor)
            {
                LeaveBridge(leg);
                leg.Enter(SegmentKind.Held, Now, Queue);
                _context.Emit(new PlayMusic(leg.Id, QueueConfigOf(Queue)?.Music));
            }
        }
    }

    private void Rejoin(Leg leg, SegmentKind kind)
    {
        Join(leg, _bridge);
        leg.Enter(kind, Now, leg.Role == LegRole.Customer ? Queue : leg.Queue);
    }
}
