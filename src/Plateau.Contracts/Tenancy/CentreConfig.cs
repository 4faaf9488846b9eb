using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Telephony;

namespace Plateau.Contracts.Tenancy;

/// <summary>Everything that an administrator sets for one tenant: an immutable whole, swapped at once.</summary>
/// <remarks>A call finishes under the configuration it started with, except where a member says that it applies to
/// waiting calls.</remarks>
public sealed record CentreConfig
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The name people see.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>IANA time zone in which hours and holidays are read.</summary>
    public string TimeZone { get; init; } = "Europe/Paris";

    /// <summary>Language of callers until they choose: "fr" or "en".</summary>
    public string Language { get; init; } = "fr";

    /// <summary>Order of waiting calls over all queues.</summary>
    public QueueOrdering Ordering { get; init; } = QueueOrdering.Score;

    /// <summary>Calls at the same time, in and out together; the next one is refused with cause LimitReached.</summary>
    public int CallsMax { get; init; } = 2_000;

    /// <summary>Skills known to the centre.</summary>
    public IReadOnlyList<SkillConfig> Skills { get; init; } = [];

    /// <summary>Teams of agents.</summary>
    public IReadOnlyList<TeamConfig> Teams { get; init; } = [];

    /// <summary>Agents and supervisors.</summary>
    public IReadOnlyList<AgentConfig> Agents { get; init; } = [];

    /// <summary>Queues.</summary>
    public IReadOnlyList<QueueConfig> Queues { get; init; } = [];

    /// <summary>Flows.</summary>
    public IReadOnlyList<FlowConfig> Flows { get; init; } = [];

    /// <summary>Numbers dialled and what answers them.</summary>
    public IReadOnlyList<EntryPointConfig> EntryPoints { get; init; } = [];

    /// <summary>Opening hours.</summary>
    public IReadOnlyList<HoursConfig> Hours { get; init; } = [];

    /// <summary>Reasons for pausing.</summary>
    public IReadOnlyList<NotReadyReasonConfig> NotReadyReasons { get; init; } = [];

    /// <summary>Dispositions.</summary>
    public IReadOnlyList<DispositionConfig> Dispositions { get; init; } = [];

    /// <summary>Prompts.</summary>
    public IReadOnlyList<PromptConfig> Prompts { get; init; } = [];

    /// <summary>Trunks.</summary>
    public IReadOnlyList<TrunkConfig> Trunks { get; init; } = [];

    /// <summary>Telephones of the house.</summary>
    public IReadOnlyList<PhoneConfig> Phones { get; init; } = [];

    /// <summary>Named definitions of service level; the built-in ones are always there.</summary>
    public IReadOnlyList<ServiceLevelConfig> ServiceLevels { get; init; } = [];

    /// <summary>Agents' lease: heartbeats and what happens without them.</summary>
    public LeaseConfig Lease { get; init; } = new();
}

/// <summary>A number dialled (or a pattern of numbers) and the flow or queue that answers it.</summary>
public sealed record EntryPointConfig
{
    /// <summary>The number as it arrives after the trunk's translation, E.164 with '+', or digits; '*' at the end
    /// matches any rest.</summary>
    public required string Number { get; init; }

    /// <summary>The flow that answers; exactly one of flow, queue and agent is set.</summary>
    public FlowId? Flow { get; init; }

    /// <summary>The queue that takes the call directly.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>The agent who is rung directly.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>Language until the caller chooses; null for the centre's.</summary>
    public string? Language { get; init; }

    /// <summary>What the number is for, shown to the agent.</summary>
    public string? Label { get; init; }
}

/// <summary>A skill.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Name">What people see.</param>
public sealed record SkillConfig(SkillId Id, string Name = "");

/// <summary>A team.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Name">What people see.</param>
public sealed record TeamConfig(TeamId Id, string Name = "");

/// <summary>A disposition; codes form a tree by <paramref name="Parent"/>.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Name">What people see.</param>
/// <param name="Parent">The branch it hangs on; null at the top.</param>
/// <param name="IsSuccess">Whether it counts as a success.</param>
public sealed record DispositionConfig(
    DispositionId Id, string Name = "", DispositionId? Parent = null, bool IsSuccess = false);

/// <summary>A reason for pausing.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Name">What people see.</param>
/// <param name="IsProductive">Work away from the queue (training, back office), as against a break.</param>
/// <param name="IsPaid">Counts as working time.</param>
/// <param name="MaxS">Longest stay before the supervisor is told, seconds; 0 for no limit.</param>
public sealed record NotReadyReasonConfig(
    NotReadyReasonId Id, string Name = "", bool IsProductive = false, bool IsPaid = true, int MaxS = 0);

/// <summary>A prompt: audio by language, or text that is spoken where there is no audio.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Texts">Text by language ("fr", "en").</param>
/// <param name="Files">Audio file by language, below the tenant's prompts folder.</param>
public sealed record PromptConfig(
    PromptId Id,
    IReadOnlyDictionary<string, string>? Texts = null,
    IReadOnlyDictionary<string, string>? Files = null);

/// <summary>Opening hours in the centre's time zone.</summary>
public sealed record HoursConfig
{
    /// <summary>The name.</summary>
    public required HoursId Id { get; init; }

    /// <summary>Weekly periods; none and <see cref="IsAlwaysOpen"/> false means never open.</summary>
    public IReadOnlyList<OpenPeriodConfig> Periods { get; init; } = [];

    /// <summary>Open at any hour, holidays included.</summary>
    public bool IsAlwaysOpen { get; init; }

    /// <summary>Close on French public holidays (metropolitan), computed.</summary>
    public bool FrenchHolidays { get; init; }

    /// <summary>Single days that differ.</summary>
    public IReadOnlyList<SpecialDayConfig> SpecialDays { get; init; } = [];

    /// <summary>IANA time zone; null for the centre's.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>A weekly open period; a period that ends at or before its start goes on past midnight.</summary>
/// <param name="Days">Days on which it starts.</param>
/// <param name="From">Local time it starts, "09:00".</param>
/// <param name="To">Local time it ends, "18:30"; "24:00" is written "00:00".</param>
public sealed record OpenPeriodConfig(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To);

/// <summary>A single day that differs from the week.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Periods">Open periods of the day; none = closed. Days are ignored.</param>
/// <param name="Name">Why: "Inventaire", "Fermeture exceptionnelle".</param>
public sealed record SpecialDayConfig(DateOnly Date, IReadOnlyList<OpenSpanConfig>? Periods = null, string Name = "");

/// <summary>An open span of a single day.</summary>
/// <param name="From">Local time it starts.</param>
/// <param name="To">Local time it ends; "00:00" is the end of the day.</param>
public sealed record OpenSpanConfig(TimeOnly From, TimeOnly To);

/// <summary>Agents' lease (features: heartbeat every 5 s, suspect at 12 s, unreachable at 20 s, logged out at 120
/// s).</summary>
/// <param name="UnreachableS">Seconds without a heartbeat until the agent is unreachable.</param>
/// <param name="LogOutS">Seconds without a heartbeat until the agent is logged out.</param>
/// <param name="AcknowledgeMs">Milliseconds a client has to acknowledge an offer before it counts as
/// unreachable.</param>
public sealed record LeaseConfig(int UnreachableS = 20, int LogOutS = 120, int AcknowledgeMs = 1_000);
