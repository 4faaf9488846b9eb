using Plateau.Contracts.Agents;

namespace Plateau.Core.Insights;

/// <summary>Talk, hold and wrap-up of handled calls, each with the number of calls that had it.</summary>
/// <param name="Handled">Calls that an agent talked on; a call that two agents talked on counts for both.</param>
/// <param name="Held">Of these, calls that were put on hold.</param>
/// <param name="WrappedUp">Calls with wrap-up.</param>
/// <param name="Talk">Conversation.</param>
/// <param name="Hold">Hold.</param>
/// <param name="WrapUp">Wrap-up.</param>
public sealed record HandlingTally(
    int Handled, int Held, int WrappedUp, TimeSpan Talk, TimeSpan Hold, TimeSpan WrapUp)
{
    /// <summary>Talk + hold + wrap-up.</summary>
    public TimeSpan Total => Talk + Hold + WrapUp;

    /// <summary>Sums agent intervals; filter them by queue or agent first.</summary>
    public static HandlingTally Of(IEnumerable<AgentIntervalRecord> intervals)
    {
        var all = intervals.ToList();
        return new HandlingTally(
            Calls(AgentState.Talking), Calls(AgentState.Holding), Calls(AgentState.WrapUp), Time(AgentState.Talking),
            Time(AgentState.Holding), Time(AgentState.WrapUp));

        int Calls(AgentState state) =>
            all.Where(i => i.State == state && i.Call is not null).Select(i => (i.Agent, i.Call)).Distinct().Count();

        TimeSpan Time(AgentState state) =>
            all.Where(i => i.State == state).Aggregate(TimeSpan.Zero, (sum, i) => sum + (i.End - i.Start));
    }

    /// <summary>Handling time and its components, each over its own base.</summary>
    public IReadOnlyList<MetricValue> Metrics() =>
    [
        MetricValue.Of(AgentMetrics.HandlingTime, Total.TotalSeconds, Handled),
        MetricValue.Of(AgentMetrics.TalkTime, Talk.TotalSeconds, Handled),
        MetricValue.Of(AgentMetrics.HoldTime, Hold.TotalSeconds, Handled),
        MetricValue.Of(AgentMetrics.HoldTimeOfHeld, Hold.TotalSeconds, Held),
        MetricValue.Of(AgentMetrics.WrapUpTime, WrapUp.TotalSeconds, Handled),
        MetricValue.Of(AgentMetrics.WrapUpTimeOfWrappedUp, WrapUp.TotalSeconds, WrappedUp),
    ];
}
