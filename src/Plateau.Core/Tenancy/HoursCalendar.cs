using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Core.Tenancy;

/// <summary>Opening hours that answer for any instant: open, closed or holiday, and when that changes next.</summary>
/// <remarks>
/// Periods and special days are wall-clock times of the zone. A day's periods are those of its special day, else none
/// on
/// a public holiday (when holidays count), else those of its weekday; a period that goes past midnight belongs to the
/// day
/// on which it starts. Immutable; same instant, same answer.
/// </remarks>
public sealed class HoursCalendar
{
    private const int DaysAheadMax = 400; // A year and a month: hours that never change within it count as constant.
    private readonly HoursConfig _config;
    private readonly LocalTime _local;
    private readonly SortedDictionary<DateOnly, SpecialDayConfig> _specialDays = [];

    private HoursCalendar(HoursConfig config, LocalTime local)
    {
        _config = config;
        _local = local;
        foreach (var day in config.SpecialDays)
        {
            _specialDays[day.Date] = day; // The last one told for a date counts.
        }
    }

    /// <summary>The calendar of configured hours; null when the time zone is not known.</summary>
    /// <param name="config">The hours.</param>
    /// <param name="centreZone">IANA zone used when the hours name none.</param>
    public static HoursCalendar? TryCreate(HoursConfig config, string centreZone)
    {
        ArgumentNullException.ThrowIfNull(config);
        return LocalTime.TryCreate(config.TimeZone ?? centreZone) is { } local ? new HoursCalendar(config, local) : null;
    }

    /// <summary>What the hours say at an instant.</summary>
    public HoursVerdict At(Instant now)
    {
        if (_config.IsAlwaysOpen)
        {
            return new HoursVerdict(HoursState.Open, Instant.Never, string.Empty);
        }

        var today = _local.DateAt(now);
        var next = NextChange(now, today, out var isOpen);
        if (isOpen)
        {
            return new HoursVerdict(HoursState.Open, next, string.Empty);
        }

        var reason = DayOff(today);
        return new HoursVerdict(reason is null ? HoursState.Closed : HoursState.Holiday, next, reason ?? string.Empty);
    }

    private Instant NextChange(Instant now, DateOnly today, out bool isOpen)
    {
        isOpen = false;
        var openUntil = Instant.Epoch;
        foreach (var (start, end) in SpansFrom(today.AddDays(-1)))
        {
            if (isOpen && start > openUntil)
            {
                break;
            }

            if (end <= now)
            {
                continue;
            }

            if (start > now && !isOpen)
            {
                return start;
            }

            isOpen = true; // Spans that touch or overlap are one stretch.
            openUntil = Instant.Max(openUntil, end);
            if (openUntil - now > TimeSpan.FromDays(DaysAheadMax - 2))
            {
                return Instant.Never;
            }
        }

        return isOpen ? openUntil : Instant.Never;
    }

    /// <summary>Open spans by their start, from a date on.</summary>
    private IEnumerable<(Instant Start, Instant End)> SpansFrom(DateOnly first)
    {
        for (var i = 0; i < DaysAheadMax; i++)
        {
            var date = first.AddDays(i);
            var spans = SpansOf(date).Select(span => InstantsOf(date, span)).Where(span => span.End > span.Start);
            foreach (var span in spans.OrderBy(span => span.Start))
            {
                yield return span;
            }
        }
    }

    private IEnumerable<OpenSpanConfig> SpansOf(DateOnly date)
    {
        if (_specialDays.TryGetValue(date, out var special))
        {
            return special.Periods ?? [];
        }

        return _config.FrenchHolidays && FrenchHolidays.NameOf(date) is not null
            ? []
            : _config.Periods.Where(p => p.Days.Contains(date.DayOfWeek)).Select(p => new OpenSpanConfig(p.From, p.To));
    }

    private (Instant Start, Instant End) InstantsOf(DateOnly date, OpenSpanConfig span)
    {
        var endDate = span.To <= span.From ? date.AddDays(1) : date;
        return (_local.InstantOf(date.ToDateTime(span.From)), _local.InstantOf(endDate.ToDateTime(span.To)));
    }

    private string? DayOff(DateOnly date)
    {
        if (_specialDays.TryGetValue(date, out var special))
        {
            return special.Periods is { Count: > 0 } ? null : special.Name;
        }

        return _config.FrenchHolidays ? FrenchHolidays.NameOf(date) : null;
    }
}
