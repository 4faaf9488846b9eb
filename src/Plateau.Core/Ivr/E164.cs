namespace Plateau.Core.Ivr;

/// <summary>Telephone numbers in the one form in which they are compared: E.164 with '+', or short digits as
/// dialled.</summary>
/// <remarks>Source: ITU-T E.164; French national numbering plan (ten digits beginning with 0, international prefix
/// 00).</remarks>
public static class E164
{
    private const int DigitsMax = 15; // ITU-T E.164 §6.

    /// <summary>
    /// Normalises a number of the French plan: separators go, "00…" and "0X XX XX XX XX" get "+" and "+33"; short
    /// numbers
    /// (15, 112, 3XXX, extensions) and anything that is not a number stay as they are.
    /// </summary>
    public static string Normalise(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var compact = WithoutSeparators(number);
        if (compact.StartsWith("00", StringComparison.Ordinal))
        {
            compact = "+" + compact[2..];
        }

        if (compact.Length == 0 || !compact.Skip(compact[0] == '+' ? 1 : 0).All(char.IsAsciiDigit))
        {
            return number;
        }

        if (compact.StartsWith("+330", StringComparison.Ordinal))
        {
            return "+33" + compact[4..];
        }

        return compact.Length == 10 && compact[0] == '0' && compact[1] != '0'
            ? "+33" + compact[1..]
            : compact;
    }

    /// <summary>The number without spaces, points, dashes, brackets and the "(0)" of the writing "+33 (0)1…".</summary>
    internal static string WithoutSeparators(string number) => string.Concat(
        number.Replace("(0)", string.Empty, StringComparison.Ordinal)
            .Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '-' or '(' or ')' or '/')));

    /// <summary>Whether a text is a complete number with country code: '+' and 7 to 15 digits.</summary>
    public static bool IsInternational(string number) =>
        number is ['+', not '0', ..] && number.Length - 1 is >= 7 and <= DigitsMax && number.Skip(1).All(char.IsAsciiDigit);
}
