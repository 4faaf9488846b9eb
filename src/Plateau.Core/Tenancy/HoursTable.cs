using Plateau.Contracts;
using Plateau.Contracts.Tenancy;

namespace Plateau.Core.Tenancy;

/// <summary>All opening hours of a centre by name, and its wall clock.</summary>
public sealed class HoursTable
{
    private readonly SortedDictionary<HoursId, HoursCalendar> _calendars = [];

    /// <summary>Builds the calendars of a configuration.</summary>
    /// <exception cref="ArgumentException">A time zone is not known; a checked configuration has none such.</exception>
    public HoursTable(CentreConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        Local = LocalTime.TryCreate(config.TimeZone) ?? throw Unknown(config.TimeZone);
        foreach (var hours in config.Hours)
        {
            _calendars[hours.Id] = HoursCalendar.TryCreate(hours, config.TimeZone) ?? throw Unknown(hours.TimeZone);
        }
    }

    /// <summary>The centre's wall clock.</summary>
    public LocalTime Local { get; }

    /// <summary>The calendar of a name; null when there is none.</summary>
    public HoursCalendar? Find(HoursId hours) => _calendars.GetValueOrDefault(hours);

    /// <summary>Whether it is open; no hours (null) are always open, hours not configured are closed.</summary>
    public bool IsOpen(HoursId? hours, Instant now) =>
        hours is not { } id || (Find(id) is { } calendar && calendar.At(now).IsOpen);

    private static ArgumentException Unknown(string? zone) => new($"time zone '{zone}' is not known");
}
