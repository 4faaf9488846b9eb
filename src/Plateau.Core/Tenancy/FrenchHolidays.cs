using System.Collections.Frozen;

namespace Plateau.Core.Tenancy;

/// <summary>Public holidays of metropolitan France, computed for any year from 1900 to 2199.</summary>
/// <remarks>Source: Code du travail, article L3133-1 (eleven days); Alsace-Moselle's two further days are not among
/// them.</remarks>
public static class FrenchHolidays
{
    private static readonly FrozenDictionary<(int Month, int Day), string> Fixed =
        new Dictionary<(int, int), string>
        {
            [(1, 1)] = "Jour de l’An",
            [(5, 1)] = "Fête du Travail",
            [(5, 8)] = "Victoire 1945",
            [(7, 14)] = "Fête nationale",
            [(8, 15)] = "Assomption",
            [(11, 1)] = "Toussaint",
            [(11, 11)] = "Armistice 1918",
            [(12, 25)] = "Noël",
        }.ToFrozenDictionary();

    /// <summary>The name of the holiday in French; null on any other day.</summary>
    public static string? NameOf(DateOnly date)
    {
        if (Fixed.TryGetValue((date.Month, date.Day), out var name))
        {
            return name;
        }

        return (date.DayNumber - EasterSunday(date.Year).DayNumber) switch
        {
            1 => "Lundi de Pâques",
            39 => "Ascension",
            50 => "Lundi de Pentecôte",
            _ => null,
        };
    }

    /// <summary>Easter Sunday of the Gregorian calendar.</summary>
    /// <remarks>Source: the anonymous Gregorian computus (Meeus, Jones, Butcher), valid for every Gregorian
    /// year.</remarks>
    public static DateOnly EasterSunday(int year)
    {
        var goldenNumber = year % 19;
        var century = year / 100;
        var yearOfCentury = year % 100;
        var moonCorrection = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * goldenNumber) + century - (century / 4) - moonCorrection + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (yearOfCentury / 4)) - epact - (yearOfCentury % 4)) % 7;
        var lateMoon = (goldenNumber + (11 * epact) + (22 * weekday)) / 451;
        var day = epact + weekday - (7 * lateMoon) + 114;
        return new DateOnly(year, day / 31, (day % 31) + 1);
    }
}
