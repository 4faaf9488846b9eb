using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Core.Routing;

namespace Plateau.Tests;

/// <summary>
/// A world of telephones and people drawn from a seed: what the centre asks for is done, late, twice, or in another
/// order, and people do what comes to their minds, with ids of calls that are over or never were.
/// </summary>
internal sealed class RandomWorld(CentreConfig config, ulong seed)
{
    private readonly Prng _chance = new(seed);
    private readonly List<CentreEffect> _effects = [];
    private readonly PriorityQueue<CentreInput, (long At, long Order)> _coming = new();
    private readonly List<LegId> _legs = [];
    private readonly List<CallId> _calls = [new(7)];
    private readonly List<OfferId> _offers = [new(7)];
    private readonly List<CallbackId> _callbacks = [new(7)];
    private long _order;
    private ulong _nextLeg = 1;

    internal Centre Centre { get; } = new(new IdSource(1));

    internal Instant Now { get; private set; } = Scenario.Start;

    internal List<(Instant At, CentreInput Input)> Inputs { get; } = [];

    internal bool KeepsInputs { get; init; } = true;

    /// <summary>Sees each effect with its instant.</summary>
    internal Action<Instant, CentreEffect> Seen { get; init; } = static (_, _) => { };

    internal int Count { get; private set; }

    internal void Begin()
    {
        Give(new ApplyConfig(config));
        foreach (var phone in config.Phones)
        {
            Give(new PhonePresence(phone.Id, true));
        }

        foreach (var agent in config.Agents)
        {
            Give(new LogIn(default, null, agent.Id));
        }
    }

    /// <summary>One thing happens: something due from the world, a deadline, or somebody's idea.</summary>
    internal void Step(int meanMs)
    {
        var idea = Now + TimeSpan.FromMilliseconds(_chance.NextBelow(2 * meanMs));
        while (_coming.TryPeek(out _, out var at) && at.At <= idea.Microseconds)
        {
            Now = Instant.Max(Now, new Instant(at.At));
            Give(_coming.Dequeue());
        }

        if (Centre.NextDeadline <= idea && _chance.NextBelow(4) > 0)
        {
            Now = Instant.Max(Now, Centre.NextDeadline);
            Give(new Tick());
        }

        Now = Instant.Max(Now, idea);
        Give(Idea());
    }

    private void Give(CentreInput input)
    {
        _effects.Clear();
        if (KeepsInputs)
        {
            Inputs.Add((Now, input));
        }

        Count++;
        Centre.Apply(Now, input, _effects);
        foreach (var effect in _effects)
        {
            Seen(Now, effect);
            Note(effect);
        }
    }

    private void Note(CentreEffect effect)
    {
        switch (effect)
        {
            case OriginateLeg originate:
                Keep(_legs, originate.Leg);
                if (_chance.NextBelow(10) > 0)
                {
                    Later(new LegRinging(originate.Leg), 200);
                }

                Later(
                    _chance.NextBelow(4) > 0
                        ? new LegAnswered(originate.Leg)
                        : new LegCleared(originate.Leg, (ClearingCause)_chance.NextBelow(9), true),
                    5_000);
                break;
            case AnswerLeg answer:
                Later(new LegAnswered(answer.Leg), 100);
                break;
            case ClearLeg clear:
                Later(new LegCleared(clear.Leg, clear.Cause, false), 100);
                break;
            case PlayPrompts play:
                Later(new PlaybackEnded(play.Leg, play.Playback, _chance.NextBelow(3) > 0), 3_000);
                break;
            case StopRecording stop:
                Later(Finished(stop.Call, stop.Recording), 500);
                break;
            case RecordMessage message:
                Later(Finished(message.Call, message.Recording), 20_000);
                break;
            case Publish { Fact: CallStarted started }:
                Keep(_calls, started.Call);
                break;
            case Publish { Fact: CallOffered offered }:
                Keep(_offers, offered.Offer);
                break;
            case Publish { Fact: CallbackChanged changed }:
                Keep(_callbacks, changed.Callback);
                break;
            default:
                break;
        }
    }

    private RecordingFinished Finished(CallId call, RecordingId recording) => new(call, new RecordingRecord(
        recording, Now, TimeSpan.FromSeconds(_chance.NextBelow(5)), "r.wav", 1, new string('0', 64)));

    private void Later(CentreInput input, int meanMs)
    {
        var at = Now.Microseconds + (_chance.NextBelow(2 * meanMs) * 1_000L);
        _coming.Enqueue(input, (at, ++_order));
        if (_chance.NextBelow(20) == 0)
        {
            _coming.Enqueue(input, (at + (_chance.NextBelow(2_000) * 1_000L), ++_order));
        }
    }

    private void Keep<T>(List<T> known, T id)
    {
        known.Add(id);
        if (known.Count > 40)
        {
            known.RemoveAt(_chance.NextBelow(30));
        }
    }

    private T Any<T>(IReadOnlyList<T> from) => from[_chance.NextBelow(from.Count)];

    private AgentId AnyAgent() => Any(config.Agents).Id;

