using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Core.Routing;
using Plateau.Server.Storage;

namespace Plateau.Server.Routing;

/// <summary>Why a call was offered to whom.</summary>
public sealed class DecisionRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required long Ordinal { get; init; }
    public required CallId Call { get; init; }
    public required QueueId Queue { get; init; }
    public required Instant At { get; init; }
    public OfferId? Offer { get; init; }
    public AgentId? Chosen { get; init; }

    /// <summary>The whole <see cref="DecisionRecord"/>.</summary>
    public required string Json { get; init; }

    /// <summary>The decision as the centre told it.</summary>
    public DecisionRecord Record() => JsonSerializer.Deserialize<DecisionRecord>(Json, PlateauJson.Options)!;
}

/// <summary>Decisions of the routing, for "why this agent?".</summary>
internal static class DecisionTable
{
    internal static void Configure(ModelBuilder model) => model.Entity<DecisionRow>(e =>
    {
        e.ToTable("decision").HasKey(r => new { r.Tenant, r.Ordinal });
        e.HasIndex(r => new { r.Tenant, r.Call });
    });

    internal static void Add(TenantDb db, long ordinal, DecisionRecord record) => db.Inserts.Add(new DecisionRow
    {
        Tenant = db.Tenant,
        Ordinal = ordinal,
        Call = record.Call,
        Queue = record.Queue,
        At = record.At,
        Offer = record.Offer,
        Chosen = record.Chosen,
        Json = JsonSerializer.Serialize(record, PlateauJson.Options),
    });
}
