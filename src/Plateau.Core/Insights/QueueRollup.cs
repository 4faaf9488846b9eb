using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Insights;

/// <summary>One bin of a queue's interval report.</summary>
/// <param name="Bin">The bin.</param>
/// <param name="Report">Stays that entered in the bin, with most waiting and longest wait at any instant of it.</param>
/// <param name="HandlingByStart">Talk, hold and wrap-up of intervals that began in the bin.</param>
/// <param name="HandlingBySlice">Talk, hold and wrap-up that fell into the bin.</param>
public sealed record QueueRollupRow(
    IntervalBin Bin, QueueReport Report, TimeSpan HandlingByStart, TimeSpan HandlingBySlice);

/// <summary>A queue's interval report: 15, 30, 60 minutes or days.</summary>
public static class QueueRollup
{
    /// <summary>One row for each bin.</summary>
    /// <param name="bins">The bins.</param>
    /// <param name="visits">The queue's stays; also those that entered before the first bin.</param>
    /// <param name="intervals">Agent intervals that belong to the queue.</param>
    /// <param name="definition">Definition of service level.</param>
    public static IReadOnlyList<QueueRollupRow> Of(
        IReadOnlyList<IntervalBin> bins, IReadOnlyList<QueueVisitRecord> visits,
        IReadOnlyList<AgentIntervalRecord> intervals, ServiceLevelConfig definition)
    {
        ArgumentNullException.ThrowIfNull(bins);
        var handling = intervals
            .Where(i => i.State is AgentState.Talking or AgentState.Holding or AgentState.WrapUp)
            .Select(i => (i.Start, i.End))
            .ToList();
        var byStart = IntervalRollup.ByStart(bins, handling);
        var bySlice = IntervalRollup.BySlice(bins, handling);
        var groups = IntervalRollup.Group(bins, visits, visit => visit.Entered);
        return
        [
            .. bins.Select((bin, i) => new QueueRollupRow(
                bin, Report(bin, groups[i], visits, definition), byStart[i], bySlice[i])),
        ];
    }

    /// <summary>Most waiting and longest wait look at everyone who waits in the bin, not only at who entered in
    /// it.</summary>
    private static QueueReport Report(
        IntervalBin bin, IReadOnlyList<QueueVisitRecord> entered, IReadOnlyList<QueueVisitRecord> all,
        ServiceLevelConfig definition)
    {
        var report = QueueReport.Of(entered, definition, bin.Start, bin.End);
        return report with
        {
            Metrics =
            [
                .. report.Metrics.Select(value =>
                    value.Metric == QueueMetrics.MaxQueued
                        ? MetricValue.Of(value.Metric, WaitStatistics.MaxQueued(all, bin.Start, bin.End))
                    : value.Metric == QueueMetrics.LongestWait
                        ? MetricValue.Of(value.Metric, WaitStatistics.LongestWait(all, bin.Start, bin.End).TotalSeconds)
                    : value),
            ],
        };
    }
}
