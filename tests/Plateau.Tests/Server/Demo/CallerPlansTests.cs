using Plateau.Server.Demo;

namespace Plateau.Tests.Server.Demo;

/// <summary>The demo's public follows from a seed and behaves like people do.</summary>
public sealed class CallerPlansTests
{
    private const double Rate = 12;

    [Fact]
    public void The_same_seed_gives_the_same_callers_and_another_seed_others()
    {
        Assert.Equal(Take(7, 200), Take(7, 200));
        Assert.NotEqual(Take(7, 200), Take(8, 200));
    }

    [Fact]
    public void Arrivals_never_go_back_and_come_at_the_rate_asked_for()
    {
        var plans = Take(1, 6_000);

        Assert.All(plans.Zip(plans.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
        Assert.Equal(Rate, plans.Count / plans[^1].At.TotalMinutes, 0.5);
    }

    [Fact]
    public void The_first_half_of_a_period_is_busier_than_the_second()
    {
        var inFirstHalf = Take(2, 6_000).Count(p => p.At.Ticks % CallerPlans.Period.Ticks < CallerPlans.Period.Ticks / 2);

        // The mean of a sine over its half wave is 2/π: 1 + 0.6 × 0.64 against 1 − 0.6 × 0.64.
        Assert.Equal((1 + (CallerPlans.Swing * 2 / Math.PI)) / 2, inFirstHalf / 6_000.0, 0.03);
    }

    [Fact]
    public void Patience_is_exponential_with_its_mean()
    {
        var patience = Take(3, 6_000).Select(p => p.Patience).ToList();

        Assert.Equal(CallerPlans.PatienceMean.TotalSeconds, patience.Average(p => p.TotalSeconds), 4.0);
        // Of an exponential distribution the share 1/e lies above the mean.
        Assert.Equal(1 / Math.E, patience.Count(p => p > CallerPlans.PatienceMean) / 6_000.0, 0.03);
    }

    [Fact]
    public void Numbers_are_of_the_fictitious_range_and_do_not_come_back_soon()
    {
        var numbers = Take(4, 5_000).Select(p => p.Caller).ToList();

        Assert.All(numbers, n => Assert.Matches("^063998[0-9]{4}$", n));
        Assert.Equal(5_000, numbers.Distinct().Count());
    }

    [Fact]
    public void Every_queue_is_asked_for_and_in_both_languages()
    {
        var plans = Take(5, 1_000);

        Assert.Equal(['1', '2', '3'], plans.Select(p => p.Key).Distinct().Order());
        Assert.Equal(["en", "fr"], plans.Select(p => p.Language).Distinct().Order());
        Assert.Equal(4, plans.Select(p => p.Called).Distinct().Count());
    }

    private static List<CallerPlan> Take(ulong seed, int count)
    {
        var plans = new CallerPlans(seed, Rate);
        return [.. Enumerable.Range(0, count).Select(_ => plans.Next())];
    }
}
