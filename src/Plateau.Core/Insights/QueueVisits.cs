using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Insights;

/// <summary>Whether stays of delivered callbacks count: they keep the first entry time, so their wait is
/// hours.</summary>
public enum CallbackVisits
{
    /// <summary>Left out, so that a callback never changes service level or waits. The default everywhere.</summary>
    Excluded,

    /// <summary>Counted like any other stay.</summary>
    Included,
}

/// <summary>Takes the stays in queues out of call records.</summary>
public static class QueueVisits
{
    /// <summary>The stays of calls, in the order of the calls and of their stays.</summary>
    /// <param name="calls">Call records.</param>
    /// <param name="queue">Only this queue; null = all.</param>
    /// <param name="callbacks">Whether stays that came of a callback count: those of outbound calls.</param>
    public static IReadOnlyList<QueueVisitRecord> Of(
        IEnumerable<CallRecord> calls, QueueId? queue = null, CallbackVisits callbacks = CallbackVisits.Excluded)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return
        [
            .. from call in calls
               where callbacks == CallbackVisits.Included || call.Direction != CallDirection.Outbound
               from visit in call.QueueVisits
               where queue is null || visit.Queue == queue
               select visit,
        ];
    }

    /// <summary>How long it lasted: from queue entry to connection or exit.</summary>
    public static TimeSpan Wait(this QueueVisitRecord visit) => visit.Left - visit.Entered;

    /// <summary>Never let in: full, nobody present, or closed at once.</summary>
    public static bool IsRefused(this QueueVisitRecord visit) =>
        visit.Exit is QueueExit.Full or QueueExit.JoinEmpty
        || (visit.Exit == QueueExit.Closed && visit.Left == visit.Entered);

    /// <summary>Entered, and left neither answered nor abandoned nor by asking to be called back.</summary>
    public static bool IsFlowedOut(this QueueVisitRecord visit) =>
        !visit.IsRefused() && visit.Exit is not (QueueExit.Answered or QueueExit.Abandoned or QueueExit.Callback);
}
