using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Agents;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>Parking: the customer waits in a slot until somebody retrieves the call, or it goes back to who parked
/// it.</summary>
internal sealed partial class CallMachine
{
    private readonly Deadline _parkDue;
    private AgentId? _parker;

    /// <summary>The slot it is parked in; null when not parked.</summary>
    internal string? Slot { get; private set; }

    internal RequestError? Park(string slot, AgentId? by)
    {
        if (State != CallState.Talking || Customer is not { IsUp: true } || _consultation is not null)
        {
            return RequestError.WrongState;
        }

        if (_calls.FreeSlot(slot) is not { } free)
        {
            return slot.Length == 0 ? RequestError.LimitReached : RequestError.TargetUnavailable;
        }

        Instant? place = null;
        LeaveBehind(ref place, keepPlace: false);
        _parker = by;
        Slot = free;
        _calls.Parked(this);
        EnterPark();
        return null;
    }

    /// <summary>The agent's telephone is rung; the parked call is connected when it is picked up.</summary>
    internal RequestError? Retrieve(AgentMachine agent)
    {
        if (State != CallState.Parked)
        {
            return RequestError.WrongState;
        }

        if (!CanBeRung(agent) || !HasRoomForLeg())
        {
            return RequestError.TargetUnavailable;
        }

        _context.Clear(_parkDue);
        State = CallState.Connecting;
        agent.Dial(Id, Queue);
        _origin = Customer;
        _target = CallAgent(agent, LegRole.Agent, SegmentKind.Dialling, Queue, Limits.RingMax, autoAnswer: true);
        _context.Set(_connectDue, Limits.RingMax);
        if (_target.IsLine)
        {
            OnAnswered(_target);
        }

        return null;
    }

    private void EnterPark()
    {
        State = CallState.Parked;
        PauseRecordingOfWait();
        Customer!.Enter(SegmentKind.Parked, Now, null, Slot);
        _context.Emit(new PlayMusic(Customer.Id, QueueConfigOf(Queue)?.Music));
        _context.Set(_parkDue, Limits.ParkMax);
        _context.Publish(new CallParked(Id, Slot!));
    }

    /// <summary>Nobody came: back to who parked it, or to the call's queue, or another turn in the slot.</summary>
    private void OnParkTimeout()
    {
        if (_parker is { } id && _roster.Find(id) is { } agent && CanBeRung(agent))
        {
            _origin = Customer;
            _transferor = id;
            if (ConnectTo(new CallTarget(Agent: id), Limits.RingMax) is null)
            {
                return;
            }
        }

        if (Queue is { } queue)
        {
            Unpark();
            JoinQueue(new QueueEntry(Id, queue) { Preferred = _parker, IsGranted = true });
            return;
        }

        _context.Set(_parkDue, Limits.ParkMax);
    }

    private void Unpark()
    {
        _context.Clear(_parkDue);
        if (Slot is not null)
        {
            _calls.Unparked(this);
            Slot = null;
            _context.Publish(new CallParked(Id, string.Empty));
        }
    }
}
