using System.Text;

namespace Plateau.Core.Ivr.Speaking;

/// <summary>French numbers in the traditional spelling: hyphens below a hundred, "et" before un and onze.</summary>
/// <remarks>
/// Vingt and cent take an s when multiplied and last: quatre-vingts, deux cents, but quatre-vingt-un, deux cent un,
/// and none
/// before mille; they keep it before the nouns million and milliard. Mille never varies.
/// </remarks>
internal static class FrenchNumbers
{
    private static readonly string[] Small =
    [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
        "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
    ];

    private static readonly string[] Tens =
        ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"];

    public static string Cardinal(long number, GrammaticalGender gender)
    {
        SpokenNumber.Check(number);
        if (number < 0)
        {
            return "moins " + Cardinal(-number, gender);
        }

        if (number == 0)
        {
            return Small[0];
        }

        var text = new StringBuilder();
        AppendNoun(text, number / 1_000_000_000, "milliard");
        AppendNoun(text, number / 1_000_000 % 1_000, "million");
        AppendThousands(text, (int)(number / 1_000 % 1_000));
        var rest = (int)(number % 1_000);
        if (rest > 0)
        {
            Append(text, BelowThousand(rest, gender, isLast: true));
        }

        return text.ToString();
    }

    public static string Ordinal(long number, GrammaticalGender gender)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        if (number == 1)
        {
            return gender == GrammaticalGender.Feminine ? "première" : "premier";
        }

        var cardinal = Cardinal(number, GrammaticalGender.Masculine);
        if (number is 1_000_000 or 1_000_000_000)
        {
            cardinal = cardinal[3..]; // millionième, not un millionième.
        }

        // The plural s falls: quatre-vingtième, deux centième, deux millionième; that of trois does not.
        var isPlural = cardinal.EndsWith("vingts", StringComparison.Ordinal)
            || cardinal.EndsWith("cents", StringComparison.Ordinal)
            || cardinal.EndsWith("millions", StringComparison.Ordinal)
            || cardinal.EndsWith("milliards", StringComparison.Ordinal);
        var stem = isPlural ? cardinal[..^1] : cardinal;
        return stem switch
        {
            _ when stem.EndsWith("cinq", StringComparison.Ordinal) => stem + "uième",
            _ when stem.EndsWith("neuf", StringComparison.Ordinal) => stem[..^1] + "vième",
            _ when stem.EndsWith('e') => stem[..^1] + "ième",
            _ => stem + "ième",
        };
    }

    private static void AppendNoun(StringBuilder text, long count, string noun)
    {
        if (count > 0)
        {
            Append(text, BelowThousand((int)count, GrammaticalGender.Masculine, isLast: true));
            Append(text, count > 1 ? noun + "s" : noun);
        }
    }

    private static void AppendThousands(StringBuilder text, int count)
    {
        if (count > 1)
        {
            Append(text, BelowThousand(count, GrammaticalGender.Masculine, isLast: false));
        }

        if (count > 0)
        {
            Append(text, "mille");
        }
    }

    private static string BelowThousand(int number, GrammaticalGender gender, bool isLast)
    {
        var hundreds = number / 100;
        var rest = number % 100;
        var plural = hundreds > 1 && rest == 0 && isLast ? "s" : "";
        var cent = hundreds == 0 ? "" : hundreds == 1 ? "cent" : $"{Small[hundreds]} cent{plural}";
        return rest == 0 ? cent
            : cent.Length == 0 ? BelowHundred(rest, gender, isLast)
            : cent + " " + BelowHundred(rest, gender, isLast);
    }

    private static string BelowHundred(int number, GrammaticalGender gender, bool isLast)
    {
        if (number < 20)
        {
            return One(number, gender);
        }

        if (number == 80)
        {
            return isLast ? "quatre-vingts" : "quatre-vingt";
        }

        var tens = Tens[number / 10];
        var rest = number / 10 is 7 or 9 ? number % 20 : number % 10;
        return rest == 0 ? tens
            : rest is 1 or 11 && number < 80 ? $"{tens} et {One(rest, gender)}"
            : $"{tens}-{One(rest, gender)}";
    }

    private static string One(int number, GrammaticalGender gender) =>
        number == 1 && gender == GrammaticalGender.Feminine ? "une" : Small[number];

    private static void Append(StringBuilder text, string words) => text.Append(text.Length == 0 ? "" : " ").Append(words);
}
