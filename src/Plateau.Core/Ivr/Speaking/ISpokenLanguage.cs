namespace Plateau.Core.Ivr.Speaking;

/// <summary>Says numbers, times and amounts in the words of a language, ready for a voice or for a screen.</summary>
/// <remarks>Pure: same arguments, same words. Texts begin in lower case and end without a full stop.</remarks>
public interface ISpokenLanguage
{
    /// <summary>Language code as in prompts: "fr", "en".</summary>
    string Code { get; }

    /// <summary>A whole number.</summary>
    /// <param name="number">Any value between ±<see cref="SpokenNumber.Max"/>.</param>
    /// <param name="gender">Gender of the noun it counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">Beyond <see cref="SpokenNumber.Max"/>.</exception>
    string Cardinal(long number, GrammaticalGender gender = GrammaticalGender.Masculine);

    /// <summary>A place in an order: first, deuxième.</summary>
    /// <param name="number">1 to <see cref="SpokenNumber.Max"/>.</param>
    /// <param name="gender">Gender of what is ordered.</param>
    string Ordinal(long number, GrammaticalGender gender = GrammaticalGender.Masculine);

    /// <summary>Digits one by one; other characters are left out.</summary>
    string Digits(string text);

    /// <summary>A length of time to the second.</summary>
    /// <param name="duration">Not negative; fractions of a second are cut off.</param>
    string Duration(TimeSpan duration);

    /// <summary>A length of time as one says it of a wait, rounded up so that it is not promised too short.</summary>
    /// <param name="duration">Not negative.</param>
    /// <remarks>
    /// Below a minute "less than one minute"; to ten minutes whole minutes; to an hour steps of five; to two hours half
    /// hours; beyond that "more than two hours".
    /// </remarks>
    string AboutDuration(TimeSpan duration);

    /// <summary>A time of day to the minute.</summary>
    string ClockTime(TimeOnly time);

    /// <summary>A day with its weekday.</summary>
    /// <param name="date">The day.</param>
    /// <param name="withYear">Whether the year is said.</param>
    string Date(DateOnly date, bool withYear = false);

    /// <summary>An amount of money.</summary>
    /// <param name="cents">Hundredths of a euro; negative for a debt.</param>
    string Euros(long cents);

    /// <summary>A telephone number in the groups in which it is usually said.</summary>
    /// <param name="number">Digits, possibly after a plus; blanks, dots and hyphens do not matter.</param>
    string TelephoneNumber(string number);

    /// <summary>Tells a waiting caller his place in the queue.</summary>
    /// <param name="position">1 when his call is next.</param>
    string QueuePosition(int position);

    /// <summary>Tells a waiting caller how long it may take.</summary>
    /// <param name="wait">Expected wait, not negative.</param>
    string QueueWait(TimeSpan wait);
}
