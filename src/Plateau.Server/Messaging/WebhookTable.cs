using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Server.Storage;

namespace Plateau.Server.Messaging;

/// <summary>Where an integrator wants facts to be sent.</summary>
public sealed class WebhookRow : ITenantRow
{
    public required TenantId Tenant { get; init; }

    /// <summary>Its name within the tenant.</summary>
    public required string Webhook { get; init; }

    /// <summary>Absolute http or https URL.</summary>
    public required string Url { get; set; }

    /// <summary>Key of the signature; shown once.</summary>
    public required string Secret { get; set; }

    /// <summary>Types of facts wanted, separated by spaces; empty = all.</summary>
    public required string Types { get; set; }
    public required bool IsEnabled { get; set; }
    public required Instant Created { get; init; }

    /// <summary>Sequence of the last fact for which a delivery was considered.</summary>
    public required long Cursor { get; set; }
}

/// <summary>What became of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>To be tried at <see cref="WebhookDeliveryRow.NextAttempt"/>.</summary>
    Pending,

    /// <summary>Answered with 2xx.</summary>
    Delivered,

    /// <summary>Given up after the last attempt; can be set back to pending by hand.</summary>
    Dead,
}

/// <summary>One fact for one webhook.</summary>
public sealed class WebhookDeliveryRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required string Webhook { get; init; }
    public required long Sequence { get; init; }
    public required DeliveryState State { get; set; }
    public required int Attempts { get; set; }
    public required Instant NextAttempt { get; set; }
    public Instant? LastAttempt { get; set; }

    /// <summary>HTTP status of the last attempt; 0 when none came.</summary>
    public int? LastStatus { get; set; }
    public string? LastError { get; set; }

    /// <summary>The body, as it is sent each time.</summary>
    public required string Body { get; init; }
}

/// <summary>Webhooks and their deliveries.</summary>
internal static class WebhookTable
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<WebhookRow>(e => e.ToTable("webhook").HasKey(r => new { r.Tenant, r.Webhook }));
        model.Entity<WebhookDeliveryRow>(e =>
        {
            e.ToTable("webhook_delivery").HasKey(r => new { r.Tenant, r.Webhook, r.Sequence });
            e.HasIndex(r => new { r.Tenant, r.State, r.NextAttempt });
        });
    }

    /// <summary>Removes deliveries that are done or dead and older than the retention.</summary>
    internal static Task<int> RemoveBefore(TenantDb db, Instant before, CancellationToken stop) => db.WebhookDeliveries
        .Where(d => d.State != DeliveryState.Pending && d.LastAttempt < before).ExecuteDeleteAsync(stop);
}
