using System.Globalization;
using Plateau.Contracts;
using Plateau.Core.Tenancy;

namespace Plateau.Core.Insights;

/// <summary>Length of a report's bins.</summary>
public enum BinLength
{
    /// <summary>15 minutes.</summary>
    Quarter,

    /// <summary>30 minutes.</summary>
    Half,

    /// <summary>60 minutes.</summary>
    Hour,

    /// <summary>A local day of 23, 24 or 25 hours.</summary>
    Day,
}

/// <summary>A bin [Start, End) of a report.</summary>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it.</param>
/// <param name="Label">Local start with offset, so that the hour that comes twice in autumn has two labels.</param>
public sealed record IntervalBin(Instant Start, Instant End, string Label);

/// <summary>The bins of local days: they touch, and together are exactly the days, daylight-saving days
/// included.</summary>
public static class IntervalBins
{
    /// <summary>Longest period of a report, days: two years and a day.</summary>
    public const int DaysMax = 732;

    /// <summary>Bins of local dates.</summary>
    /// <param name="local">The wall clock.</param>
    /// <param name="first">First date.</param>
    /// <param name="last">Last date, part of it; at most <see cref="DaysMax"/> dates.</param>
    /// <param name="length">Length; counted from each midnight, so a bin never spans two dates.</param>
    public static IReadOnlyList<IntervalBin> Of(LocalTime local, DateOnly first, DateOnly last, BinLength length)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last.DayNumber - first.DayNumber + 1, DaysMax, nameof(last));
        var bins = new List<IntervalBin>();
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            var end = local.StartOf(date.AddDays(1));
            for (var start = local.StartOf(date); start < end;)
            {
                var next = length == BinLength.Day ? end : Instant.Min(start + Step(length), end);
                bins.Add(new IntervalBin(start, next, Label(local, start, length)));
                start = next;
            }
        }

        return bins;
    }

    private static TimeSpan Step(BinLength length) => TimeSpan.FromMinutes(
        length switch { BinLength.Quarter => 15, BinLength.Half => 30, _ => 60 });

    private static string Label(LocalTime local, Instant start, BinLength length)
    {
        var wall = local.At(start);
        if (length == BinLength.Day)
        {
            return wall.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var offset = wall - start.ToDateTimeOffset().UtcDateTime;
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return $"{wall.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)}{sign}{offset:hh\\:mm}";
    }
}
