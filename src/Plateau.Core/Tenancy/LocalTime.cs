using Plateau.Contracts;

namespace Plateau.Core.Tenancy;

/// <summary>Between the UTC time line and the wall clock of one IANA time zone, daylight-saving days
/// included.</summary>
/// <remarks>
/// A wall-clock time that does not exist (spring) stands for the instant at which the clock jumps over it; one that
/// exists twice (autumn) stands for its first occurrence. Rules come from the framework's time zone database.
/// </remarks>
public sealed class LocalTime
{
    private readonly TimeZoneInfo _zone;

    private LocalTime(TimeZoneInfo zone) => _zone = zone;

    /// <summary>IANA name of the zone.</summary>
    public string Zone => _zone.Id;

    /// <summary>The wall clock of a zone; null when no such zone is known.</summary>
    /// <param name="zone">IANA name, such as "Europe/Paris".</param>
    public static LocalTime? TryCreate(string zone) =>
        zone.Length is > 0 and <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? new LocalTime(found)
            : null;

    /// <summary>What the wall clock shows at an instant.</summary>
    public DateTime At(Instant instant) =>
        TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), _zone).DateTime;

    /// <summary>The date on the wall at an instant.</summary>
    public DateOnly DateAt(Instant instant) => DateOnly.FromDateTime(At(instant));

    /// <summary>The instant at which the wall clock shows a time.</summary>
    /// <param name="local">Date and time on the wall; its kind is ignored.</param>
    public Instant InstantOf(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (_zone.IsInvalidTime(local))
        {
            // The offset in force before the jump maps the missing hour onto the instants after it; the jump itself is
            // where the missing hour begins.
            return InstantOfGap(local);
        }

        var offset = _zone.IsAmbiguousTime(local)
            ? _zone.GetAmbiguousTimeOffsets(local).Max() // The larger offset is the earlier instant.
            : _zone.GetUtcOffset(local);
        return Instant.FromDateTimeOffset(new DateTimeOffset(local, offset));
    }

    /// <summary>The first instant of a local date (which in some zones is not 00:00).</summary>
    public Instant StartOf(DateOnly date) => InstantOf(date.ToDateTime(TimeOnly.MinValue));

    private Instant InstantOfGap(DateTime local)
    {
        var low = local.AddHours(-3);
        var high = local;
        while ((high - low).Ticks > TimeSpan.TicksPerMillisecond)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _zone.IsInvalidTime(middle) ? (low, middle) : (middle, high);
        }

        var before = new DateTimeOffset(low, _zone.GetUtcOffset(low));
        const long PerSecond = TimeSpan.TicksPerSecond;
        var ticks = (before.UtcTicks + PerSecond - 1) / PerSecond * PerSecond; // Zones jump on whole seconds.
        return Instant.FromDateTimeOffset(new DateTimeOffset(ticks, TimeSpan.Zero));
    }
}
