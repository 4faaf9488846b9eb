using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Server.Storage;

namespace Plateau.Server.Agents;

/// <summary>One stretch [Start, End) of an agent's logged-in time.</summary>
public sealed class AgentIntervalRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required long Ordinal { get; init; }
    public required AgentId Agent { get; init; }
    public required Instant LoginStarted { get; init; }
    public required AgentState State { get; init; }
    public NotReadyReasonId? Reason { get; init; }
    public required Instant Start { get; init; }
    public required Instant End { get; init; }
    public required AgentCause Cause { get; init; }
    public CallId? Call { get; init; }
    public QueueId? Queue { get; init; }

    /// <summary>The interval as the centre told it.</summary>
    public AgentIntervalRecord Record() =>
        new(Tenant, Agent, LoginStarted, State, Reason, Start, End, Cause, Call, Queue);
}

/// <summary>Agents' intervals.</summary>
internal static class AgentIntervalTable
{
    internal static void Configure(ModelBuilder model) => model.Entity<AgentIntervalRow>(e =>
    {
        e.ToTable("agent_interval").HasKey(r => new { r.Tenant, r.Ordinal });
        e.HasIndex(r => new { r.Tenant, r.Agent, r.Start });
    });

    internal static void Add(TenantDb db, long ordinal, AgentIntervalRecord record) => db.Inserts.Add(new AgentIntervalRow
    {
        Tenant = record.Tenant,
        Ordinal = ordinal,
        Agent = record.Agent,
        LoginStarted = record.LoginStarted,
        State = record.State,
        Reason = record.Reason,
        Start = record.Start,
        End = record.End,
        Cause = record.Cause,
        Call = record.Call,
        Queue = record.Queue,
    });
}
