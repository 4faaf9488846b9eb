using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Insights;

/// <summary>Percentiles, histogram and extremes of waiting.</summary>
public static class WaitStatistics
{
    /// <summary>Bounds of the usual histogram, seconds: 0–10, 10–20, 20–30, 30–60, 60 and more.</summary>
    public static IReadOnlyList<int> UsualBoundsS { get; } = [0, 10, 20, 30, 60];

    /// <summary>The least value that at least the given share of the values does not exceed (nearest rank).</summary>
    /// <param name="values">In any order.</param>
    /// <param name="share">Above 0 up to 1: 0.95 for P95.</param>
    /// <returns>Null when there are no values.</returns>
    public static TimeSpan? Percentile(IEnumerable<TimeSpan> values, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : sorted[Math.Max((int)Math.Ceiling(share * sorted.Count), 1) - 1];
    }

    /// <summary>
    /// Percentile of the wait that callers would have had if nobody had given up: who left unanswered tells only that
    /// their wait would have been longer (censored).
    /// </summary>
    /// <param name="visits">Stays; refused ones do not count.</param>
    /// <param name="share">Above 0 up to 1.</param>
    /// <returns>Null when so many left that the percentile cannot be known.</returns>
    /// <remarks>Source: Kaplan and Meier, Journal of the American Statistical Association 53 (1958).</remarks>
    public static TimeSpan? SurvivalPercentile(IEnumerable<QueueVisitRecord> visits, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        var sorted = visits.Where(visit => !visit.IsRefused())
            .OrderBy(visit => visit.Wait())
            .ThenBy(visit => visit.Exit == QueueExit.Answered ? 0 : 1)
            .ToList();
        var stillWaiting = 1.0;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (sorted[i].Exit != QueueExit.Answered)
            {
                continue;
            }

            var atRisk = sorted.Count - i;
            stillWaiting *= (atRisk - 1.0) / atRisk;
            if (stillWaiting <= 1 - share + 1e-12) // The product of exact fractions, rounded at each step.
            {
                return sorted[i].Wait();
            }
        }

        return null;
    }

    /// <summary>Numbers of values in half-open intervals [bound, next bound); the last one is open.</summary>
    /// <param name="values">In any order; values below the first bound are left out.</param>
    /// <param name="boundsS">Ascending, seconds.</param>
    public static IReadOnlyList<int> Histogram(IEnumerable<TimeSpan> values, IReadOnlyList<int> boundsS)
    {
        ArgumentNullException.ThrowIfNull(boundsS);
        var counts = new int[boundsS.Count];
        foreach (var value in values)
        {
            var bin = boundsS.Count - 1;
            while (bin >= 0 && value < TimeSpan.FromSeconds(boundsS[bin]))
            {
                bin--;
            }

            if (bin >= 0)
            {
                counts[bin]++;
            }
        }

        return counts;
    }

    /// <summary>Most callers waiting at the same time within [from, to).</summary>
    public static int MaxQueued(IEnumerable<QueueVisitRecord> visits, Instant from, Instant to)
    {
        var changes = new List<(Instant At, int By)>();
        foreach (var visit in visits.Where(visit => visit.Entered < to && visit.Left > from))
        {
            changes.Add((Instant.Max(visit.Entered, from), 1));
            changes.Add((visit.Left, -1));
        }

        var (now, max) = (0, 0);
        foreach (var (_, by) in changes.OrderBy(change => change.At).ThenBy(change => change.By))
        {
            now += by; // Who leaves at an instant is gone before who enters at it: stays are half-open.
            max = Math.Max(max, now);
        }

        return max;
    }

    /// <summary>Longest time that anyone had waited at any instant of [from, to); zero when nobody waited.</summary>
    public static TimeSpan LongestWait(IEnumerable<QueueVisitRecord> visits, Instant from, Instant to) =>
        visits.Where(visit => visit.Entered < to && visit.Left > from)
            .Select(visit => Instant.Min(visit.Left, to) - visit.Entered)
            .DefaultIfEmpty(TimeSpan.Zero)
            .Max();
}
