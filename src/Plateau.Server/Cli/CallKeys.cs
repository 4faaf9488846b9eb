namespace Plateau.Server.Cli;

/// <summary>Keys pressed together after a pause.</summary>
/// <param name="Pause">Time before the first of them.</param>
/// <param name="Digits">0-9, *, #, A-D.</param>
internal sealed record KeyPress(TimeSpan Pause, string Digits);

/// <summary>The notation of keys on the command line: "1,2" presses 1, then 2, each after a pause; every "w" waits
/// longer.</summary>
internal static class CallKeys
{
    /// <summary>Pause before each group.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>What one "w" adds to the pause.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>The groups in order; null when the text has another character than keys, commas and "w".</summary>
    public static IReadOnlyList<KeyPress>? Parse(string text)
    {
        var presses = new List<KeyPress>();
        var pause = Pause;
        var digits = "";
        foreach (var c in text.ToUpperInvariant() + ",")
        {
            if (char.IsAsciiDigit(c) || c is '*' or '#' or (>= 'A' and <= 'D'))
            {
                digits += c;
                continue;
            }

            if (c is not (',' or 'W'))
            {
                return null;
            }

            if (digits.Length > 0)
            {
                presses.Add(new KeyPress(pause, digits));
                (digits, pause) = ("", Pause);
            }

            pause += c == 'W' ? Wait : TimeSpan.Zero;
        }

        return presses;
    }
}
