using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Server.Storage;

namespace Plateau.Server.Insights;

/// <summary>A fact of the tenant's stream.</summary>
public sealed class FactRow : ITenantRow
{
    public required TenantId Tenant { get; init; }

    /// <summary>1 upwards without gap.</summary>
    public required long Sequence { get; init; }
    public required Instant At { get; init; }

    /// <summary>The fact's type name in JSON, such as callQueued.</summary>
    public required string Type { get; init; }

    /// <summary>The call it is about, if any.</summary>
    public CallId? Call { get; init; }
    public required string Json { get; init; }

    /// <summary>The fact with its place.</summary>
    public FactRecord Record() => new(
        Sequence, At, Tenant, JsonSerializer.Deserialize<Fact>(Json, PlateauJson.Options)!);
}

/// <summary>The history of facts, kept as long as the retention says.</summary>
internal static class FactTable
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> CallProperties = new();

    internal static void Configure(ModelBuilder model) => model.Entity<FactRow>(e =>
    {
        e.ToTable("fact").HasKey(r => new { r.Tenant, r.Sequence });
        e.HasIndex(r => new { r.Tenant, r.At });
        e.HasIndex(r => new { r.Tenant, r.Call });
    });

    internal static void Add(TenantDb db, OutboxEntry entry, Fact fact) => db.Inserts.Add(new FactRow
    {
        Tenant = db.Tenant,
        Sequence = entry.Sequence!.Value,
        At = entry.At,
        Type = TypeName(fact),
        Call = CallOf(fact),
        Json = JsonSerializer.Serialize(fact, PlateauJson.Options),
    });

    /// <summary>Removes facts older than the retention; the sequence goes on.</summary>
    /// <returns>How many went.</returns>
    internal static Task<int> RemoveBefore(TenantDb db, Instant before, CancellationToken stop) =>
        db.Facts.Where(f => f.At < before).ExecuteDeleteAsync(stop);

    /// <summary>The fact's name in JSON.</summary>
    internal static string TypeName(Fact fact) => JsonNamingPolicy.CamelCase.ConvertName(fact.GetType().Name);

    private static CallId? CallOf(Fact fact) => CallProperties.GetOrAdd(fact.GetType(), static type =>
        type.GetProperty("Call") is { } property && (Nullable.GetUnderlyingType(property.PropertyType)
            ?? property.PropertyType) == typeof(CallId) ? property : null)?.GetValue(fact) as CallId?;
}
