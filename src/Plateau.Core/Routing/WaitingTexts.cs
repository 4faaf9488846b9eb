using System.Globalization;
using Plateau.Contracts.Ivr;

namespace Plateau.Core.Routing;

/// <summary>What is spoken to waiting callers, in French and English.</summary>
internal static class WaitingTexts
{
    internal static PromptItem Position(string language, int position, bool isMore)
    {
        var number = position.ToString(CultureInfo.InvariantCulture);
        return Text(language, (language == "fr", isMore) switch
        {
            (true, true) => $"Il y a plus de {number} personnes avant vous.",
            (false, true) => $"There are more than {number} callers before you.",
            (true, false) when position == 1 => "Vous êtes le prochain appel.",
            (false, false) when position == 1 => "You are next.",
            (true, false) => $"Vous êtes en position {number}.",
            _ => $"You are number {number} in the queue.",
        });
    }

    internal static PromptItem Wait(string language, TimeSpan wait)
    {
        var isMinutes = wait.TotalSeconds >= 60;
        var number = (int)Math.Ceiling(isMinutes ? wait.TotalMinutes : wait.TotalSeconds);
        var count = number.ToString(CultureInfo.InvariantCulture);
        var unit = (isMinutes, number == 1, language == "fr") switch
        {
            (true, true, _) => "minute",
            (true, false, _) => "minutes",
            (false, true, true) => "seconde",
            (false, false, true) => "secondes",
            (false, true, false) => "second",
            _ => "seconds",
        };
        return Text(language, language == "fr"
            ? $"Le temps d'attente estimé est de {(number == 1 ? "une" : count)} {unit}."
            : $"The estimated waiting time is {(number == 1 ? "one" : count)} {unit}.");
    }

    internal static PromptItem CallbackOffer(string language, char key) => Text(language, language == "fr"
        ? $"Pour être rappelé sans perdre votre place, appuyez sur {key}."
        : $"To be called back without losing your place, press {key}.");

    internal static PromptItem CallbackGranted(string language) => Text(language, language == "fr"
        ? "Nous vous rappellerons dès que votre tour viendra. Au revoir."
        : "We will call you back when it is your turn. Goodbye.");

    private static PromptItem Text(string language, string text) => new(null, text, language == "fr" ? "fr" : "en");
}
