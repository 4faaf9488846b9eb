using Plateau.Core.Insights;

namespace Plateau.Core.Dialler;

/// <summary>The share of answered calls for which no agent was free, as different rules count it.</summary>
public static class DropRate
{
    /// <summary>Drops over everything that was answered.</summary>
    public static Ratio Plain(int drops, int answered) => new(drops, answered);

    /// <summary>
    /// The British way: drops are reduced by the share of machines among the calls that could be judged, and set
    /// against
    /// calls answered by people.
    /// </summary>
    /// <param name="drops">Calls dropped.</param>
    /// <param name="human">Calls connected to people.</param>
    /// <param name="machines">Calls judged to be machines.</param>
    /// <remarks>d' = drops × (1 − machines / (human + machines)); rate = d' / (human + d').</remarks>
    public static Ratio British(int drops, int human, int machines)
    {
        var judged = human + machines;
        var reduced = judged == 0 ? drops : drops * (1 - ((double)machines / judged));
        return new Ratio(reduced, human + reduced);
    }
}
