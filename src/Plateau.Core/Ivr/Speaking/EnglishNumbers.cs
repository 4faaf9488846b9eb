using System.Text;

namespace Plateau.Core.Ivr.Speaking;

/// <summary>British English numbers: "one hundred and one", hyphens from twenty-one on.</summary>
internal static class EnglishNumbers
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly (long Size, string Name)[] Groups =
        [(1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand")];

    public static string Cardinal(long number)
    {
        SpokenNumber.Check(number);
        if (number < 0)
        {
            return "minus " + Cardinal(-number);
        }

        var text = new StringBuilder();
        foreach (var (size, name) in Groups)
        {
            var count = (int)(number / size % 1_000);
            if (count > 0)
            {
                text.Append(text.Length == 0 ? "" : " ").Append(BelowThousand(count)).Append(' ').Append(name);
            }
        }

        var rest = (int)(number % 1_000);
        if (rest > 0 || text.Length == 0)
        {
            text.Append(text.Length == 0 ? "" : rest < 100 ? " and " : " ").Append(BelowThousand(rest));
        }

        return text.ToString();
    }

    public static string Ordinal(long number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var cardinal = Cardinal(number);
        var at = cardinal.LastIndexOfAny([' ', '-']) + 1;
        return cardinal[..at] + cardinal[at..] switch
        {
            "one" => "first",
            "two" => "second",
            "three" => "third",
            "five" => "fifth",
            "eight" => "eighth",
            "nine" => "ninth",
            "twelve" => "twelfth",
            var last when last.EndsWith('y') => last[..^1] + "ieth",
            var last => last + "th",
        };
    }

    private static string BelowThousand(int number)
    {
        var rest = number % 100;
        return number < 100 ? BelowHundred(number)
            : rest == 0 ? $"{Small[number / 100]} hundred"
            : $"{Small[number / 100]} hundred and {BelowHundred(rest)}";
    }

    private static string BelowHundred(int number) =>
        number < 20 ? Small[number]
        : number % 10 == 0 ? Tens[number / 10]
        : $"{Tens[number / 10]}-{Small[number % 10]}";
}
