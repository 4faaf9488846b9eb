using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Tests.Insights;

/// <summary>Short ways to write the records that reports are made of.</summary>
internal static class Records
{
    internal static readonly Instant Noon = Instant.Parse("2026-11-23T11:00:00Z");
    internal static readonly QueueId Sales = new("sales");
    private static readonly TenantId Demo = new("demo");

    internal static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    internal static QueueVisitRecord Visit(
        QueueExit exit, double waitS, double afterS = 0, double? estimateS = null, params OfferRecord[] offers) => new()
    {
        Queue = Sales,
        Entered = Noon + S(afterS),
        Left = Noon + S(afterS) + S(waitS),
        Exit = exit,
        EstimatedWait = estimateS is { } estimate ? S(estimate) : null,
        Offers = offers,
    };

    internal static IEnumerable<QueueVisitRecord> Visits(int count, QueueExit exit, double waitS) =>
        Enumerable.Range(0, count).Select(_ => Visit(exit, waitS));

    internal static OfferRecord Offer(string agent, OfferOutcome outcome) => new(
        new OfferId(1), new AgentId(agent), Noon, Noon + S(5), outcome);

    internal static CallRecord Call(
        CallDirection direction, IReadOnlyList<QueueVisitRecord> visits, params LegRecord[] legs) => new()
    {
        Call = new CallId(1),
        Tenant = Demo,
        Direction = direction,
        Caller = "+33639980001",
        Called = "+33199001234",
        Started = Noon,
        Ended = Noon + S(600),
        Cause = ClearingCause.Normal,
        EndedBy = ClearingSide.Customer,
        QueueVisits = visits,
        Legs = legs,
    };

    /// <summary>Intervals of one log-in that touch: "Idle 60, Talking 30 #1, Paused 10 lunch".</summary>
    internal static List<AgentIntervalRecord> Day(string agent, string states)
    {
        var at = Noon;
        var intervals = new List<AgentIntervalRecord>();
        foreach (var words in states.Split(',', StringSplitOptions.TrimEntries).Select(s => s.Split(' ')))
        {
            var end = at + S(double.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
            var call = words.Length > 2 && words[2][0] == '#' ? new CallId(ulong.Parse(words[2].AsSpan(1))) : (CallId?)null;
            var reason = words.Length > 2 && call is null ? new NotReadyReasonId(words[2]) : (NotReadyReasonId?)null;
            intervals.Add(new AgentIntervalRecord(
                Demo, new AgentId(agent), Noon, Enum.Parse<AgentState>(words[0]), reason, at, end, AgentCause.Agent, call,
                call is null ? null : Sales));
            at = end;
        }

        return intervals;
    }
}
