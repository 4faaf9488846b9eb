using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Insights;

/// <summary>Estimated-wait formulas of the field, as baselines to compare ours with, and the error of
/// estimates.</summary>
public static class WaitEstimates
{
    /// <summary>Asterisk's holding time: a moving average over answered calls in whole seconds.</summary>
    /// <param name="holdS">The average so far, seconds; 0 at first.</param>
    /// <param name="waitedS">Wait of the call just answered, seconds.</param>
    /// <remarks>Source: Asterisk app_queue, h' = (3h + w) / 4, integers.</remarks>
    public static int AsteriskHold(int holdS, int waitedS) => ((3 * holdS) + waitedS) / 4;

    /// <summary>What Asterisk announces, whole minutes: |h + 30 − waited| / 60.</summary>
    public static int AsteriskAnnouncedMinutes(int holdS, int waitedS) => Math.Abs(holdS + 30 - waitedS) / 60;

    /// <summary>
    /// VICIdial's estimated hold time: the mean of (mean wait of the last five answered + 1 s) and (mean wait so far of
    /// callers who wait longer), less the caller's own wait; at least 10 s.
    /// </summary>
    /// <param name="lastAnswered">Waits of the last answered calls, newest last.</param>
    /// <param name="longerWaiting">Waits so far of callers who have waited longer.</param>
    /// <param name="waited">The caller's own wait so far.</param>
    public static TimeSpan Vicidial(
        IReadOnlyList<TimeSpan> lastAnswered, IReadOnlyList<TimeSpan> longerWaiting, TimeSpan waited)
    {
        ArgumentNullException.ThrowIfNull(lastAnswered);
        var answered = Mean(lastAnswered.TakeLast(5)) + TimeSpan.FromSeconds(1);
        var estimate = ((answered + Mean(longerWaiting)) / 2) - waited;
        return estimate < TimeSpan.FromSeconds(10) ? TimeSpan.FromSeconds(10) : estimate;
    }

    /// <summary>
    /// Fall-back of ours and of most systems: handling time × position / agents. Null when no agent serves the queue.
    /// </summary>
    /// <param name="handling">Mean handling time.</param>
    /// <param name="position">Position, 1 = next; effective ones may be fractions.</param>
    /// <param name="agents">Agents who serve the queue; shared ones count by their share.</param>
    public static TimeSpan? ByPosition(TimeSpan handling, double position, double agents) =>
        agents <= 0 ? null : handling * (Math.Max(position, 0) / agents);

    /// <summary>Mean relative error of the estimates told at entry, over answered stays with an estimate and a
    /// wait.</summary>
    public static Ratio MeanError(IEnumerable<QueueVisitRecord> visits)
    {
        ArgumentNullException.ThrowIfNull(visits);
        var errors = visits
            .Where(v => v.Exit == QueueExit.Answered && v.EstimatedWait is not null && v.Wait() > TimeSpan.Zero)
            .Select(v => Math.Abs((v.EstimatedWait!.Value - v.Wait()).TotalSeconds) / v.Wait().TotalSeconds)
            .ToList();
        return new Ratio(errors.Sum(), errors.Count);
    }

    private static TimeSpan Mean(IEnumerable<TimeSpan> times) =>
        new((long)times.Select(time => time.Ticks).DefaultIfEmpty(0).Average());
}
