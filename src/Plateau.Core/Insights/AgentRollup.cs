using Plateau.Contracts;
using Plateau.Contracts.Agents;

namespace Plateau.Core.Insights;

/// <summary>One bin of an agent's interval report.</summary>
/// <param name="Bin">The bin.</param>
/// <param name="ByStart">Time by state of intervals that began in the bin.</param>
/// <param name="BySlice">Time by state that fell into the bin; never more than the bin's length per agent.</param>
public sealed record AgentRollupRow(
    IntervalBin Bin, IReadOnlyList<KeyValuePair<AgentState, TimeSpan>> ByStart,
    IReadOnlyList<KeyValuePair<AgentState, TimeSpan>> BySlice);

/// <summary>An agent's (or a team's) interval report.</summary>
public static class AgentRollup
{
    /// <summary>One row for each bin; states in their order, only those that occur anywhere.</summary>
    public static IReadOnlyList<AgentRollupRow> Of(
        IReadOnlyList<IntervalBin> bins, IEnumerable<AgentIntervalRecord> intervals)
    {
        ArgumentNullException.ThrowIfNull(bins);
        var byState = intervals.GroupBy(i => i.State).OrderBy(g => g.Key)
            .Select(g => (State: g.Key, Stretches: g.Select(i => (i.Start, i.End)).ToList()))
            .Select(s => (
                s.State, ByStart: IntervalRollup.ByStart(bins, s.Stretches),
                BySlice: IntervalRollup.BySlice(bins, s.Stretches)))
            .ToList();
        return
        [
            .. bins.Select((bin, i) => new AgentRollupRow(
                bin,
                [.. byState.Select(s => KeyValuePair.Create(s.State, s.ByStart[i]))],
                [.. byState.Select(s => KeyValuePair.Create(s.State, s.BySlice[i]))])),
        ];
    }
}
