using System.Diagnostics;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Telephony;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;

namespace Plateau.Benchmarks.Routing;

/// <summary>
/// A large centre in virtual time, with telephones that do at once what they are asked to. What is measured is the
/// product's own <see cref="Centre.Apply"/>, one input at a time.
/// </summary>
internal sealed class RoutingWorld
{
    private static readonly TimeSpan BetweenInputs = TimeSpan.FromMilliseconds(2);

    private readonly RoutingSize _size;
    private readonly Centre _centre = new(new IdSource(1));
    private readonly List<CentreEffect> _effects = [];
    private readonly Queue<CentreInput> _answers = new();
    private readonly Dictionary<CallId, LegId> _customers = [];
    private Instant _now = Instant.Parse("2026-11-23T09:00:00Z");
    private ulong _nextLeg = 1;
    private int _nextAgent;
    private int _nextJoined;
    private int _nextServed;
    private int _nextDemand;
    private (CallId Call, LegId Leg) _offered;

    internal RoutingWorld(RoutingSize size)
    {
        _size = size;
        var config = RoutingStaff.Config(size);
        Give(new ApplyConfig(config));
        foreach (var phone in config.Phones)
        {
            Give(new PhonePresence(phone.Id, true));
        }

        foreach (var agent in config.Agents)
        {
            Give(new LogIn(default, null, agent.Id));
        }

        for (var i = 0; i < size.Waiting; i++)
        {
            _now += TimeSpan.FromMilliseconds(18);
            Dial(2 * (i % (size.Queues / 2)));
        }
    }

    /// <summary>Sees each input with the time it took, in ticks of <see cref="Stopwatch"/>, and whether an offer was
    /// decided.</summary>
    internal Action<CentreInput, long, bool>? Measured { get; set; }

    /// <summary>A caller joins those who wait; then an agent is ready, gets the first of them, and pauses after the
    /// call.</summary>
    internal void ServeOneWhoWaits()
    {
        Dial(2 * (_nextJoined++ % (_size.Queues / 2)));
        var agent = RoutingStaff.Agent(2 * (_nextAgent++ % (_size.Agents / 2)));
        _offered = default;
        Give(new GoReady(default, null, agent));
        Give(new Pause(default, agent, agent, RoutingStaff.Break));
        Talk();
    }

    /// <summary>A caller finds an idle agent at once; the agent is idle again after the call.</summary>
    internal void ServeAtOnce()
    {
        _offered = default;
        Dial((2 * (_nextServed++ % (_size.Queues / 2))) + 1);
        Talk();
    }

    /// <summary>Calls and agents for whom nobody was there.</summary>
    internal int Unmatched { get; private set; }

    internal int Waiting() => _centre.Snapshot().Queues.Sum(static q => q.Waiting.Count);

    private void Dial(int queue)
    {
        var number = RoutingStaff.Number(queue, _nextDemand++, _size);
        Give(new LegOffered(new LegId(_nextLeg++), "+33639980001", number, new TrunkId("carrier"), null));
    }

    /// <summary>The agent of the last offer picks up, and the caller hangs up.</summary>
    private void Talk()
    {
        var (call, leg) = _offered;
        if (leg == default)
        {
            // With demands it happens that nobody fits: the caller stays, or the agent.
            Unmatched++;
            return;
        }

        Give(new LegRinging(leg));
        Give(new LegAnswered(leg));
        _customers.Remove(call, out var customer);
        Give(new LegCleared(customer, ClearingCause.Normal, ByParty: true));
    }

    private void Give(CentreInput input)
    {
        _now += BetweenInputs;
        while (_centre.NextDeadline <= _now)
        {
            Apply(new Tick());
        }

        Apply(input);
    }

    private void Apply(CentreInput input)
    {
        Take(input);
        while (_answers.TryDequeue(out var answer))
        {
            Take(answer);
        }
    }

    private void Take(CentreInput input)
    {
        _effects.Clear();
        var start = Stopwatch.GetTimestamp();
        _centre.Apply(_now, input, _effects);
        var ticks = Stopwatch.GetTimestamp() - start;
        var isDecision = false;
        foreach (var effect in _effects)
        {
            isDecision |= effect is WriteDecision;
            Answer(effect);
            if (effect is Publish { Fact: CallStarted started } && input is LegOffered offered)
            {
                _customers[started.Call] = offered.Leg;
            }
        }

        Measured?.Invoke(input, ticks, isDecision);
    }

    /// <summary>What telephones answer at once.</summary>
    private void Answer(CentreEffect effect)
    {
        switch (effect)
        {
            case AnswerLeg answer:
                _answers.Enqueue(new LegAnswered(answer.Leg));
                break;
            case OriginateLeg originate:
                _offered = (originate.Call, originate.Leg);
                break;
            case ClearLeg clear:
                _answers.Enqueue(new LegCleared(clear.Leg, clear.Cause, ByParty: false));
                break;
            case PlayPrompts play:
                _answers.Enqueue(new PlaybackEnded(play.Leg, play.Playback, true));
                break;
            default:
                break;
        }
    }
}
