using Plateau.Contracts.Ivr;

namespace Plateau.Contracts.Routing;

/// <summary>A queue as the administrator set it. Changes apply to calls that already wait.</summary>
public sealed record QueueConfig
{
    /// <summary>The name used everywhere.</summary>
    public required QueueId Id { get; init; }

    /// <summary>The name people see.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Order among queues under strict ordering: higher first. Range -99 to 99.</summary>
    public int Rank { get; init; }

    /// <summary>Added to the score of every call of this queue, in seconds of waiting. Range -86,400 to
    /// 86,400.</summary>
    public int PriorityS { get; init; }

    /// <summary>Seconds of score per second waited; 1 is plain waiting time. Range 0 to 100.</summary>
    public double Ageing { get; init; } = 1;

    /// <summary>A call that waited longer than this goes above all ranks (starvation guard), seconds; 0 =
    /// off.</summary>
    public int StarvationS { get; init; } = 600;

    /// <summary>Who may take calls; empty = every agent who has the skills required.</summary>
    public IReadOnlyList<QueueMemberConfig> Members { get; init; } = [];

    /// <summary>What an agent must have, widening with waiting time. None = any member.</summary>
    public IReadOnlyList<RoutingStepConfig> Steps { get; init; } = [];

    /// <summary>Which agent is asked first.</summary>
    public SelectionPolicy Selection { get; init; } = SelectionPolicy.LongestIdle;

    /// <summary>Since when an agent counts as idle.</summary>
    public IdleClock IdleClock { get; init; } = IdleClock.LastCallEnd;

    /// <summary>How long a preferred agent is waited for when busy, seconds; 0 = only if idle now.</summary>
    public int PreferredAgentWaitS { get; init; }

    /// <summary>How long an offer rings, seconds, 1 to 120.</summary>
    public int RingS { get; init; } = 15;

    /// <summary>Missed offers in a row after which the agent is taken out (state Missed).</summary>
    public int MissesMax { get; init; } = 1;

    /// <summary>Time until an agent who missed is ready again by itself, seconds; 0 = by hand only.</summary>
    public int MissedReturnS { get; init; } = 60;

    /// <summary>How long an agent who refused is not offered the same call again, seconds.</summary>
    public int RejectExcludeS { get; init; } = 60;

    /// <summary>How long an agent who refused is paused, seconds; 0 = not at all.</summary>
    public int RejectPauseS { get; init; }

    /// <summary>How long an agent whose device was busy is left alone, seconds.</summary>
    public int BusyRetryS { get; init; } = 10;

    /// <summary>Offers are taken without a key press.</summary>
    public bool AutoAnswer { get; init; }

    /// <summary>Spoken to the agent just before connection: the queue's name, say. Null for none.</summary>
    public PromptId? Whisper { get; init; }

    /// <summary>After-call work.</summary>
    public WrapUpMode WrapUp { get; init; } = WrapUpMode.MandatoryTimeout;

    /// <summary>Time limit of wrap-up, seconds.</summary>
    public int WrapUpS { get; init; } = 30;

    /// <summary>Disposition that the time limit sets when the agent gave none.</summary>
    public DispositionId? DefaultDisposition { get; init; }

    /// <summary>Dispositions offered; empty = all.</summary>
    public IReadOnlyList<DispositionId> Dispositions { get; init; } = [];

    /// <summary>Callers who may wait; one more is refused with exit Full. 0 = no limit but the centre's.</summary>
    public int WaitingMax { get; init; }

    /// <summary>Longest wait, seconds; then exit Timeout. 0 = no limit.</summary>
    public int WaitMaxS { get; init; }

    /// <summary>Who counts as present when a caller wants to join; nobody present = exit JoinEmpty.</summary>
    public PresenceRule JoinPresence { get; init; } = PresenceRule.Off;

    /// <summary>Who counts as present while a caller waits; nobody present for the grace time = exit
    /// LeaveEmpty.</summary>
    public PresenceRule StayPresence { get; init; } = PresenceRule.Off;

    /// <summary>How long nobody may be present before callers are put out, seconds.</summary>
    public int EmptyGraceS { get; init; } = 30;

    /// <summary>When the queue is open; null = always.</summary>
    public HoursId? Hours { get; init; }

    /// <summary>Whether callers who already wait at closing time may stay.</summary>
    public bool StayAtClosing { get; init; } = true;

    /// <summary>Music while waiting; null for the built-in one.</summary>
    public PromptId? Music { get; init; }

    /// <summary>Announcements while waiting.</summary>
    public AnnouncementConfig Announcements { get; init; } = new();

    /// <summary>Callback that keeps the place; null when not offered.</summary>
    public CallbackConfig? Callback { get; init; }

    /// <summary>A caller who hung up and calls again within this time gets the old entry time back, seconds; 0 =
    /// off.</summary>
    public int ReturnKeepsPlaceS { get; init; }

    /// <summary>Which conversations are recorded.</summary>
    public RecordingPolicy Recording { get; init; } = RecordingPolicy.OnDemand;

    /// <summary>Service level shown for this queue; null for the house's "canonical".</summary>
    public ServiceLevelId? ServiceLevel { get; init; }

    /// <summary>Average handling time assumed for estimates before any call was handled, seconds.</summary>
    public int AssumedHandlingS { get; init; } = 180;
}

