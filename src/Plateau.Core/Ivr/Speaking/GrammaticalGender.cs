namespace Plateau.Core.Ivr.Speaking;

/// <summary>Gender of the noun a number stands with; English ignores it.</summary>
public enum GrammaticalGender
{
    /// <summary>un, premier: appels, euros, mois.</summary>
    Masculine,

    /// <summary>une, première: heures, minutes, personnes, positions.</summary>
    Feminine,
}
