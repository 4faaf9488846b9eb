using Plateau.Contracts;

namespace Plateau.Core.Insights;

/// <summary>Books stretches of time into bins in the two ways that reports use.</summary>
/// <remarks>
/// By start: everything counts where it began, so that counts and times belong together (a three-hour call is in one
/// bin). By slice: each bin has the time that fell into it, so that no bin exceeds its length per person (workforce).
/// Both sum to the same total over bins that hold all the stretches.
/// </remarks>
public static class IntervalRollup
{
    /// <summary>The time of each bin by slice; parts outside all bins are left out.</summary>
    /// <param name="bins">Ascending, touching.</param>
    /// <param name="stretches">In any order; empty and negative ones count nothing.</param>
    public static IReadOnlyList<TimeSpan> BySlice(
        IReadOnlyList<IntervalBin> bins, IEnumerable<(Instant Start, Instant End)> stretches)
    {
        ArgumentNullException.ThrowIfNull(bins);
        var times = new TimeSpan[bins.Count];
        foreach (var (start, end) in stretches)
        {
            for (var i = FirstEndingAfter(bins, start); i < bins.Count && bins[i].Start < end; i++)
            {
                times[i] += Instant.Min(end, bins[i].End) - Instant.Max(start, bins[i].Start);
            }
        }

        return times;
    }

    /// <summary>The time of each bin by start; stretches that begin outside all bins are left out.</summary>
    public static IReadOnlyList<TimeSpan> ByStart(
        IReadOnlyList<IntervalBin> bins, IEnumerable<(Instant Start, Instant End)> stretches)
    {
        ArgumentNullException.ThrowIfNull(bins);
        var times = new TimeSpan[bins.Count];
        foreach (var (start, end) in stretches.Where(stretch => stretch.End > stretch.Start))
        {
            if (BinOf(bins, start) is { } bin)
            {
                times[bin] += end - start;
            }
        }

        return times;
    }

    /// <summary>The items of each bin by their start.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Group<T>(
        IReadOnlyList<IntervalBin> bins, IEnumerable<T> items, Func<T, Instant> start)
    {
        ArgumentNullException.ThrowIfNull(bins);
        var groups = bins.Select(_ => new List<T>()).ToList();
        foreach (var item in items)
        {
            if (BinOf(bins, start(item)) is { } bin)
            {
                groups[bin].Add(item);
            }
        }

        return groups;
    }

    private static int? BinOf(IReadOnlyList<IntervalBin> bins, Instant at)
    {
        var bin = FirstEndingAfter(bins, at);
        return bin < bins.Count && bins[bin].Start <= at ? bin : null;
    }

    private static int FirstEndingAfter(IReadOnlyList<IntervalBin> bins, Instant at)
    {
        var (low, high) = (0, bins.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = bins[middle].End > at ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
