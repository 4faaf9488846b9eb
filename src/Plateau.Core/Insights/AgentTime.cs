using Plateau.Contracts;
using Plateau.Contracts.Agents;

namespace Plateau.Core.Insights;

/// <summary>How an agent's intervals break the rule that they fill the log-in without gap or overlap.</summary>
public enum AgentTimeBreach
{
    /// <summary>An interval ends before it begins.</summary>
    Negative,

    /// <summary>Time of a log-in that belongs to no interval.</summary>
    Gap,

    /// <summary>Time that belongs to two intervals.</summary>
    Overlap,

    /// <summary>The first interval does not begin with the log-in.</summary>
    LateStart,

    /// <summary>An interval of the state LoggedOut.</summary>
    LoggedOut,
}

/// <summary>A breach and where it is.</summary>
/// <param name="Breach">What is wrong.</param>
/// <param name="Agent">Whose intervals.</param>
/// <param name="LoginStarted">Which log-in.</param>
/// <param name="At">Where it shows.</param>
/// <param name="By">How much time is missing or counted twice.</param>
public readonly record struct AgentTimeViolation(
    AgentTimeBreach Breach, AgentId Agent, Instant LoginStarted, Instant At, TimeSpan By);

/// <summary>The identity behind every agent report: Σ states = logged-in time.</summary>
public static class AgentTime
{
    /// <summary>Every violation, by agent, log-in and time; empty when the intervals are sound.</summary>
    public static IReadOnlyList<AgentTimeViolation> Check(IEnumerable<AgentIntervalRecord> intervals)
    {
        var violations = new List<AgentTimeViolation>();
        var logins = intervals.GroupBy(i => (i.Agent, i.LoginStarted))
            .OrderBy(g => g.Key.Agent).ThenBy(g => g.Key.LoginStarted);
        foreach (var login in logins)
        {
            CheckLogin([.. login.OrderBy(i => i.Start).ThenBy(i => i.End)], violations);
        }

        return violations;
    }

    private static void CheckLogin(List<AgentIntervalRecord> intervals, List<AgentTimeViolation> violations)
    {
        var at = intervals[0].LoginStarted;
        for (var i = 0; i < intervals.Count; i++)
        {
            var interval = intervals[i];
            if (interval.State == AgentState.LoggedOut)
            {
                Tell(AgentTimeBreach.LoggedOut, interval.Start, interval.End - interval.Start);
            }

            if (interval.End < interval.Start)
            {
                Tell(AgentTimeBreach.Negative, interval.Start, interval.Start - interval.End);
            }
            else if (interval.Start > at)
            {
                Tell(i == 0 ? AgentTimeBreach.LateStart : AgentTimeBreach.Gap, at, interval.Start - at);
            }
            else if (interval.Start < at)
            {
                Tell(AgentTimeBreach.Overlap, interval.Start, Instant.Min(at, interval.End) - interval.Start);
            }

            at = Instant.Max(at, interval.End);
        }

        void Tell(AgentTimeBreach breach, Instant where, TimeSpan by) => violations.Add(
            new AgentTimeViolation(breach, intervals[0].Agent, intervals[0].LoginStarted, where, by));
    }
}
