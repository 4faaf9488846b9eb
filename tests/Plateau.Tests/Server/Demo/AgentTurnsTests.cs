using Plateau.Contracts;
using Plateau.Server.Demo;

namespace Plateau.Tests.Server.Demo;

/// <summary>The demo's agents follow from a seed and work like people do.</summary>
public sealed class AgentTurnsTests
{
    [Fact]
    public void The_same_seed_gives_the_same_turns()
    {
        Assert.Equal(Take(7, 100), Take(7, 100));
        Assert.NotEqual(Take(7, 100), Take(8, 100));
    }

    [Fact]
    public void Agents_pick_up_within_five_seconds_and_talk_for_the_mean_time()
    {
        var turns = Take(1, 6_000);

        Assert.All(turns, t => Assert.InRange(t.PicksUpAfter.TotalSeconds, 1, 5));
        Assert.All(turns, t => Assert.True(t.Talks >= AgentTurns.TalkMin));
        Assert.Equal(AgentTurns.TalkMean.TotalSeconds, turns.Average(t => t.Talks.TotalSeconds), 1.0);
    }

    [Fact]
    public void Some_calls_are_missed_some_held_and_some_followed_by_a_break()
    {
        var turns = Take(2, 6_000);

        Assert.Equal(0.03, turns.Count(t => t.Misses) / 6_000.0, 0.01);
        Assert.Equal(0.10, turns.Count(t => t.Break is not null) / 6_000.0, 0.02);
        Assert.Contains(turns, t => t.HoldsAfter is not null);
        Assert.All(turns.Where(t => t.HoldsAfter is not null), t => Assert.True(t.HoldsAfter < t.Talks));
    }

    [Fact]
    public void A_lognormal_draw_has_the_mean_asked_for_and_a_smaller_median()
    {
        var chance = new Prng(3);
        var mean = TimeSpan.FromSeconds(100);
        var draws = Enumerable.Range(0, 20_000).Select(_ => chance.NextLogNormal(mean, 0.6).TotalSeconds).Order().ToList();

        Assert.Equal(100, draws.Average(), 2.0);
        Assert.Equal(100 * Math.Exp(-0.6 * 0.6 / 2), draws[draws.Count / 2], 2.0);
    }

    private static List<AgentTurn> Take(ulong seed, int count)
    {
        var turns = new AgentTurns(seed);
        return [.. Enumerable.Range(0, count).Select(_ => turns.Next())];
    }
}
