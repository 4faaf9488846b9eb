using Plateau.Contracts.Routing;
using Plateau.Core.Dialler;
using Plateau.Core.Insights;
using Plateau.Core.Routing;
using Plateau.Core.Workforce;
using static Plateau.Tests.Insights.Records;

namespace Plateau.Tests.Insights;

public sealed class PublishedFormulaTests
{
    [Fact]
    public void Acceptance_14_the_british_drop_rate() =>
        Assert.Equal((16.3125, 25.3125, 64.44), Told(DropRate.British(29, 9, 7)));

    [Fact]
    public void Acceptance_14_the_holding_time_of_asterisk()
    {
        var hold = 0;
        var holds = new List<int>();
        foreach (var waited in (int[])[20, 40, 0, 100])
        {
            hold = WaitEstimates.AsteriskHold(hold, waited);
            holds.Add(hold);
        }

        Assert.Equal([5, 13, 9, 31], holds);
        Assert.Equal(1, WaitEstimates.AsteriskAnnouncedMinutes(31, 0));
    }

    [Theory]
    [InlineData(0.01, 1.0, 2)]
    [InlineData(0.0225, 0.6, 1)]
    [InlineData(0.03, 0.2, 0)]
    [InlineData(0.5, 0.2, 0)]
    public void Acceptance_14_the_pacing_of_omnidialer(double dropRate, double factor, int calls)
    {
        var situation = new PacingSituation(2, 1.4, 4, 0.5, dropRate, 0.03);

        Assert.Equal(factor, BaselinePacing.Factor(situation), 9);
        Assert.Equal(calls, BaselinePacing.CallsToStart(situation));
    }

    [Fact]
    public void Acceptance_14_the_adherence_of_genesys()
    {
        var minute = TimeSpan.FromMinutes(1);

        Assert.Equal(71.43, Adherence.Of(60 * minute, 10 * minute, 10 * minute).Percent);
        Assert.Equal(83.33, Adherence.Of(60 * minute, 10 * minute).Percent);
        Assert.Equal(0, Adherence.Of(60 * minute, 90 * minute).Percent);
        Assert.Equal(110, Adherence.Conformance(66 * minute, 60 * minute).Percent);
    }

    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(30, 3.5, 3.5)]
    [InlineData(60, 6, 4)]
    public void Acceptance_14_a_call_that_ages_fast_overtakes_one_that_began_higher(
        double waitedS, double fastMinutes, double slowMinutes)
    {
        // CXone tells priorities in minutes, we in seconds of waiting: initial 1, acceleration 5 against 3 and 1.
        Assert.Equal(fastMinutes * 60, Score(priorityS: 60, ageing: 5, waitedS));
        Assert.Equal(slowMinutes * 60, Score(priorityS: 180, ageing: 1, waitedS));
    }

    [Fact]
    public void No_agents_and_no_hits_start_no_calls()
    {
        Assert.Equal(0, BaselinePacing.CallsToStart(new PacingSituation(0, 0, 0, 0, 0, 0.03, 5)));
        Assert.Equal(20, BaselinePacing.CallsToStart(new PacingSituation(1, 0, 0, 0, 0, 0.03)));
        Assert.Equal(
            0.6321, BaselinePacing.AgentsExpected([(1, S(60), S(40))], S(20)), 4); // 1 − 1/e when the ring time is what remains.
    }

    [Fact]
    public void Drops_without_anything_judged_are_counted_in_full()
    {
        Assert.Equal(100, DropRate.British(5, 0, 0).Percent);
        Assert.Equal(3, DropRate.Plain(3, 100).Percent);
    }

    [Fact]
    public void Waits_are_estimated_as_other_systems_do()
    {
        Assert.Equal(S(36), WaitEstimates.Vicidial([S(100), S(30), S(30), S(30), S(30), S(25)], [S(62)], S(10)));
        Assert.Equal(S(10), WaitEstimates.Vicidial([], [], S(10)));
        Assert.Equal(S(270), WaitEstimates.ByPosition(S(180), 3, 2));
        Assert.Null(WaitEstimates.ByPosition(S(180), 3, 0));
    }

    [Fact]
    public void The_error_of_estimates_looks_at_answered_calls_only() => Assert.Equal(
        new Ratio(0.5, 1),
        WaitEstimates.MeanError([
            Visit(QueueExit.Answered, 100, 0, 150), Visit(QueueExit.Abandoned, 10, 0, 100), Visit(QueueExit.Answered, 9),
            Visit(QueueExit.Answered, 0, 0, 60)]));

    private static double Score(int priorityS, double ageing, double waitedS)
    {
        var queue = new QueueState(new QueueConfig { Id = Sales, PriorityS = priorityS, Ageing = ageing }, Noon);
        return new WaitingItem(1, queue, Noon) { Joined = Noon }.ScoreAt(Noon + S(waitedS));
    }

    private static (double, double, double?) Told(Ratio ratio) => (ratio.Numerator, ratio.Denominator, ratio.Percent);
}
