using System.Globalization;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;

namespace Plateau.Tests;

/// <summary>A centre in virtual time with a world that can be told to do what telephones do.</summary>
/// <remarks>
/// The clock goes from deadline to deadline, so nothing sleeps. Legs are known by names: a caller's own ("anna"), an
/// agent's telephone by the agent ("bob"), a number outside by the number. Every input is kept for a replay.
/// </remarks>
internal sealed partial class Scenario
{
    private readonly Dictionary<string, LegId> _legs = [];
    private readonly Dictionary<LegId, string> _names = [];
    private readonly Dictionary<string, CallId> _calls = [];
    private readonly List<CentreEffect> _effects = [];
    private ulong _nextLeg = 1;
    private ulong _nextRequest = 1;

    internal Scenario(CentreConfig config)
    {
        Config = config;
        Now = Start;
        Give(new ApplyConfig(config));
        foreach (var phone in config.Phones)
        {
            Give(new PhonePresence(phone.Id, true));
        }
    }

    internal static Instant Start { get; } = Instant.Parse("2026-11-23T09:00:00Z");

    internal CentreConfig Config { get; private set; }

    internal Centre Centre { get; } = new(new IdSource(1));

    internal Instant Now { get; private set; }

    /// <summary>Everything that was done so far, with its instant.</summary>
    internal List<(Instant At, CentreEffect Effect)> Log { get; } = [];

    internal List<(Instant At, CentreInput Input)> Inputs { get; } = [];

    /// <summary>Whether the world answers by itself: legs answered are up at once, legs cleared are gone at
    /// once.</summary>
    internal bool IsWorldPrompt { get; init; } = true;

    internal double Seconds => (Now - Start).TotalSeconds;

    internal IEnumerable<CallRecord> Records => All<WriteCallRecord>().Select(w => w.Record);

    internal IEnumerable<AgentIntervalRecord> Intervals => All<WriteAgentInterval>().Select(w => w.Record);

    internal IEnumerable<T> All<T>() => Log.Select(e => e.Effect).OfType<T>();

    internal IEnumerable<T> Facts<T>()
        where T : Fact => All<Publish>().Select(p => p.Fact).OfType<T>();

    internal LegId Leg(string name) => _legs[name];

    internal CallId Call(string name) => _calls[name];

    internal string NameOf(LegId leg) => _names.GetValueOrDefault(leg, leg.ToString());

    /// <summary>Lets time pass to so many seconds after the start, through every deadline on the way.</summary>
    internal void At(double seconds)
    {
        var at = Start + TimeSpan.FromSeconds(seconds);
        while (Centre.NextDeadline <= at)
        {
            Now = Instant.Max(Now, Centre.NextDeadline);
            Give(new Tick());
        }

        Now = at;
    }

    /// <summary>Gives one input and what the world answers to it.</summary>
    internal IReadOnlyList<CentreEffect> Give(CentreInput input)
    {
        var first = Log.Count;
        var inputs = new Queue<CentreInput>();
        inputs.Enqueue(input);
        while (inputs.TryDequeue(out var next))
        {
            _effects.Clear();
            Inputs.Add((Now, next));
            Centre.Apply(Now, next, _effects);
            foreach (var effect in _effects)
            {
                Log.Add((Now, effect));
                Note(effect, inputs);
            }
        }

        return Log.Skip(first).Select(e => e.Effect).ToList();
    }

    internal AnswerRequest Ask(Func<RequestId, CentreRequest> request)
    {
        var id = new RequestId(_nextRequest++);
        return Give(request(id)).OfType<AnswerRequest>().Single(a => a.Request == id);
    }

    internal void LogIn(params string[] agents)
    {
        foreach (var agent in agents)
        {
            Assert.Null(Ask(id => new LogIn(id, null, new AgentId(agent))).Error);
        }
    }

    /// <summary>A caller from outside dials a number.</summary>
    internal CallId Dial(string name, string number, string? caller = null)
    {
        var leg = new LegId(_nextLeg++);
        Know(name, leg);
        var started = Give(new LegOffered(leg, caller ?? $"+3363998{_nextLeg:0000}", number, new TrunkId("carrier"), null))
            .OfType<Publish>().Select(p => p.Fact).OfType<CallStarted>().Single();
        return _calls[name] = started.Call;
    }

    internal void DialFromPhone(string name, string phone, string number)
    {
        var leg = new LegId(_nextLeg++);
        Know(name, leg);
        var started = Give(new LegOffered(leg, phone, number, null, new PhoneId(phone)))
            .OfType<Publish>().Select(p => p.Fact).OfType<CallStarted>().Single();
        _calls[name] = started.Call;
    }

    internal IReadOnlyList<CentreEffect> Ring(string name) => Give(new LegRinging(Leg(name)));

    internal IReadOnlyList<CentreEffect> Answer(string name) => Give(new LegAnswered(Leg(name)));

    internal IReadOnlyList<CentreEffect> HangUp(string name, ClearingCause cause = ClearingCause.Normal) =>
        Give(new LegCleared(Leg(name), cause, ByParty: true));

    internal AgentState StateOf(string agent) => Centre.FindAgent(new AgentId(agent))!.State;

    private void Note(CentreEffect effect, Queue<CentreInput> answers)
    {
        switch (effect)
        {
            case OriginateLeg originate:
                Know(NameOf(originate), originate.Leg);
                break;
            case AnswerLeg answer when IsWorldPrompt:
                answers.Enqueue(new LegAnswered(answer.Leg));
                break;
            case ClearLeg clear when IsWorldPrompt:
                answers.Enqueue(new LegCleared(clear.Leg, clear.Cause, ByParty: false));
                break;
            case Publish { Fact: CallStarted started }:
                _calls[$"call{_calls.Count + 1}"] = started.Call;
                break;
            case StopRecording stop when IsWorldPrompt:
                answers.Enqueue(new RecordingFinished(stop.Call, new RecordingRecord(
                    stop.Recording, Now, TimeSpan.FromSeconds(1), "r.wav", 1, new string('0', 64))));
                break;
            default:
                break;
        }
    }

    private string NameOf(OriginateLeg originate) => originate.Target.Phone is { } phone
        ? Config.Agents.FirstOrDefault(a => a.Phone == phone)?.Id.Value ?? phone.Value
        : originate.Target.Number!;

    private void Know(string name, LegId leg)
    {
        _legs[name] = leg;
        _names[leg] = name;
    }

    /// <summary>Seconds since the start in words of a table.</summary>
    internal static string Text(double seconds) => seconds.ToString("0.0##", CultureInfo.InvariantCulture);
}
