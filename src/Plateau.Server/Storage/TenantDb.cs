using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Server.Agents;
using Plateau.Server.Calls;
using Plateau.Server.Insights;
using Plateau.Server.Messaging;
using Plateau.Server.Routing;

namespace Plateau.Server.Storage;

/// <summary>A row that belongs to a tenant: every row does.</summary>
public interface ITenantRow
{
    /// <summary>Whose row.</summary>
    TenantId Tenant { get; }
}

/// <summary>The database as one tenant sees it; there is no other way to see it.</summary>
/// <remarks>
/// Every query has the tenant's filter, and saving a row of another tenant throws, so a slice cannot forget the tenant.
/// Got from <see cref="Database.Open"/>, short-lived, one thread.
/// </remarks>
public sealed class TenantDb(DbContextOptions<TenantDb> options, TenantId tenant) : DbContext(options)
{
    private RowInserts? _inserts;

    /// <summary>Whose.</summary>
    public TenantId Tenant { get; } = tenant;

    /// <summary>New rows in numbers, written by <see cref="RowInserts.Write"/> and not by saving.</summary>
    internal RowInserts Inserts => _inserts ??= new RowInserts(this);

    public DbSet<CallRow> Calls => Set<CallRow>();
    public DbSet<LegRow> Legs => Set<LegRow>();
    public DbSet<SegmentRow> Segments => Set<SegmentRow>();
    public DbSet<RecordingRow> Recordings => Set<RecordingRow>();
    public DbSet<QueueVisitRow> QueueVisits => Set<QueueVisitRow>();
    public DbSet<OfferRow> Offers => Set<OfferRow>();
    public DbSet<AgentIntervalRow> AgentIntervals => Set<AgentIntervalRow>();
    public DbSet<DecisionRow> Decisions => Set<DecisionRow>();
    public DbSet<FactRow> Facts => Set<FactRow>();
    public DbSet<WatermarkRow> Watermarks => Set<WatermarkRow>();
    public DbSet<ConfigVersionRow> ConfigVersions => Set<ConfigVersionRow>();
    public DbSet<PromptAudioRow> PromptAudio => Set<PromptAudioRow>();
    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<WebhookRow> Webhooks => Set<WebhookRow>();
    public DbSet<WebhookDeliveryRow> WebhookDeliveries => Set<WebhookDeliveryRow>();

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RefuseForeignRows();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseForeignRows();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        ColumnForms.Configure(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        CallRecordTable.Configure(modelBuilder);
        QueueVisitTable.Configure(modelBuilder);
        DecisionTable.Configure(modelBuilder);
        AgentIntervalTable.Configure(modelBuilder);
        FactTable.Configure(modelBuilder);
        SettingsTable.Configure(modelBuilder);
        WebhookTable.Configure(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
            }
        }

        OwnAll(modelBuilder);
    }

    private void OwnAll(ModelBuilder model)
    {
        Own<CallRow>(model);
        Own<LegRow>(model);
        Own<SegmentRow>(model);
        Own<RecordingRow>(model);
        Own<QueueVisitRow>(model);
        Own<OfferRow>(model);
        Own<AgentIntervalRow>(model);
        Own<DecisionRow>(model);
        Own<FactRow>(model);
        Own<WatermarkRow>(model);
        Own<ConfigVersionRow>(model);
        Own<PromptAudioRow>(model);
        Own<ApiKeyRow>(model);
        Own<AuditRow>(model);
        Own<WebhookRow>(model);
        Own<WebhookDeliveryRow>(model);
        foreach (var entity in model.Model.GetEntityTypes())
        {
            if (entity.GetDeclaredQueryFilters().Count == 0)
            {
                throw new InvalidOperationException($"{entity.Name} has no tenant filter.");
            }
        }
    }

    private void Own<T>(ModelBuilder model)
        where T : class, ITenantRow => model.Entity<T>().HasQueryFilter(row => row.Tenant == Tenant);

    private void RefuseForeignRows()
    {
        foreach (var entry in ChangeTracker.Entries<ITenantRow>())
        {
            if (entry.State is not (EntityState.Unchanged or EntityState.Detached) && entry.Entity.Tenant != Tenant)
            {
                throw new InvalidOperationException($"A row of {entry.Entity.Tenant} in the database of {Tenant}.");
            }
        }
    }

    private static string SnakeCase(string name) => string.Concat(name.Select((c, i) =>
        char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
