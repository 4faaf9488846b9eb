namespace Plateau.Core.Insights;

/// <summary>A metric's value with what it is made of, so that nobody has to ask "percent of what?".</summary>
/// <param name="Numerator">Count or seconds.</param>
/// <param name="Denominator">Count or seconds; 0 when there was nothing to divide by.</param>
public readonly record struct Ratio(double Numerator, double Denominator)
{
    /// <summary>Numerator over denominator; null when the denominator is 0.</summary>
    public double? Value => Denominator == 0 ? null : Numerator / Denominator;

    /// <summary>The value times 100, two decimals, half away from zero; null when the denominator is 0.</summary>
    public double? Percent => Value is { } value ? Math.Round(value * 100, 2, MidpointRounding.AwayFromZero) : null;
}
