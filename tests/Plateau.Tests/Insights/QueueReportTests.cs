using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Insights;
using static Plateau.Tests.Insights.Records;

namespace Plateau.Tests.Insights;

public sealed class QueueReportTests
{
    [Fact]
    public void Every_figure_has_its_numerator_and_denominator()
    {
        QueueVisitRecord[] visits =
        [
            Visit(QueueExit.Answered, 10, 0, 20, Offer("anna", OfferOutcome.NoAnswer), Offer("bob", OfferOutcome.Accepted)),
            Visit(QueueExit.Answered, 30, 1, 15, Offer("anna", OfferOutcome.Accepted)),
            Visit(QueueExit.Abandoned, 40, 2, null, Offer("anna", OfferOutcome.CallerLeft)),
            Visit(QueueExit.Abandoned, 4, 3),
            Visit(QueueExit.Timeout, 60, 4), Visit(QueueExit.LeaveEmpty, 8, 5), Visit(QueueExit.Callback, 61, 6),
            Visit(QueueExit.Full, 0, 7), Visit(QueueExit.JoinEmpty, 0, 8),
        ];

        var report = QueueReport.Of(visits, ServiceLevelDefinitions.BuiltIn[0], Noon, Noon + S(3_600));

        Assert.Equal(
            """
            queue.service-level 1/5
            queue.entered 7/1
            queue.answered 2/1
            queue.abandoned 2/1
            queue.short-abandoned 1/1
            queue.flowed-out 2/1
            queue.callbacks-asked 1/1
            queue.refused 2/1
            queue.abandon-rate 2/6
            queue.abandon-rate-of-entered 2/7
            queue.answer-rate 2/6
            queue.answer-rate-with-refused 2/8
            queue.blocked 2/9
            queue.saturated 1/9
            queue.asa 40/2
            queue.abandon-wait 44/2
            queue.wait-p50 10/1
            queue.wait-p80 30/1
            queue.wait-p95 30/1
            queue.survival-wait-p50 0/0
            queue.survival-wait-p80 0/0
            queue.survival-wait-p95 0/0
            queue.max-queued 7/1
            queue.longest-wait 61/1
            offer.accept-rate 2/4
            offer.non-response 1/4
            offer.non-response-with-caller-left 2/4
            queue.wait-estimate-error 1.5/2
            """,
            string.Join('\n', report.Metrics.Select(m => FormattableString.Invariant(
                $"{m.Metric.Id} {m.Ratio.Numerator}/{m.Ratio.Denominator}"))));
        Assert.Equal(QueueMetrics.All, report.Metrics.Select(m => m.Metric));
        Assert.Equal([0, 1, 0, 1, 0], report.Histogram);
    }

    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(0.8, 4)]
    [InlineData(0.81, 5)]
    [InlineData(1.0, 5)]
    [InlineData(0.01, 1)]
    public void A_percentile_is_the_nearest_rank(double share, double seconds) =>
        Assert.Equal(S(seconds), WaitStatistics.Percentile([S(5), S(1), S(4), S(2), S(3)], share));

    [Fact]
    public void Of_no_waits_there_is_no_percentile() => Assert.Null(WaitStatistics.Percentile([], 0.5));

    [Fact]
    public void Bounds_of_the_histogram_belong_to_the_upper_bin() => Assert.Equal(
        [1, 2, 0, 1, 2],
        WaitStatistics.Histogram([S(9.9), S(10), S(19.9), S(59), S(60), S(6_000)], WaitStatistics.UsualBoundsS));

    [Fact]
    public void Callers_who_gave_up_would_have_waited_longer_than_they_did()
    {
        // Ten callers: five give up at 10 s, then one is answered every ten seconds from 20 s on.
        QueueVisitRecord[] visits =
        [
            .. Visits(5, QueueExit.Abandoned, 10),
            .. Enumerable.Range(2, 5).Select(i => Visit(QueueExit.Answered, i * 10)),
        ];

        // Of the five who stayed, 3 of 5 are answered by 40 s: S = 4/5 · 3/4 · 2/3 = 0.4 ≤ 0.5.
        Assert.Equal(S(40), WaitStatistics.SurvivalPercentile(visits, 0.5));
        Assert.Equal(S(50), WaitStatistics.SurvivalPercentile(visits, 0.8));
        Assert.Equal(S(60), WaitStatistics.SurvivalPercentile(visits, 0.95));
    }

    [Fact]
    public void Without_anybody_giving_up_the_corrected_percentile_is_the_plain_one()
    {
        var visits = Enumerable.Range(1, 20).Select(i => Visit(QueueExit.Answered, i)).ToList();
        foreach (var share in (double[])[0.05, 0.5, 0.8, 0.95, 1])
        {
            Assert.Equal(
                WaitStatistics.Percentile(visits.Select(v => v.Wait()), share),
                WaitStatistics.SurvivalPercentile(visits, share));
        }
    }

    [Theory]
    [InlineData(0, 100, 2, 30)]
    [InlineData(0, 10, 1, 10)]
    [InlineData(10, 20, 2, 20)]
    [InlineData(30, 35, 1, 25)] // The first has left at 30 exactly; the second has waited since 10.
    [InlineData(40, 60, 0, 0)]
    public void Most_waiting_and_longest_wait_belong_to_the_interval(double from, double to, int most, double longestS)
    {
        QueueVisitRecord[] visits = [Visit(QueueExit.Answered, 30), Visit(QueueExit.Abandoned, 30, 10)];

        Assert.Equal(most, WaitStatistics.MaxQueued(visits, Noon + S(from), Noon + S(to)));
        Assert.Equal(S(longestS), WaitStatistics.LongestWait(visits, Noon + S(from), Noon + S(to)));
    }
}
