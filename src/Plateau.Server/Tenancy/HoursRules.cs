using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Tenancy;

/// <summary>What must hold for opening hours.</summary>
internal static class HoursRules
{
    private const int DayMinutes = 24 * 60;
    private const int WeekMinutes = 7 * DayMinutes;

    public static void Check(CentreScope scope)
    {
        for (var i = 0; i < scope.Config.Hours.Count; i++)
        {
            var (hours, path) = (scope.Config.Hours[i], scope.Path("hours", i));
            CentreRules.CheckTimeZone(scope, hours.TimeZone, path.Member("timeZone"));
            CheckPeriods(scope, hours, path.Member("periods"));
            CheckSpecialDays(scope, hours, path.Member("specialDays"));
            if (hours.IsAlwaysOpen && (hours.Periods.Count > 0 || hours.FrenchHolidays))
            {
                scope.Add("contradiction", path.Member("isAlwaysOpen"),
                    "always open, yet with periods or holidays",
                    "toujours ouvert, et pourtant des périodes ou des jours fériés");
            }
        }
    }

    private static void CheckPeriods(CentreScope scope, HoursConfig hours, ConfigPath path)
    {
        var taken = new bool[WeekMinutes];
        for (var i = 0; i < hours.Periods.Count; i++)
        {
            var (period, at) = (hours.Periods[i], path.At(i));
            if (period.Days.Count == 0)
            {
                scope.Add("noDays", at.Member("days"), "a period needs a day", "une période demande un jour");
            }

            scope.Unique(period.Days.Select(d => d.ToString()), at.Member("days").At);
            var overlaps = false;
            foreach (var day in period.Days.Distinct())
            {
                overlaps |= Take(taken, (int)day * DayMinutes + Minute(period.From), Length(period.From, period.To));
            }

            if (overlaps)
            {
                scope.Add("overlap", at,
                    "overlaps a period before it", "chevauche une période qui précède");
            }
        }
    }

    private static void CheckSpecialDays(CentreScope scope, HoursConfig hours, ConfigPath path)
    {
        scope.Unique(
            hours.SpecialDays.Select(d => d.Date.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
            i => path.At(i).Member("date"));
        for (var i = 0; i < hours.SpecialDays.Count; i++)
        {
            var taken = new bool[DayMinutes];
            var spans = hours.SpecialDays[i].Periods ?? [];
            for (var j = 0; j < spans.Count; j++)
            {
                var (span, at) = (spans[j], path.At(i).Member("periods").At(j));
                if (span.To != TimeOnly.MinValue && span.To <= span.From)
                {
                    scope.Add("contradiction", at.Member("to"),
                        "a span of a single day ends after it starts",
                        "une plage d'un seul jour finit après son début");
                }
                else if (Take(taken, Minute(span.From), Length(span.From, span.To)))
                {
                    scope.Add("overlap", at, "overlaps a span before it", "chevauche une plage qui précède");
                }
            }
        }
    }

    /// <summary>Marks minutes, the end of the week going on at its start; true when one was marked already.</summary>
    private static bool Take(bool[] taken, int from, int minutes)
    {
        var overlaps = false;
        for (var i = 0; i < minutes; i++)
        {
            var minute = (from + i) % taken.Length;
            overlaps |= taken[minute];
            taken[minute] = true;
        }

        return overlaps;
    }

    private static int Minute(TimeOnly time) => time.Hour * 60 + time.Minute;

    private static int Length(TimeOnly from, TimeOnly to) =>
        to > from ? Minute(to) - Minute(from) : DayMinutes - Minute(from) + Minute(to);
}
