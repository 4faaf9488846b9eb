using Plateau.Contracts;

namespace Plateau.Server.Demo;

/// <summary>Distributions that people on a telephone follow.</summary>
internal static class Draws
{
    /// <summary>True with a probability of 0 to 1.</summary>
    public static bool NextChance(this Prng chance, double probability) => chance.NextUnit() < probability;

    /// <summary>Uniform between two times.</summary>
    public static TimeSpan NextBetween(this Prng chance, TimeSpan least, TimeSpan most) =>
        least + ((most - least) * chance.NextUnit());

    /// <summary>Uniform between two numbers of seconds.</summary>
    public static TimeSpan NextSeconds(this Prng chance, double least, double most) =>
        chance.NextBetween(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));

    /// <summary>Standard normal. Source: Box and Muller, Annals of Mathematical Statistics 29 (1958).</summary>
    public static double NextNormal(this Prng chance) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.NextUnit())) * Math.Cos(2 * Math.PI * chance.NextUnit());

    /// <summary>Lognormal: conversations and work are mostly short and sometimes long.</summary>
    /// <param name="chance">Source of chance.</param>
    /// <param name="mean">Mean of the times themselves, not of their logarithms.</param>
    /// <param name="spread">Standard deviation of the logarithm, such as 0.6.</param>
    /// <remarks>Source: Brown et al., Statistical Analysis of a Telephone Call Center, JASA 100 (2005), §4.</remarks>
    public static TimeSpan NextLogNormal(this Prng chance, TimeSpan mean, double spread) =>
        mean * Math.Exp((spread * chance.NextNormal()) - (spread * spread / 2));

    /// <summary>Exponential: patience and gaps between arrivals.</summary>
    public static TimeSpan NextExponential(this Prng chance, TimeSpan mean) =>
        TimeSpan.FromSeconds(chance.NextExponential(mean.TotalSeconds));
}
