using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Tenancy;

namespace Plateau.Core.Insights;

/// <summary>What an agent report is made from.</summary>
/// <param name="Intervals">Agent intervals; parts outside the period are cut off.</param>
/// <param name="Calls">Call records, for offers and transfers.</param>
/// <param name="Reasons">Not-ready reasons, for productive and paid time.</param>
/// <param name="From">Start of the period.</param>
/// <param name="To">End of the period, not part of it.</param>
public sealed record AgentReportInput(
    IReadOnlyList<AgentIntervalRecord> Intervals, IReadOnlyList<CallRecord> Calls,
    IReadOnlyList<NotReadyReasonConfig> Reasons, Instant From, Instant To);

/// <summary>The reports of all agents with what breaks the time identity.</summary>
/// <param name="Reports">By agent id; empty in strict mode when there are violations.</param>
/// <param name="Violations">Every breach of Σ states = logged-in time.</param>
public sealed record AgentReports(IReadOnlyList<AgentReport> Reports, IReadOnlyList<AgentTimeViolation> Violations)
{
    /// <summary>Computes the reports of every agent with an interval or an offer in the period.</summary>
    /// <param name="input">Records and period.</param>
    /// <param name="isStrict">Whether violations leave no report at all.</param>
    public static AgentReports Of(AgentReportInput input, bool isStrict = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        var violations = AgentTime.Check(input.Intervals);
        if (isStrict && violations.Count > 0)
        {
            return new AgentReports([], violations);
        }

        var intervals = input.Intervals
            .Select(i => i with { Start = Instant.Max(i.Start, input.From), End = Instant.Min(i.End, input.To) })
            .Where(i => i.End > i.Start)
            .ToLookup(i => i.Agent);
        var offers = input.Calls.SelectMany(c => c.QueueVisits).SelectMany(v => v.Offers)
            .Where(o => o.Made >= input.From && o.Made < input.To)
            .ToLookup(o => o.Agent);
        var transfers = input.Calls.SelectMany(c => c.Legs)
            .Where(l => l.Agent is not null && l.Cause == ClearingCause.Transferred && Ended(l, input))
            .ToLookup(l => l.Agent!.Value);
        var agents = intervals.Select(g => g.Key).Concat(offers.Select(g => g.Key)).Distinct().Order();
        return new AgentReports(
            [.. agents.Select(a => AgentReport.Of(
                a, [.. intervals[a]], OfferTally.Of(offers[a]), transfers[a].Count(), input.Reasons))],
            violations);
    }

    private static bool Ended(LegRecord leg, AgentReportInput input) =>
        leg.Segments.Count > 0 && leg.Segments[^1].End >= input.From && leg.Segments[^1].End < input.To;
}

/// <summary>The figures of one agent over a period, from intervals, offers and legs only.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="LoggedIn">Σ of all states.</param>
/// <param name="States">Time in each state that occurred, by state.</param>
/// <param name="Reasons">Paused time by reason; no reason is the empty text.</param>
/// <param name="Handling">Talk, hold and wrap-up with their bases.</param>
/// <param name="Offers">Offers counted.</param>
/// <param name="Metrics">All metrics of <see cref="AgentMetrics"/>, in its order.</param>
public sealed record AgentReport(
    AgentId Agent, TimeSpan LoggedIn, IReadOnlyList<KeyValuePair<AgentState, TimeSpan>> States,
    IReadOnlyList<KeyValuePair<string, TimeSpan>> Reasons, HandlingTally Handling, OfferTally Offers,
    IReadOnlyList<MetricValue> Metrics)
{
    internal static AgentReport Of(
        AgentId agent, List<AgentIntervalRecord> intervals, OfferTally offers, int transfers,
        IReadOnlyList<NotReadyReasonConfig> reasons)
    {
        var states = new SortedDictionary<AgentState, TimeSpan>();
        var pauses = new SortedDictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var interval in intervals)
        {
            var length = interval.End - interval.Start;
            states[interval.State] = states.GetValueOrDefault(interval.State) + length;
            if (interval.State == AgentState.Paused)
            {
                var reason = interval.Reason?.Value ?? string.Empty;
                pauses[reason] = pauses.GetValueOrDefault(reason) + length;
            }
        }

        var loggedIn = states.Values.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
        var handling = HandlingTally.Of(intervals);
        var productive = Paused(pauses, reasons, reason => reason.IsProductive);
        IReadOnlyList<MetricValue> metrics =
        [
            MetricValue.Of(AgentMetrics.LoggedIn, loggedIn.TotalSeconds),
            MetricValue.Of(AgentMetrics.Handled, handling.Handled),
            .. handling.Metrics(),
            MetricValue.Of(
                AgentMetrics.Occupancy, handling.Total.TotalSeconds,
                (handling.Total + states.GetValueOrDefault(AgentState.Idle)).TotalSeconds),
            MetricValue.Of(AgentMetrics.TalkShare, handling.Talk.TotalSeconds, loggedIn.TotalSeconds),
            MetricValue.Of(AgentMetrics.Idle, states.GetValueOrDefault(AgentState.Idle).TotalSeconds),
            MetricValue.Of(
                AgentMetrics.Ringing,
                (states.GetValueOrDefault(AgentState.Ringing) + states.GetValueOrDefault(AgentState.Reserved)).TotalSeconds),
            MetricValue.Of(AgentMetrics.Paused, states.GetValueOrDefault(AgentState.Paused).TotalSeconds),
            MetricValue.Of(AgentMetrics.PausedProductive, productive.TotalSeconds),
            MetricValue.Of(AgentMetrics.TransferRate, transfers, handling.Handled),
            MetricValue.Of(OfferMetrics.AcceptRate, offers.Accepted, offers.Made),
            MetricValue.Of(OfferMetrics.NonResponse, offers.NonResponse, offers.Made),
            MetricValue.Of(
                OfferMetrics.NonResponseWithCallerLeft, offers.NonResponse + offers.CallerLeft, offers.Made),
        ];
        return new AgentReport(agent, loggedIn, [.. states], [.. pauses], handling, offers, metrics);
    }

    private static TimeSpan Paused(
        SortedDictionary<string, TimeSpan> pauses, IReadOnlyList<NotReadyReasonConfig> reasons,
        Func<NotReadyReasonConfig, bool> counts) =>
        reasons.Where(counts).Aggregate(
            TimeSpan.Zero, (sum, reason) => sum + pauses.GetValueOrDefault(reason.Id.Value));
}
