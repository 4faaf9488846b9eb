using Plateau.Core.Insights;

namespace Plateau.Core.Workforce;

/// <summary>How well a day went as planned.</summary>
public static class Adherence
{
    /// <summary>Adherence: 1 − exceptions / scheduled, never below 0.</summary>
    /// <param name="scheduled">Planned time.</param>
    /// <param name="exceptions">Time inside the plan spent otherwise.</param>
    /// <param name="outside">
    /// Time worked outside the plan, where that counts: it is added to both the exceptions and the plan; zero where
    /// it does not.
    /// </param>
    /// <returns>Adherent seconds over planned seconds.</returns>
    /// <remarks>Source: Genesys Cloud's published definition.</remarks>
    public static Ratio Of(TimeSpan scheduled, TimeSpan exceptions, TimeSpan outside = default)
    {
        var planned = scheduled + outside;
        var adherent = planned - exceptions - outside;
        return new Ratio(Math.Max(adherent.TotalSeconds, 0), planned.TotalSeconds);
    }

    /// <summary>Conformance: time worked over time planned, whenever it was; may exceed 1.</summary>
    public static Ratio Conformance(TimeSpan worked, TimeSpan scheduled) =>
        new(worked.TotalSeconds, scheduled.TotalSeconds);
}
