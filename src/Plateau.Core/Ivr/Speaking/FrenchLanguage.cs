namespace Plateau.Core.Ivr.Speaking;

/// <summary>French of France, with the twenty-four-hour clock and telephone numbers in pairs.</summary>
public sealed class FrenchLanguage : ISpokenLanguage
{
    private static readonly string[] Days = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly string[] Months =
    [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ];

    /// <inheritdoc/>
    public string Code => "fr";

    /// <inheritdoc/>
    public string Cardinal(long number, GrammaticalGender gender = GrammaticalGender.Masculine) =>
        FrenchNumbers.Cardinal(number, gender);

    /// <inheritdoc/>
    public string Ordinal(long number, GrammaticalGender gender = GrammaticalGender.Masculine) =>
        FrenchNumbers.Ordinal(number, gender);

    /// <inheritdoc/>
    public string Digits(string text) => string.Join(' ', text.Where(char.IsAsciiDigit).Select(c => Cardinal(c - '0')));

    /// <inheritdoc/>
    public string Duration(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var parts = new List<string>();
        AddCounted(parts, (long)duration.TotalHours, "heure");
        AddCounted(parts, duration.Minutes, "minute");
        AddCounted(parts, duration.Seconds, "seconde");
        return parts.Count switch
        {
            0 => "zéro seconde",
            1 => parts[0],
            _ => string.Join(", ", parts[..^1]) + " et " + parts[^1],
        };
    }

    /// <inheritdoc/>
    public string AboutDuration(TimeSpan duration) => SpokenNumber.RoundedMinutes(duration) switch
    {
        0 => "moins d'une minute",
        1 => "environ une minute",
        15 => "environ un quart d'heure",
        30 => "environ une demi-heure",
        45 => "environ trois quarts d'heure",
        60 => "environ une heure",
        90 => "environ une heure et demie",
        120 => "environ deux heures",
        > 120 => "plus de deux heures",
        var minutes => $"environ {Cardinal(minutes, GrammaticalGender.Feminine)} minutes",
    };

    /// <inheritdoc/>
    public string ClockTime(TimeOnly time)
    {
        var hour = time.Hour switch
        {
            0 => "minuit",
            1 => "une heure",
            12 => "midi",
            _ => Cardinal(time.Hour, GrammaticalGender.Feminine) + " heures",
        };
        return time.Minute == 0 ? hour : $"{hour} {Cardinal(time.Minute, GrammaticalGender.Feminine)}";
    }

    /// <inheritdoc/>
    public string Date(DateOnly date, bool withYear = false)
    {
        var day = date.Day == 1 ? "premier" : Cardinal(date.Day);
        var text = $"{Days[(int)date.DayOfWeek]} {day} {Months[date.Month - 1]}";
        return withYear ? $"{text} {Cardinal(date.Year)}" : text;
    }

    /// <inheritdoc/>
    public string Euros(long cents)
    {
        if (cents < 0)
        {
            return "moins " + Euros(-cents);
        }

        var (euros, rest) = Math.DivRem(cents, 100);
        // Million and milliard are nouns: un million d'euros, but un million deux cents euros.
        var link = euros > 0 && euros % 1_000_000 == 0 ? " d'" : " ";
        var whole = $"{Cardinal(euros)}{link}{(euros > 1 ? "euros" : "euro")}";
        var part = $"{Cardinal(rest)} {(rest > 1 ? "centimes" : "centime")}";
        return rest == 0 ? whole : euros == 0 ? part : $"{whole} et {part}";
    }

    /// <inheritdoc/>
    public string TelephoneNumber(string number)
    {
        var (digits, isInternational) = SpokenNumber.Dialled(number);
        if (isInternational && digits.StartsWith("33", StringComparison.Ordinal) && digits.Length == 11)
        {
            digits = "0" + digits[2..];
            isInternational = false;
        }

        var groups = new List<string>();
        // Short services are said in threes (118 218), and so are the emergency numbers of three digits.
        var size = digits.Length == 3 || (digits.Length == 6 && digits.StartsWith("118", StringComparison.Ordinal)) ? 3 : 2;
        var first = digits.Length % size == 0 ? size : 1;
        for (var at = 0; at < digits.Length;)
        {
            var length = at == 0 ? first : size;
            groups.Add(Group(digits.Substring(at, length)));
            at += length;
        }

        return (isInternational ? "plus " : "") + string.Join(", ", groups);
    }

    /// <inheritdoc/>
    public string QueuePosition(int position) => position <= 1
        ? "votre appel est le prochain"
        : $"vous êtes en {Ordinal(position, GrammaticalGender.Feminine)} position";

    /// <inheritdoc/>
    public string QueueWait(TimeSpan wait)
    {
        var about = AboutDuration(wait);
        return about.StartsWith("environ", StringComparison.Ordinal)
            ? $"votre temps d'attente est d'{about}"
            : $"votre temps d'attente est de {about}";
    }

    /// <summary>A group keeps its leading zeros: zéro un, zéro zéro.</summary>
    private string Group(string digits)
    {
        var zeros = digits.TakeWhile(c => c == '0').Count();
        var said = Enumerable.Repeat("zéro", zeros);
        return string.Join(' ', zeros == digits.Length ? said : said.Append(Cardinal(int.Parse(digits))));
    }

    private void AddCounted(List<string> parts, long count, string noun)
    {
        if (count > 0)
        {
            parts.Add($"{Cardinal(count, GrammaticalGender.Feminine)} {noun}{(count > 1 ? "s" : "")}");
        }
    }
}