    private CentreInput Idea()
    {
        var call = _chance.NextBelow(3) > 0 ? _calls[^1] : Any(_calls);
        return _chance.NextBelow(16) switch
        {
            < 3 => Dialled(),
            < 5 when _legs.Count > 0 => new LegCleared(Any(_legs), ClearingCause.Normal, true),
            < 6 when _legs.Count > 0 => new LegDigit(Any(_legs), "0123456789*#"[_chance.NextBelow(12)]),
            < 9 => OfAgent(AnyAgent(), call),
            < 13 => OfCall(AnyAgent(), call),
            < 15 => OfSupervisor(call),
            _ => OfWorld(),
        };
    }

    private LegOffered Dialled()
    {
        var leg = new LegId(_nextLeg++);
        Keep(_legs, leg);
        return _chance.NextBelow(4) > 0
            ? new LegOffered(
                leg, $"+336399800{_chance.NextBelow(100):00}", Any(config.EntryPoints).Number, new("carrier"), null)
            : new LegOffered(
                leg, "phone", Any<string>(["11", "12", "14", SmallCentre.SalesNumber, "+33199005555", "9"]), null,
                Any(config.Phones).Id);
    }

    private CentreInput OfAgent(AgentId agent, CallId call) => _chance.NextBelow(14) switch
    {
        0 => new LogOut(default, null, agent),
        1 or 2 => new LogIn(default, null, agent, null, _chance.NextBelow(4) == 0),
        3 or 4 or 5 => new GoReady(default, null, agent),
        6 => new Pause(default, null, agent, new NotReadyReasonId("lunch")),
        7 => new Heartbeat(agent),
        8 => new RejectOffer(default, null, Any(_offers)),
        9 => new AcceptOffer(default, null, Any(_offers)),
        10 => new AcknowledgeOffer(default, null, Any(_offers)),
        11 => new EndWrapUp(default, null, agent),
        12 => new RequestWrapUp(default, null, agent),
        _ => new SetDisposition(default, agent, call, new DispositionId("sold")),
    };

    private CallTarget Target() => _chance.NextBelow(5) switch
    {
        0 => new CallTarget(Agent: AnyAgent()),
        1 => new CallTarget(Queue: Any(config.Queues).Id),
        2 => new CallTarget(Flow: new FlowId("menu")),
        3 => new CallTarget(Number: Any<string>(["+33199005555", "11", "x"])),
        _ => new CallTarget(Mailbox: "box"),
    };

    private CentreInput OfCall(AgentId agent, CallId call)
    {
        var on = Centre.FindCall(call)?.Legs.FirstOrDefault(static l => l.Agent is not null)?.Agent ?? agent;
        return _chance.NextBelow(15) switch
        {
            0 => new PlaceCall(default, null, agent, Target(), null, Any(config.Queues).Id),
            1 => new HoldCall(default, null, call, on),
            2 => new ResumeCall(default, null, call, on),
            3 => new TransferCall(default, null, call, Target(), _chance.NextBelow(2) == 0),
            4 or 5 => new Consult(default, null, call, on, Target()),
            6 => new CompleteTransfer(default, null, call, on),
            7 => new MakeConference(default, null, call, on),
            8 => new CancelConsultation(default, null, call, on),
            9 => new SwapConsultation(default, null, call, on),
            10 => new ParkCall(default, on, call),
            11 => new RetrieveCall(default, null, "1", agent),
            12 => new ControlRecording(default, null, call, (RecordingAction)_chance.NextBelow(4)),
            13 => new HangUp(default, null, call, _chance.NextBelow(2) == 0 ? on : null),
            _ => new MuteLeg(default, null, call, on, _chance.NextBelow(2) == 0),
        };
    }

    private CentreInput OfSupervisor(CallId call) => _chance.NextBelow(9) switch
    {
        0 or 1 => new StartMonitoring(default, null, call, new AgentId("eve"), (MonitorMode)_chance.NextBelow(3)),
        2 => new StopMonitoring(default, null, call, new AgentId("eve")),
        3 => new TakeOver(default, null, call, new AgentId("eve")),
        4 => new MoveWaiting(default, null, call, Any(config.Queues).Id),
        5 => new ChangePriority(default, null, call, _chance.NextBelow(600)),
        6 => new PullWaiting(default, null, call, AnyAgent()),
        7 => new SetQueueOpen(default, null, Any(config.Queues).Id, Any<bool?>([true, null, false])),
        _ => new CancelCallback(default, null, Any(_callbacks)),
    };

    private CentreInput OfWorld() => _chance.NextBelow(40) switch
    {
        0 => new Restarted(),
        1 or 2 => new ApplyConfig(config),
        < 8 => new PhonePresence(Any(config.Phones).Id, _chance.NextBelow(3) > 0),
        < 12 => new SetAgentSkills(
            default, null, AnyAgent(), new Dictionary<SkillId, int> { [new("english")] = 5 },
            Now + TimeSpan.FromMinutes(2)),
        < 16 => new SetAgentQueues(default, null, AnyAgent(), [Any(config.Queues).Id], Now + TimeSpan.FromMinutes(1)),
        < 20 when _legs.Count > 0 => new LegTransferRequested(Any(_legs), "12"),
        < 24 when _legs.Count > 0 => new LegHeldByParty(Any(_legs), _chance.NextBelow(2) == 0),
        < 28 => new ReportMachine(default, null, _calls[^1]),
        _ => new PhonePresence(Any(config.Phones).Id, true),
    };
}
