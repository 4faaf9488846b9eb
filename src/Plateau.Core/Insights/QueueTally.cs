using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Insights;

/// <summary>Stays in queues counted by how they ended; every other queue figure is made of these.</summary>
public sealed record QueueTally
{
    /// <summary>Let in: answered + abandoned + flowed out + callbacks asked for.</summary>
    public int Entered { get; private init; }

    /// <summary>Never let in: full, nobody present, closed.</summary>
    public int Refused { get; private init; }

    /// <summary>Refused because the queue was full.</summary>
    public int Full { get; private init; }

    /// <summary>Refused because nobody was present.</summary>
    public int JoinEmpty { get; private init; }

    /// <summary>Put out because nobody was present any more.</summary>
    public int LeaveEmpty { get; private init; }

    /// <summary>Put out after the longest wait.</summary>
    public int Timeouts { get; private init; }

    /// <summary>Connected to an agent.</summary>
    public int Answered { get; private init; }

    /// <summary>Connected within the threshold, the threshold itself included.</summary>
    public int AnsweredInTime { get; private init; }

    /// <summary>The caller left before being connected.</summary>
    public int Abandoned { get; private init; }

    /// <summary>Abandoned within the threshold.</summary>
    public int AbandonedInTime { get; private init; }

    /// <summary>Abandoned within the time of short abandons.</summary>
    public int ShortAbandoned { get; private init; }

    /// <summary>Left otherwise: timeout, leave-empty, key, overflow, transfer, closing, withdrawal, failure.</summary>
    public int FlowedOut { get; private init; }

    /// <summary>Asked to be called back and kept the place.</summary>
    public int Callbacks { get; private init; }

    /// <summary>Left within the threshold by an answer, an abandon or a callback asked for.</summary>
    public int RemovedInTime { get; private init; }

    /// <summary>Answered, abandoned or flowed out: offered to agents as a call.</summary>
    public int Offered => Answered + Abandoned + FlowedOut;

    /// <summary>Counts stays.</summary>
    /// <param name="visits">Stays, of any queues.</param>
    /// <param name="threshold">Threshold T of service level.</param>
    /// <param name="shortAbandon">Abandons up to this are short.</param>
    public static QueueTally Of(IEnumerable<QueueVisitRecord> visits, TimeSpan threshold, TimeSpan shortAbandon)
    {
        var all = visits.ToList();
        var entered = all.Where(visit => !visit.IsRefused()).ToList();
        return new QueueTally
        {
            Entered = entered.Count,
            Refused = all.Count - entered.Count,
            Full = all.Count(visit => visit.Exit == QueueExit.Full),
            JoinEmpty = all.Count(visit => visit.Exit == QueueExit.JoinEmpty),
            LeaveEmpty = entered.Count(visit => visit.Exit == QueueExit.LeaveEmpty),
            Timeouts = entered.Count(visit => visit.Exit == QueueExit.Timeout),
            Answered = entered.Count(visit => visit.Exit == QueueExit.Answered),
            AnsweredInTime = Within(QueueExit.Answered, threshold),
            Abandoned = entered.Count(visit => visit.Exit == QueueExit.Abandoned),
            AbandonedInTime = Within(QueueExit.Abandoned, threshold),
            ShortAbandoned = Within(QueueExit.Abandoned, shortAbandon),
            FlowedOut = entered.Count(visit => visit.IsFlowedOut()),
            Callbacks = entered.Count(visit => visit.Exit == QueueExit.Callback),
            RemovedInTime = Within(QueueExit.Answered, threshold) + Within(QueueExit.Abandoned, threshold)
                + Within(QueueExit.Callback, threshold),
        };

        int Within(QueueExit exit, TimeSpan limit) =>
            entered.Count(visit => visit.Exit == exit && visit.Wait() <= limit);
    }
}
