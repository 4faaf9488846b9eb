namespace Plateau.Contracts.Routing;

/// <summary>How a call left a queue; every exit has a name (features: ANSWERED … SYSTEM).</summary>
public enum QueueExit
{
    /// <summary>Connected to an agent.</summary>
    Answered,

    /// <summary>The caller left before being connected.</summary>
    Abandoned,

    /// <summary>Waited longer than the queue allows.</summary>
    Timeout,

    /// <summary>Not let in: the queue was full.</summary>
    Full,

    /// <summary>Not let in: nobody counted as present.</summary>
    JoinEmpty,

    /// <summary>Put out: nobody counted as present any more.</summary>
    LeaveEmpty,

    /// <summary>The caller pressed a key that leaves the queue.</summary>
    KeyExit,

    /// <summary>The caller chose to be called back; the place stays.</summary>
    Callback,

    /// <summary>A supervisor took the call out.</summary>
    Withdrawn,

    /// <summary>A routing step sent the call elsewhere.</summary>
    Overflow,

    /// <summary>Transferred out while waiting.</summary>
    Transferred,

    /// <summary>The queue was closed (hours, holiday, supervisor).</summary>
    Closed,

    /// <summary>A failure of ours: restart, limit.</summary>
    System,
}

/// <summary>What came of an offer.</summary>
public enum OfferOutcome
{
    /// <summary>The agent took the call.</summary>
    Accepted,

    /// <summary>The agent refused.</summary>
    Rejected,

    /// <summary>The agent did not answer in time (ring-no-answer).</summary>
    NoAnswer,

    /// <summary>The agent's device was busy with another call.</summary>
    Busy,

    /// <summary>The agent's device could not be reached or did not acknowledge.</summary>
    Unreachable,

    /// <summary>The caller left while it rang; the agent is not to blame.</summary>
    CallerLeft,

    /// <summary>Withdrawn: another agent of a ring-all took it, or a supervisor moved the call.</summary>
    Withdrawn,
}

/// <summary>Which agent is asked first among those who may take a call. Ties go to the lowest agent id.</summary>
public enum SelectionPolicy
{
    /// <summary>Who has been idle longest (the queue's idle clock).</summary>
    LongestIdle,

    /// <summary>Who has taken the fewest calls since log-in.</summary>
    LeastCalls,

    /// <summary>Who was busy for the smallest share of the time since log-in.</summary>
    LeastOccupied,

    /// <summary>Who has the highest level in the skills required.</summary>
    HighestSkill,

    /// <summary>In turn, by agent id, remembering who was last.</summary>
    RoundRobin,

    /// <summary>By chance, seeded by call and attempt, so that a replay draws the same.</summary>
    Random,

    /// <summary>All at once; the first to answer gets the call.</summary>
    RingAll,

    /// <summary>Always from the top of the members' list.</summary>
    TopDown,
}

/// <summary>Since when an agent counts as idle.</summary>
public enum IdleClock
{
    /// <summary>End of the last call or its wrap-up.</summary>
    LastCallEnd,

    /// <summary>Last change into ready, so a pause starts the clock anew.</summary>
    LastReady,
}

/// <summary>How waiting calls are ordered for an agent who may take several.</summary>
public enum QueueOrdering
{
    /// <summary>The queue with the higher rank first, always; inside a queue by score. The starvation guard
    /// holds.</summary>
    Strict,

    /// <summary>One order over all queues: score = waited × ageing + priority.</summary>
    Score,
}

/// <summary>What an agent does after a call before the next one may come.</summary>
public enum WrapUpMode
{
    /// <summary>No wrap-up; ready at once.</summary>
    None,

    /// <summary>Wrap-up until the agent ends it.</summary>
    Mandatory,

    /// <summary>Wrap-up until the agent ends it, at the latest at the time limit.</summary>
    MandatoryTimeout,

    /// <summary>Wrap-up for exactly the time limit; the agent cannot end it earlier.</summary>
    MandatoryForcedTimeout,

    /// <summary>No wrap-up unless the agent asks for it during the call.</summary>
    AgentRequested,
}

/// <summary>How a caller is called back.</summary>
public enum CallbackMode
{
    /// <summary>An agent is reserved first, then the customer is called.</summary>
    AgentFirst,

    /// <summary>The customer is called when their turn is near, and goes to the head of the queue.</summary>
    CustomerFirst,
}

/// <summary>State of a callback that keeps its place.</summary>
public enum CallbackState
{
    /// <summary>Waits for its turn with the original entry time.</summary>
    Waiting,

    /// <summary>The customer is being called.</summary>
    Dialling,

    /// <summary>The customer is connected to an agent or waits at the head of the queue.</summary>
    Delivered,

    /// <summary>All attempts failed.</summary>
    Failed,

    /// <summary>Not reached before its expiry.</summary>
    Expired,

    /// <summary>Withdrawn by the customer or a supervisor.</summary>
    Cancelled,
}

/// <summary>Who counts as present for the join-empty and leave-empty rules; a set of states.</summary>
[Flags]
public enum PresenceRule
{
    /// <summary>The rule is off: the queue is never empty.</summary>
    Off = 0,

    /// <summary>Agents who are ready.</summary>
    Ready = 1,

    /// <summary>Agents who are busy with a call (reserved, ringing, talking, holding).</summary>
    Busy = 2,

    /// <summary>Agents in wrap-up.</summary>
    WrapUp = 4,

    /// <summary>Agents who are paused.</summary>
    Paused = 8,

    /// <summary>Agents whose device or network is lost but whose lease has not run out.</summary>
    Unreachable = 16,
}

/// <summary>When a caller is told their position.</summary>
public enum PositionAnnouncement
{
    /// <summary>Never.</summary>
    No,

    /// <summary>Always.</summary>
    Yes,

    /// <summary>Only up to the limit.</summary>
    Limit,

    /// <summary>Beyond the limit as "more than N".</summary>
    More,
}

/// <summary>Which calls are recorded.</summary>
public enum RecordingPolicy
{
    /// <summary>None, and nobody may start one.</summary>
    Never,

    /// <summary>When an agent or supervisor asks.</summary>
    OnDemand,

    /// <summary>Every conversation from the connection on.</summary>
    Always,
}
