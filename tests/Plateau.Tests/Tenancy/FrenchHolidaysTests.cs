using Plateau.Core.Tenancy;

namespace Plateau.Tests.Tenancy;

public sealed class FrenchHolidaysTests
{
    [Theory]
    [InlineData(1999, 4, 4)]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)] // Nearly the earliest.
    [InlineData(2011, 4, 24)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)] // The latest there is.
    public void Easter_falls_where_the_tables_say(int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), FrenchHolidays.EasterSunday(year));

    [Fact]
    public void A_year_has_eleven_holidays()
    {
        var days = Enumerable.Range(0, 365).Select(i => new DateOnly(2026, 1, 1).AddDays(i));

        Assert.Equal(
            """
            01-01 Jour de l’An
            04-06 Lundi de Pâques
            05-01 Fête du Travail
            05-08 Victoire 1945
            05-14 Ascension
            05-25 Lundi de Pentecôte
            07-14 Fête nationale
            08-15 Assomption
            11-01 Toussaint
            11-11 Armistice 1918
            12-25 Noël
            """,
            string.Join('\n', days.Where(d => FrenchHolidays.NameOf(d) is not null)
                .Select(d => $"{d:MM-dd} {FrenchHolidays.NameOf(d)}")));
    }
}
