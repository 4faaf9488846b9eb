using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Tenancy;

namespace Plateau.Tests.Tenancy;

public sealed class HoursCalendarTests
{
    private static readonly DayOfWeek[] WorkingDays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    private static readonly HoursConfig Office = new()
    {
        Id = new HoursId("office"),
        FrenchHolidays = true,
        Periods =
        [
            new OpenPeriodConfig(WorkingDays, new TimeOnly(9, 0), new TimeOnly(12, 0)),
            new OpenPeriodConfig(WorkingDays, new TimeOnly(13, 30), new TimeOnly(18, 0)),
            new OpenPeriodConfig([DayOfWeek.Friday], new TimeOnly(22, 0), new TimeOnly(2, 0)),
        ],
        SpecialDays =
        [
            new SpecialDayConfig(new DateOnly(2026, 12, 24), [new OpenSpanConfig(new(9, 0), new(0, 0))], "Veille de Noël"),
            new SpecialDayConfig(new DateOnly(2026, 12, 31), null, "Inventaire"),
        ],
    };

    [Theory]
    [InlineData("2026-11-23T08:59:59+01:00", "Closed", "2026-11-23T09:00:00+01:00", "")]
    [InlineData("2026-11-23T09:00:00+01:00", "Open", "2026-11-23T12:00:00+01:00", "")]
    [InlineData("2026-11-23T12:00:00+01:00", "Closed", "2026-11-23T13:30:00+01:00", "")]
    [InlineData("2026-11-27T18:00:00+01:00", "Closed", "2026-11-27T22:00:00+01:00", "")]
    [InlineData("2026-11-28T01:59:00+01:00", "Open", "2026-11-28T02:00:00+01:00", "")] // Friday's evening goes past midnight.
    [InlineData("2026-11-28T02:00:00+01:00", "Closed", "2026-11-30T09:00:00+01:00", "")]
    [InlineData("2026-11-11T10:00:00+01:00", "Holiday", "2026-11-12T09:00:00+01:00", "Armistice 1918")]
    [InlineData("2026-12-24T23:30:00+01:00", "Open", "2026-12-25T00:00:00+01:00", "")]
    [InlineData("2026-12-31T10:00:00+01:00", "Holiday", "2027-01-04T09:00:00+01:00", "Inventaire")]
    public void Hours_answer_for_an_instant_and_say_when_that_changes(
        string at, string state, string change, string reason)
    {
        var verdict = HoursCalendar.TryCreate(Office, "Europe/Paris")!.At(Instant.Parse(at));

        Assert.Equal((state, Instant.Parse(change), reason), (verdict.State.ToString(), verdict.NextChange, verdict.Reason));
    }
}
