namespace Plateau.Core.Ivr.Speaking;

/// <summary>The languages we speak.</summary>
public static class SpokenLanguages
{
    /// <summary>French of France.</summary>
    public static readonly ISpokenLanguage French = new FrenchLanguage();

    /// <summary>British English.</summary>
    public static readonly ISpokenLanguage English = new EnglishLanguage();

    /// <summary>Both, French first.</summary>
    public static readonly IReadOnlyList<ISpokenLanguage> All = [French, English];

    /// <summary>The language of a code such as "fr", "fr-FR" or "en-gb"; French when we do not speak it.</summary>
    public static ISpokenLanguage Of(string code) =>
        All.FirstOrDefault(l => code.StartsWith(l.Code, StringComparison.OrdinalIgnoreCase)
            && (code.Length == 2 || code[2] is '-' or '_')) ?? French;
}
