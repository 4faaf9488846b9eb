using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Tenancy;

namespace Plateau.Tests.Tenancy;

public sealed class DaylightSavingTests
{
    private static readonly HoursCalendar Night = HoursCalendar.TryCreate(
        new HoursConfig
        {
            Id = new HoursId("night"),
            Periods = [new OpenPeriodConfig(Enum.GetValues<DayOfWeek>(), new TimeOnly(22, 0), new TimeOnly(6, 0))],
        },
        "Europe/Paris")!;

    [Theory]
    [InlineData("2026-03-28T22:00:00+01:00", "2026-03-29T06:00:00+02:00", 7)] // The night in which 02:00 does not exist.
    [InlineData("2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00", 9)] // The night in which it comes twice.
    [InlineData("2026-11-23T22:00:00+01:00", "2026-11-24T06:00:00+01:00", 8)]
    public void Acceptance_17_a_night_shift_is_as_long_as_the_night(string from, string to, int hours)
    {
        var verdict = Night.At(Instant.Parse(from));

        Assert.True(verdict.IsOpen);
        Assert.Equal(Instant.Parse(to), verdict.NextChange);
        Assert.Equal(TimeSpan.FromHours(hours), verdict.NextChange - Instant.Parse(from));
        Assert.False(Night.At(Instant.Parse(from) - TimeSpan.FromMicroseconds(1)).IsOpen);
    }

    [Theory]
    [InlineData("02:30", "04:00", "2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00")]
    [InlineData("01:00", "02:30", "2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00")]
    public void Acceptance_17_a_time_that_does_not_exist_is_the_jump_itself(string from, string to, string opens, string closes)
    {
        var calendar = Sunday(from, to);

        var before = calendar.At(Instant.Parse("2026-03-29T00:00:00+01:00"));
        Assert.Equal((HoursState.Closed, Instant.Parse(opens)), (before.State, before.NextChange));
        Assert.Equal(Instant.Parse(closes), calendar.At(Instant.Parse(opens)).NextChange);
    }

    [Fact]
    public void Acceptance_17_a_time_that_comes_twice_is_its_first_occurrence()
    {
        var verdict = Sunday("02:30", "04:00").At(Instant.Parse("2026-10-25T00:00:00+02:00"));

        Assert.Equal(Instant.Parse("2026-10-25T02:30:00+02:00"), verdict.NextChange);
    }

    [Theory]
    [InlineData("Europe/Paris", "2026-03-29")]
    [InlineData("Europe/Paris", "2026-10-25")]
    [InlineData("America/New_York", "2026-11-01")]
    [InlineData("Australia/Lord_Howe", "2026-10-04")] // Jumps by half an hour.
    [InlineData("America/Santiago", "2026-09-06")] // Has no midnight on that day.
    [InlineData("Indian/Reunion", "2026-03-29")]
    public void Every_wall_clock_time_stands_for_an_instant_and_instants_keep_their_order(string zone, string date)
    {
        var local = LocalTime.TryCreate(zone)!;
        var midnight = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture).ToDateTime(default);
        var last = local.InstantOf(midnight.AddMinutes(-10));
        for (var wall = midnight; wall < midnight.AddDays(1); wall = wall.AddMinutes(10))
        {
            var instant = local.InstantOf(wall);
            var shown = local.At(instant);
            Assert.True(instant >= last, $"{wall} comes before {wall.AddMinutes(-10)}");
            Assert.True(shown == wall || shown > wall, $"{wall} shows as {shown}");
            last = instant;
        }
    }

    [Fact]
    public void An_unknown_zone_is_told() => Assert.Null(LocalTime.TryCreate("Europe/Atlantis"));

    private static HoursCalendar Sunday(string from, string to) => HoursCalendar.TryCreate(
        new HoursConfig
        {
            Id = new HoursId("sunday"),
            Periods = [new OpenPeriodConfig([DayOfWeek.Sunday], Time(from), Time(to))],
        },
        "Europe/Paris")!;

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
