namespace Plateau.Contracts.Agents;

/// <summary>One stretch [Start, End) of an agent's logged-in time. The stretches of a log-in touch without gap or
/// overlap.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Agent">The agent.</param>
/// <param name="LoginStarted">When this log-in began; names the log-in together with the agent.</param>
/// <param name="State">What the centre did with the agent.</param>
/// <param name="Reason">The not-ready reason of a pause.</param>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it.</param>
/// <param name="Cause">Why the state began.</param>
/// <param name="Call">The call it belonged to, if any.</param>
/// <param name="Queue">The queue it belonged to, if any.</param>
public sealed record AgentIntervalRecord(
    TenantId Tenant,
    AgentId Agent,
    Instant LoginStarted,
    AgentState State,
    NotReadyReasonId? Reason,
    Instant Start,
    Instant End,
    AgentCause Cause,
    CallId? Call = null,
    QueueId? Queue = null);
