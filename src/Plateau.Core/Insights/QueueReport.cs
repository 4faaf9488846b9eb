using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Insights;

/// <summary>The figures of one queue (or several together) over a period, from its stays only.</summary>
/// <param name="Definition">Definition of service level used.</param>
/// <param name="Tally">Counts.</param>
/// <param name="Metrics">All metrics of <see cref="QueueMetrics"/>, in its order.</param>
/// <param name="Histogram">Waits of answered calls by <see cref="WaitStatistics.UsualBoundsS"/>.</param>
public sealed record QueueReport(
    ServiceLevelConfig Definition, QueueTally Tally, IReadOnlyList<MetricValue> Metrics, IReadOnlyList<int> Histogram)
{
    /// <summary>Computes the report.</summary>
    /// <param name="visits">Stays that entered within the period (attribution by start).</param>
    /// <param name="definition">Definition of service level.</param>
    /// <param name="from">Start of the period.</param>
    /// <param name="to">End of the period, not part of it.</param>
    public static QueueReport Of(
        IReadOnlyList<QueueVisitRecord> visits, ServiceLevelConfig definition, Instant from, Instant to)
    {
        ArgumentNullException.ThrowIfNull(visits);
        ArgumentNullException.ThrowIfNull(definition);
        var tally = QueueTally.Of(
            visits, TimeSpan.FromSeconds(definition.ThresholdS), TimeSpan.FromSeconds(definition.ShortAbandonS));
        var answered = visits.Where(v => v.Exit == QueueExit.Answered).Select(v => v.Wait()).ToList();
        var abandoned = visits.Where(v => v.Exit == QueueExit.Abandoned).Select(v => v.Wait()).ToList();
        IReadOnlyList<MetricValue> metrics =
        [
            new(QueueMetrics.ServiceLevel, ServiceLevel.Of(definition.Formula, tally)),
            .. Counts(tally),
            MetricValue.Of(QueueMetrics.AverageSpeedOfAnswer, Seconds(answered), answered.Count),
            MetricValue.Of(QueueMetrics.AverageWaitBeforeAbandon, Seconds(abandoned), abandoned.Count),
            .. Percentiles(visits, answered),
            MetricValue.Of(QueueMetrics.MaxQueued, WaitStatistics.MaxQueued(visits, from, to)),
            MetricValue.Of(QueueMetrics.LongestWait, WaitStatistics.LongestWait(visits, from, to).TotalSeconds),
            .. Offers(visits),
            new(QueueMetrics.WaitEstimateError, WaitEstimates.MeanError(visits)),
        ];
        return new QueueReport(
            definition, tally, metrics, WaitStatistics.Histogram(answered, WaitStatistics.UsualBoundsS));
    }

    private static IEnumerable<MetricValue> Counts(QueueTally tally) =>
    [
        MetricValue.Of(QueueMetrics.Entered, tally.Entered),
        MetricValue.Of(QueueMetrics.Answered, tally.Answered),
        MetricValue.Of(QueueMetrics.Abandoned, tally.Abandoned),
        MetricValue.Of(QueueMetrics.ShortAbandoned, tally.ShortAbandoned),
        MetricValue.Of(QueueMetrics.FlowedOut, tally.FlowedOut),
        MetricValue.Of(QueueMetrics.CallbacksAsked, tally.Callbacks),
        MetricValue.Of(QueueMetrics.Refused, tally.Refused),
        MetricValue.Of(QueueMetrics.AbandonRate, tally.Abandoned, tally.Offered),
        MetricValue.Of(QueueMetrics.AbandonRateOfEntered, tally.Abandoned, tally.Entered),
        MetricValue.Of(QueueMetrics.AnswerRate, tally.Answered, tally.Offered),
        MetricValue.Of(
            QueueMetrics.AnswerRateWithRefused, tally.Answered,
            tally.Answered + tally.Abandoned + tally.Full + tally.LeaveEmpty + tally.JoinEmpty + tally.Timeouts),
        MetricValue.Of(QueueMetrics.BlockedShare, tally.JoinEmpty + tally.LeaveEmpty, tally.Entered + tally.Refused),
        MetricValue.Of(QueueMetrics.SaturatedShare, tally.Full, tally.Entered + tally.Refused),
    ];

    private static IEnumerable<MetricValue> Percentiles(
        IReadOnlyList<QueueVisitRecord> visits, IReadOnlyList<TimeSpan> answered) =>
    [
        MetricValue.OfOptional(QueueMetrics.WaitP50, WaitStatistics.Percentile(answered, 0.50)),
        MetricValue.OfOptional(QueueMetrics.WaitP80, WaitStatistics.Percentile(answered, 0.80)),
        MetricValue.OfOptional(QueueMetrics.WaitP95, WaitStatistics.Percentile(answered, 0.95)),
        MetricValue.OfOptional(QueueMetrics.SurvivalWaitP50, WaitStatistics.SurvivalPercentile(visits, 0.50)),
        MetricValue.OfOptional(QueueMetrics.SurvivalWaitP80, WaitStatistics.SurvivalPercentile(visits, 0.80)),
        MetricValue.OfOptional(QueueMetrics.SurvivalWaitP95, WaitStatistics.SurvivalPercentile(visits, 0.95)),
    ];

    private static IEnumerable<MetricValue> Offers(IReadOnlyList<QueueVisitRecord> visits)
    {
        var tally = OfferTally.Of(visits.SelectMany(visit => visit.Offers));
        return
        [
            MetricValue.Of(OfferMetrics.AcceptRate, tally.Accepted, tally.Made),
            MetricValue.Of(OfferMetrics.NonResponse, tally.NonResponse, tally.Made),
            MetricValue.Of(OfferMetrics.NonResponseWithCallerLeft, tally.NonResponse + tally.CallerLeft, tally.Made),
        ];
    }

    private static double Seconds(IEnumerable<TimeSpan> times) => times.Sum(time => time.TotalSeconds);
}
