using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Routing;
using Plateau.Core.Insights;
using Plateau.Core.Tenancy;
using static Plateau.Tests.Insights.Records;

namespace Plateau.Tests.Insights;

public sealed class IntervalTests
{
    private static readonly LocalTime Paris = LocalTime.TryCreate("Europe/Paris")!;
    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Fact]
    public void Acceptance_25_a_three_hour_call_is_split_over_twelve_bins_by_slice_and_in_one_by_start()
    {
        var bins = IntervalBins.Of(Paris, Monday, Monday, BinLength.Quarter);
        var talk = (Start: Instant.Parse("2026-11-23T10:00:00+01:00"), End: Instant.Parse("2026-11-23T13:00:00+01:00"));

        var bySlice = IntervalRollup.BySlice(bins, [talk]);
        var byStart = IntervalRollup.ByStart(bins, [talk]);

        Assert.Equal(12, bySlice.Count(time => time > TimeSpan.Zero));
        Assert.All(bySlice.Where(time => time > TimeSpan.Zero), time => Assert.Equal(TimeSpan.FromMinutes(15), time));
        Assert.Equal([TimeSpan.FromHours(3)], byStart.Where(time => time > TimeSpan.Zero));
        Assert.Equal("2026-11-23T10:00+01:00", bins[byStart.ToList().IndexOf(TimeSpan.FromHours(3))].Label);
    }

    [Fact]
    public void Acceptance_25_slices_sum_exactly_to_the_microsecond_whatever_the_stretches()
    {
        var bins = IntervalBins.Of(Paris, Monday, Monday.AddDays(6), BinLength.Half);
        for (ulong seed = 0; seed < 200; seed++)
        {
            var prng = new Prng(seed);
            var stretches = Enumerable.Range(0, 20).Select(_ =>
            {
                var start = bins[0].Start + new TimeSpan(prng.NextBelow(5 * 86_400) * TimeSpan.TicksPerSecond)
                    + TimeSpan.FromMicroseconds(prng.NextBelow(1_000_000));
                return (start, start + TimeSpan.FromMicroseconds(prng.NextBelow(int.MaxValue)));
            }).ToList();
            var total = stretches.Aggregate(TimeSpan.Zero, (sum, s) => sum + (s.Item2 - s.start));

            Assert.Equal(total, Sum(IntervalRollup.BySlice(bins, stretches)));
            Assert.Equal(total, Sum(IntervalRollup.ByStart(bins, stretches)));
        }
    }

    [Theory]
    [InlineData("2026-03-29", BinLength.Quarter, 92, 23)]
    [InlineData("2026-03-29", BinLength.Hour, 23, 23)]
    [InlineData("2026-03-29", BinLength.Day, 1, 23)]
    [InlineData("2026-10-25", BinLength.Quarter, 100, 25)]
    [InlineData("2026-10-25", BinLength.Half, 50, 25)]
    [InlineData("2026-10-25", BinLength.Day, 1, 25)]
    [InlineData("2026-11-23", BinLength.Quarter, 96, 24)]
    public void Acceptance_17_bins_of_a_daylight_saving_day_touch_and_fill_the_day(
        string date, BinLength length, int count, int hours)
    {
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);

        var bins = IntervalBins.Of(Paris, day, day, length);

        Assert.Equal(count, bins.Count);
        Assert.Equal(TimeSpan.FromHours(hours), bins[^1].End - bins[0].Start);
        Assert.Equal(bins.Skip(1).Select(b => b.Start), bins.SkipLast(1).Select(b => b.End));
        Assert.Equal(count, bins.Select(b => b.Label).Distinct().Count());
    }

    [Fact]
    public void Acceptance_17_the_hour_that_comes_twice_has_two_bins_and_the_missing_hour_has_none()
    {
        var autumn = IntervalBins.Of(Paris, new(2026, 10, 25), new(2026, 10, 25), BinLength.Hour).Select(b => b.Label);
        var spring = IntervalBins.Of(Paris, new(2026, 3, 29), new(2026, 3, 29), BinLength.Hour).Select(b => b.Label);

        Assert.Equal(
            ["2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00"], autumn.Where(l => l.Contains("T02", StringComparison.Ordinal)));
        Assert.DoesNotContain(spring, l => l.Contains("T02", StringComparison.Ordinal));
    }

    [Fact]
    public void A_queues_rows_count_by_start_and_look_at_everyone_who_waits()
    {
        var bins = IntervalBins.Of(Paris, Monday, Monday, BinLength.Quarter); // Noon in Paris begins bin 48.
        var visits = new[] { Visit(QueueExit.Answered, 1_000), Visit(QueueExit.Abandoned, 100, 950) };
        var intervals = Day("anna", "Idle 1000, Talking 1200 #1, WrapUp 60 #1");

        var rows = QueueRollup.Of(bins, visits, intervals, ServiceLevelDefinitions.BuiltIn[0]);

        Assert.Equal((1, 1, 0), (rows[48].Report.Tally.Entered, rows[49].Report.Tally.Entered, rows[50].Report.Tally.Entered));
        Assert.Equal(2, rows[49].Report.Metrics.Single(m => m.Metric == QueueMetrics.MaxQueued).Ratio.Numerator);
        Assert.Equal(1_000, rows[49].Report.Metrics.Single(m => m.Metric == QueueMetrics.LongestWait).Ratio.Numerator);
        Assert.Equal([S(0), S(1_200), S(60)], [rows[48].HandlingByStart, rows[49].HandlingByStart, rows[50].HandlingByStart]);
        Assert.Equal([S(0), S(800), S(460)], [rows[48].HandlingBySlice, rows[49].HandlingBySlice, rows[50].HandlingBySlice]);
    }

    [Fact]
    public void An_agents_bins_never_exceed_their_length_by_slice()
    {
        var bins = IntervalBins.Of(Paris, Monday, Monday, BinLength.Quarter);
        var rows = AgentRollup.Of(bins, Day("anna", "Idle 1000, Talking 5000 #1, Idle 1000"));

        Assert.Equal(S(7_000), Sum(rows.SelectMany(r => r.BySlice).Select(s => s.Value)));
        Assert.Equal(S(7_000), Sum(rows.SelectMany(r => r.ByStart).Select(s => s.Value)));
        Assert.All(rows, r => Assert.True(Sum(r.BySlice.Select(s => s.Value)) <= TimeSpan.FromMinutes(15)));
        Assert.Equal([AgentState.Idle, AgentState.Talking], rows[0].BySlice.Select(s => s.Key));
    }

    [Fact]
    public void What_lies_outside_the_bins_is_left_out()
    {
        var bins = IntervalBins.Of(Paris, Monday, Monday, BinLength.Day);
        var before = (bins[0].Start - S(100), bins[0].Start + S(50));
        var after = (bins[0].End - S(30), bins[0].End + S(100));

        Assert.Equal([S(80)], IntervalRollup.BySlice(bins, [before, after]));
        Assert.Equal([S(130)], IntervalRollup.ByStart(bins, [before, after]));
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (a, b) => a + b);
}
