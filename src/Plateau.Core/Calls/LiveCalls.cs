using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Agents;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>All calls of a centre that have no record yet, their legs, parked calls and agents' lines.</summary>
internal sealed partial class LiveCalls(CentreContext context, AgentRoster roster, RoutingMachine routing)
{
    private readonly SortedDictionary<CallId, CallMachine> _calls = [];
    private readonly Dictionary<LegId, Leg> _legs = [];
    private readonly SortedDictionary<string, CallMachine> _slots = new(StringComparer.Ordinal);
    private int _live;

    internal CentreContext Context { get; } = context;

    internal AgentRoster Roster { get; } = roster;

    internal RoutingMachine Routing { get; } = routing;

    internal SortedDictionary<CallId, CallMachine>.ValueCollection All => _calls.Values;

    /// <summary>Calls with a living leg.</summary>
    internal int LiveCount => _live;

    internal CallMachine? Find(CallId id) => _calls.GetValueOrDefault(id);

    internal Leg? FindLeg(LegId id) => _legs.GetValueOrDefault(id);

    internal void Register(Leg leg) => _legs[leg.Id] = leg;

    internal void Unregister(Leg leg) => _legs.Remove(leg.Id);

    internal void OnCallCleared(CallMachine call)
    {
        _ = call;
        _live--;
    }

    internal void OnRecorded(CallMachine call) => _calls.Remove(call.Id);

    /// <summary>The slot wanted if it is free, the lowest free one when none is wanted; null when there is
    /// none.</summary>
    internal string? FreeSlot(string wanted)
    {
        if (wanted.Length > 0)
        {
            return wanted.Length <= 16 && !_slots.ContainsKey(wanted) && _slots.Count < Limits.ParkSlotsMax ? wanted : null;
        }

        for (var slot = 1; slot <= Limits.ParkSlotsMax; slot++)
        {
            var name = slot.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (!_slots.ContainsKey(name))
            {
                return name;
            }
        }

        return null;
    }

    internal void Parked(CallMachine call) => _slots[call.Slot!] = call;

    internal void Unparked(CallMachine call) => _slots.Remove(call.Slot!);

    internal CallMachine? InSlot(string slot) => _slots.GetValueOrDefault(slot);

    internal CallMachine Begin(CallId id, CallDirection direction, string caller, string called, TrunkId? trunk)
    {
        var call = new CallMachine(this, id, direction, caller, called);
        _calls[call.Id] = call;
        _live++;
        Context.Publish(new CallStarted(call.Id, direction, caller, called, trunk));
        return call;
    }

    internal void Apply(LegOffered input)
    {
        if (_legs.ContainsKey(input.Leg))
        {
            return;
        }

        var agent = input.Phone is { } phone ? Roster.At(phone) : null;
        var isInside = input.Phone is null || Context.Config.AgentAt(input.Called) is not null
            || Context.Config.EntryPoints.Find(input.Called) is not null;
        var direction = input.Phone is null ? CallDirection.Inbound
            : isInside ? CallDirection.Internal : CallDirection.Outbound;
        var isFull = _live >= Context.Config.Centre.CallsMax;
        var call = Begin(new CallId(Context.NextId()), direction, input.Caller, input.Called, input.Trunk);
        if (isFull)
        {
            call.Refuse(input, ClearingCause.LimitReached);
        }
        else if (input.Phone is null)
        {
            call.Arrive(input);
        }
        else
        {
            call.ArriveFromPhone(input, agent);
        }
    }

    internal void Apply(CentreInput input)
    {
        switch (input)
        {
            case LegOffered offered:
                Apply(offered);
                break;
            case LegRinging ringing when FindLeg(ringing.Leg) is { } leg:
                leg.Call.OnRinging(leg, ringing.EarlyMedia);
                break;
            case LegAnswered answered when IsLine(answered.Leg):
                OnLineUp(answered.Leg);
                break;
            case LegAnswered answered when FindLeg(answered.Leg) is { } leg:
                leg.Call.OnAnswered(leg);
                break;
            case LegCleared cleared when IsLine(cleared.Leg):
                OnLineGone(cleared.Leg);
                break;
            case LegCleared cleared when FindLeg(cleared.Leg) is { } leg:
                leg.Call.OnCleared(leg, cleared);
                break;
            case LegDigit digit when FindLeg(digit.Leg) is { IsUp: true } leg:
                leg.Call.OnDigit(leg, digit.Digit);
                break;
            case LegHeldByParty held when FindLeg(held.Leg) is { IsUp: true } leg:
                leg.Call.OnHeldByParty(leg, held.Held);
                break;
            case PlaybackEnded ended when LegPlaying(ended.Leg) is { IsAlive: true } leg:
                leg.Call.OnPlayback(leg, ended);
                break;
            case LegTransferRequested transfer:
                Apply(transfer);
                break;
            case RecordingFinished finished:
                Find(finished.Call)?.OnRecordingFinished(finished.Recording);
                break;
            case HttpAnswered http:
                Find(http.Call)?.OnHttp(http);
                break;
            default:
                // Late or foreign: the leg is gone, or never was.
                break;
        }
    }

    private void Apply(LegTransferRequested input)
    {
        var isDone = FindLeg(input.Leg) is { IsUp: true } leg && leg.Call.TransferByPhone(leg, input.Target);
        Context.Emit(new AnswerTransfer(input.Leg, isDone));
    }

    internal void Restart()
    {
        foreach (var call in new List<CallMachine>(_calls.Values))
        {
            call.Restart();
        }

        RestartLines();
    }
}
