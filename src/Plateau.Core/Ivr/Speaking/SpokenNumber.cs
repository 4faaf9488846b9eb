namespace Plateau.Core.Ivr.Speaking;

/// <summary>Bounds and pieces common to the languages.</summary>
public static class SpokenNumber
{
    /// <summary>Largest number that is said in words: one less than a thousand milliards.</summary>
    public const long Max = 999_999_999_999;

    /// <summary>Minutes to announce for a wait: see <see cref="ISpokenLanguage.AboutDuration"/>.</summary>
    /// <returns>0 for less than a minute; else 1 to 120, or more than 120 when it is not said exactly.</returns>
    internal static int RoundedMinutes(TimeSpan wait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        var minutes = (int)Math.Min(Math.Ceiling(wait.TotalMinutes), 10_000);
        var step = minutes <= 10 ? 1 : minutes <= 60 ? 5 : 30;
        return wait < TimeSpan.FromMinutes(1) ? 0 : (minutes + step - 1) / step * step;
    }

    /// <summary>The digits of a text and whether a plus came before them.</summary>
    internal static (string Digits, bool IsInternational) Dialled(string text) =>
        (string.Concat(text.Where(char.IsAsciiDigit)), text.TrimStart().StartsWith('+'));

    internal static void Check(long number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Max);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, -Max);
    }
}