/// <summary>A member of a queue.</summary>
/// <param name="Agent">The agent; exactly one of agent and team is set.</param>
/// <param name="Team">Every agent of the team.</param>
/// <param name="Ring">Ring 0 is asked first; ring n from the step that opens it.</param>
/// <param name="Rank">Order inside a ring before the selection policy: lower first.</param>
public sealed record QueueMemberConfig(AgentId? Agent = null, TeamId? Team = null, int Ring = 0, int Rank = 0);

/// <summary>From a moment of waiting on: what an agent must have, and what else happens. The last step begun
/// counts.</summary>
public sealed record RoutingStepConfig
{
    /// <summary>Waiting time from which the step holds, seconds from queue entry; the first is 0.</summary>
    public int AfterS { get; init; }

    /// <summary>Skills required with lowest level; all must be met. Replaces the requirements of the step
    /// before.</summary>
    public IReadOnlyDictionary<SkillId, int> Requires { get; init; } = new Dictionary<SkillId, int>();

    /// <summary>Highest ring of members that may be asked; rings add up.</summary>
    public int RingMax { get; init; } = 99;

    /// <summary>Added to the score from here on, seconds.</summary>
    public int PriorityS { get; init; }

    /// <summary>Said once when the step begins.</summary>
    public PromptId? Announce { get; init; }

    /// <summary>Queue whose agents take the call from here on (exit Overflow, entry time kept).</summary>
    public QueueId? OverflowTo { get; init; }
}

/// <summary>What a waiting caller hears besides music.</summary>
public sealed record AnnouncementConfig
{
    /// <summary>Whether the position is told.</summary>
    public PositionAnnouncement Position { get; init; } = PositionAnnouncement.Yes;

    /// <summary>Limit for <see cref="PositionAnnouncement.Limit"/> and
    /// <see cref="PositionAnnouncement.More"/>.</summary>
    public int PositionLimit { get; init; } = 10;

    /// <summary>Whether the estimated wait is told.</summary>
    public bool EstimatedWait { get; init; } = true;

    /// <summary>Only improvements are told: never a higher position or a longer wait than last time.</summary>
    public bool OnlyImprovements { get; init; } = true;

    /// <summary>First announcement after this wait, seconds.</summary>
    public int FirstS { get; init; } = 10;

    /// <summary>From the end of one to the start of the next, seconds; 0 = only once.</summary>
    public int EveryS { get; init; } = 45;

    /// <summary>Comfort messages in rotation.</summary>
    public IReadOnlyList<PromptId> Comfort { get; init; } = [];

    /// <summary>Time between comfort messages, seconds.</summary>
    public int ComfortEveryS { get; init; } = 30;

    /// <summary>Estimates are rounded up to this step, seconds.</summary>
    public int RoundS { get; init; } = 60;
}

/// <summary>Callback that keeps the place in the queue.</summary>
public sealed record CallbackConfig
{
    /// <summary>Key that asks for it while waiting.</summary>
    public char Key { get; init; } = '1';

    /// <summary>Offered from this wait on, seconds.</summary>
    public int OfferAfterS { get; init; } = 60;

    /// <summary>Offered only if the estimated wait is at least this, seconds.</summary>
    public int EstimatedWaitMinS { get; init; }

    /// <summary>Who is called first.</summary>
    public CallbackMode Mode { get; init; } = CallbackMode.AgentFirst;

    /// <summary>Attempts in all, 1 to 10.</summary>
    public int AttemptsMax { get; init; } = 3;

    /// <summary>Least time between attempts, seconds.</summary>
    public int GapS { get; init; } = 300;

    /// <summary>Given up after this time, seconds (default 12 hours).</summary>
    public int ExpiryS { get; init; } = 43_200;

    /// <summary>How long the customer's telephone rings, seconds.</summary>
    public int RingS { get; init; } = 30;

    /// <summary>Caller number shown; null for the number dialled by the customer.</summary>
    public string? CallerId { get; init; }
}

/// <summary>A named, versioned definition of service level; see docs/guide/METRICS.</summary>
/// <param name="Id">The name, such as canonical-1.</param>
/// <param name="ThresholdS">Threshold T, seconds.</param>
/// <param name="ShortAbandonS">Abandons up to this are short, seconds.</param>
/// <param name="Formula">How it is computed.</param>
public sealed record ServiceLevelConfig(
    ServiceLevelId Id, int ThresholdS = 20, int ShortAbandonS = 5,
    ServiceLevelFormula Formula = ServiceLevelFormula.Canonical);

/// <summary>The formulas of features §5.1, by what they count.</summary>
public enum ServiceLevelFormula
{
    /// <summary>A≤T / (A + AB − SAB + flowed out).</summary>
    Canonical,

    /// <summary>A≤T / A: abandoned calls ignored.</summary>
    AnsweredOnly,

    /// <summary>(A≤T + AB≤T) / (A + AB).</summary>
    AnsweredAndAbandonedInTime,

    /// <summary>Left the queue within T for any reason / all that entered.</summary>
    RemovedInTime,

    /// <summary>A≤T / (A + AB later than T).</summary>
    LateAbandonsOnly,

    /// <summary>A≤T / (A + AB − SAB), flowed out ignored.</summary>
    ShortAbandonsExcluded,

    /// <summary>A≤T / all that entered.</summary>
    Everything,
}
