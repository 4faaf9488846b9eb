namespace Plateau.Media.Dtmf;

/// <summary>One of the sixteen keys of a telephone: 0 to 9, *, # and A to D.</summary>
/// <remarks>The default value is the key 0. Source: ITU-T Q.23 (frequencies), RFC 4733 §3.2 (event codes).</remarks>
public readonly record struct DtmfDigit
{
    private const string Keys = "0123456789*#ABCD";

    private static readonly int[] Lows = [697, 770, 852, 941];
    private static readonly int[] Highs = [1209, 1336, 1477, 1633];

    /// <summary>The keys by row and column of the frequency grid.</summary>
    private const string Grid = "123A456B789C*0#D";

    private DtmfDigit(byte eventCode) => EventCode = eventCode;

    /// <summary>The four frequencies of the rows, Hz, rising.</summary>
    public static ReadOnlySpan<int> LowFrequenciesHz => Lows;

    /// <summary>The four frequencies of the columns, Hz, rising.</summary>
    public static ReadOnlySpan<int> HighFrequenciesHz => Highs;

    /// <summary>All sixteen keys in the order of their event codes.</summary>
    public static IReadOnlyList<DtmfDigit> All { get; } =
        [.. Enumerable.Range(0, 16).Select(code => new DtmfDigit((byte)code))];

    /// <summary>RFC 4733 event code, 0 to 15.</summary>
    public byte EventCode { get; }

    /// <summary>The key's character; letters are capital.</summary>
    public char Symbol => Keys[EventCode];

    /// <summary>Its lower frequency, Hz.</summary>
    public int LowHz => Lows[Grid.IndexOf(Symbol, StringComparison.Ordinal) / 4];

    /// <summary>Its higher frequency, Hz.</summary>
    public int HighHz => Highs[Grid.IndexOf(Symbol, StringComparison.Ordinal) % 4];

    /// <summary>The key of an event code.</summary>
    /// <returns>False when the code is not 0 to 15.</returns>
    public static bool TryFromEvent(int eventCode, out DtmfDigit digit)
    {
        var isKey = eventCode is >= 0 and < 16;
        digit = isKey ? new DtmfDigit((byte)eventCode) : default;
        return isKey;
    }

    /// <summary>The key of a character; small letters count as capital ones.</summary>
    public static bool TryParse(char symbol, out DtmfDigit digit) =>
        TryFromEvent(Keys.IndexOf(char.ToUpperInvariant(symbol), StringComparison.Ordinal), out digit);

    /// <summary>The keys of a text such as "12*#A".</summary>
    /// <returns>Null when any character is not a key; an empty list for an empty text.</returns>
    public static IReadOnlyList<DtmfDigit>? ParseAll(string text)
    {
        var digits = new DtmfDigit[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (!TryParse(text[i], out digits[i]))
            {
                return null;
            }
        }

        return digits;
    }

    /// <summary>The key at a place of the frequency grid.</summary>
    internal static DtmfDigit At(int row, int column) =>
        new((byte)Keys.IndexOf(Grid[4 * row + column], StringComparison.Ordinal));

    /// <summary>The key's character.</summary>
    public override string ToString() => Symbol.ToString();
}
