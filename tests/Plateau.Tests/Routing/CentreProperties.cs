using System.Text.Json;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core;

namespace Plateau.Tests.Routing;

public sealed class CentreProperties
{
    private const int Seeds = 150;
    private const int Steps = 400;

    [Fact]
    public void Whatever_happens_the_state_never_contradicts_itself()
    {
        var failures = new Dictionary<string, string>();
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var log = new List<(Instant At, CentreEffect Effect)>();
            var world = new RandomWorld(ConfigOf(seed), seed) { Seen = (at, effect) => log.Add((at, effect)) };
            try
            {
                world.Begin();
                for (var step = 0; step < Steps; step++)
                {
                    world.Step(1_500);
                    world.Centre.Verify();
                }

                CheckRecords(log);
                CheckIntervals(log, world);
            }
            catch (Exception e)
            {
                // Grouped by where it broke: one run shows every kind of failure with a seed that repeats it.
                var where = string.Join('\n', (e.StackTrace ?? string.Empty).Split('\n').Skip(1).Take(3));
                failures.TryAdd(where, $"seed {seed}, input {world.Inputs.Count}: {e.Message}\n{world.Inputs[^1].Input}\n{where}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Values));
    }

    [Fact]
    public void A_replay_from_json_gives_the_same_effects_and_the_same_state()
    {
        for (ulong seed = 100; seed < 110; seed++)
        {
            var effects = new List<CentreEffect>();
            var world = new RandomWorld(ConfigOf(seed), seed) { Seen = (_, effect) => effects.Add(effect) };
            world.Begin();
            for (var step = 0; step < Steps; step++)
            {
                world.Step(1_500);
            }

            var replayed = new List<CentreEffect>();
            var centre = new Centre(new IdSource(1));
            foreach (var (at, input) in world.Inputs)
            {
                var text = JsonSerializer.Serialize(input, PlateauJson.Options);
                centre.Apply(at, JsonSerializer.Deserialize<CentreInput>(text, PlateauJson.Options)!, replayed);
            }

            Assert.Equal(world.Centre.StateHash(), centre.StateHash());
            Assert.Equal(effects.Count, replayed.Count);
            Assert.Equal(
                effects.ConvertAll(static e => JsonSerializer.Serialize<object>(e, PlateauJson.Options)),
                replayed.ConvertAll(static e => JsonSerializer.Serialize<object>(e, PlateauJson.Options)));
        }
    }

    internal static CentreConfig ConfigOf(ulong seed)
    {
        var chance = new Prng(seed * 77);
        QueueConfig Vary(QueueConfig q) => q with
        {
            Selection = (SelectionPolicy)chance.NextBelow(8),
            WrapUp = (WrapUpMode)chance.NextBelow(5),
            WrapUpS = 8,
            RingS = 10,
            MissesMax = 1 + chance.NextBelow(2),
            AutoAnswer = chance.NextBelow(3) == 0,
            Recording = (RecordingPolicy)chance.NextBelow(3),
            WaitMaxS = chance.NextBelow(2) * 90,
            StayPresence = chance.NextBelow(3) == 0 ? PresenceRule.Ready | PresenceRule.Busy | PresenceRule.WrapUp : PresenceRule.Off,
            RejectPauseS = chance.NextBelow(2) * 20,
            PreferredAgentWaitS = 20,
            ReturnKeepsPlaceS = 60,
            StarvationS = 60,
            Ageing = 1 + chance.NextBelow(3),
            Whisper = chance.NextBelow(4) == 0 ? new PromptId("whisper") : null,
            Announcements = new AnnouncementConfig { Comfort = [new PromptId("calm")], FirstS = 5, EveryS = 10 },
            Callback = chance.NextBelow(2) == 0
                ? new CallbackConfig { OfferAfterS = 2, Mode = (CallbackMode)chance.NextBelow(2), GapS = 20, RingS = 10 }
                : null,
            Steps = chance.NextBelow(2) == 0
                ? []
                :
                [
                    new() { Requires = new Dictionary<SkillId, int> { [new("english")] = 5 } },
                    new() { AfterS = 15, PriorityS = 30, Announce = new PromptId("calm") },
                    new() { AfterS = 60, OverflowTo = new QueueId("support") },
                ],
        };
        return SmallCentre.Config(Vary, Vary, c => c with
        {
            Ordering = (QueueOrdering)chance.NextBelow(2),
            Phones = [.. c.Phones.Select(p => p with { IsNailedUp = chance.NextBelow(4) == 0 })],
        });
    }

    internal static void CheckRecords(List<(Instant At, CentreEffect Effect)> log)
    {
        var written = new HashSet<CallId>();
        foreach (var record in log.Select(e => e.Effect).OfType<WriteCallRecord>().Select(w => w.Record))
        {
            Assert.True(written.Add(record.Call), $"two records of {record.Call}");
            foreach (var leg in record.Legs)
            {
                for (var i = 1; i < leg.Segments.Count; i++)
                {
                    Assert.Equal(leg.Segments[i - 1].End, leg.Segments[i].Start);
                }

                Assert.All(leg.Segments, s => Assert.True(s.End > s.Start));
            }

            Assert.All(record.QueueVisits, v => Assert.True(v.Left >= v.Entered));
        }
    }

    private static void CheckIntervals(List<(Instant At, CentreEffect Effect)> log, RandomWorld world)
    {
        var byLogin = log.Select(e => e.Effect).OfType<WriteAgentInterval>().Select(w => w.Record)
            .GroupBy(r => (r.Agent, r.LoginStarted));
        foreach (var login in byLogin)
        {
            var at = login.Key.LoginStarted;
            foreach (var interval in login)
            {
                Assert.Equal(at, interval.Start);
                Assert.True(interval.End > interval.Start);
                at = interval.End;
            }

            Assert.True(at <= world.Now);
        }
    }
}
