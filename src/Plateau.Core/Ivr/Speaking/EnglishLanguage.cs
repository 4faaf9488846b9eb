using System.Globalization;

namespace Plateau.Core.Ivr.Speaking;

/// <summary>British English, with the twelve-hour clock and telephone numbers digit by digit.</summary>
public sealed class EnglishLanguage : ISpokenLanguage
{
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <inheritdoc/>
    public string Code => "en";

    /// <inheritdoc/>
    public string Cardinal(long number, GrammaticalGender gender = GrammaticalGender.Masculine) =>
        EnglishNumbers.Cardinal(number);

    /// <inheritdoc/>
    public string Ordinal(long number, GrammaticalGender gender = GrammaticalGender.Masculine) =>
        EnglishNumbers.Ordinal(number);

    /// <inheritdoc/>
    public string Digits(string text) => string.Join(' ', text.Where(char.IsAsciiDigit).Select(c => Cardinal(c - '0')));

    /// <inheritdoc/>
    public string Duration(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var parts = new List<string>();
        AddCounted(parts, (long)duration.TotalHours, "hour");
        AddCounted(parts, duration.Minutes, "minute");
        AddCounted(parts, duration.Seconds, "second");
        return parts.Count switch
        {
            0 => "zero seconds",
            1 => parts[0],
            _ => string.Join(", ", parts[..^1]) + " and " + parts[^1],
        };
    }

    /// <inheritdoc/>
    public string AboutDuration(TimeSpan duration) => SpokenNumber.RoundedMinutes(duration) switch
    {
        0 => "less than one minute",
        1 => "about one minute",
        15 => "about a quarter of an hour",
        30 => "about half an hour",
        45 => "about three quarters of an hour",
        60 => "about one hour",
        90 => "about an hour and a half",
        120 => "about two hours",
        > 120 => "more than two hours",
        var minutes => $"about {Cardinal(minutes)} minutes",
    };

    /// <inheritdoc/>
    public string ClockTime(TimeOnly time)
    {
        if (time.Minute == 0 && time.Hour % 12 == 0)
        {
            return time.Hour == 0 ? "midnight" : "noon";
        }

        var hour = Cardinal((time.Hour + 11) % 12 + 1);
        var minute = time.Minute switch
        {
            0 => "",
            < 10 => " oh " + Cardinal(time.Minute),
            _ => " " + Cardinal(time.Minute),
        };
        return $"{hour}{minute} {(time.Hour < 12 ? "a.m." : "p.m.")}";
    }

    /// <inheritdoc/>
    public string Date(DateOnly date, bool withYear = false)
    {
        var text = $"{Names.GetDayName(date.DayOfWeek)} the {Ordinal(date.Day)} of {Names.GetMonthName(date.Month)}";
        return withYear ? $"{text} {Year(date.Year)}" : text;
    }

    /// <inheritdoc/>
    public string Euros(long cents)
    {
        if (cents < 0)
        {
            return "minus " + Euros(-cents);
        }

        var (euros, rest) = Math.DivRem(cents, 100);
        var whole = $"{Cardinal(euros)} {(euros == 1 ? "euro" : "euros")}";
        var part = $"{Cardinal(rest)} {(rest == 1 ? "cent" : "cents")}";
        return rest == 0 ? whole : euros == 0 ? part : $"{whole} and {part}";
    }

    /// <inheritdoc/>
    public string TelephoneNumber(string number)
    {
        var (digits, isInternational) = SpokenNumber.Dialled(number);
        var first = digits.Length % 2 == 1 ? 1 : 2;
        var groups = new List<string>();
        for (var at = 0; at < digits.Length;)
        {
            var length = at == 0 ? first : 2;
            groups.Add(Digits(digits.Substring(at, length)));
            at += length;
        }

        return (isInternational ? "plus " : "") + string.Join(", ", groups);
    }

    /// <inheritdoc/>
    public string QueuePosition(int position) => position <= 1
        ? "your call is next"
        : $"you are number {Cardinal(position)} in the queue";

    /// <inheritdoc/>
    public string QueueWait(TimeSpan wait) => $"your waiting time is {AboutDuration(wait)}";

    /// <summary>Twenty twenty-six, nineteen oh five, two thousand and six.</summary>
    private string Year(int year)
    {
        var (century, rest) = Math.DivRem(year, 100);
        return year is < 1_100 or (>= 2_000 and < 2_010) or > 9_999 ? Cardinal(year)
            : rest == 0 ? Cardinal(century) + " hundred"
            : rest < 10 ? $"{Cardinal(century)} oh {Cardinal(rest)}"
            : $"{Cardinal(century)} {Cardinal(rest)}";
    }

    private void AddCounted(List<string> parts, long count, string noun)
    {
        if (count > 0)
        {
            parts.Add($"{Cardinal(count)} {noun}{(count > 1 ? "s" : "")}");
        }
    }
}
