using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Server.Storage;

namespace Plateau.Server.Routing;

/// <summary>One stay of a recorded call in a queue.</summary>
public sealed class QueueVisitRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required CallId Call { get; init; }

    /// <summary>Place within the call, 0 upwards.</summary>
    public required int N { get; init; }
    public required QueueId Queue { get; init; }
    public required Instant Entered { get; init; }
    public required Instant Left { get; init; }
    public required QueueExit Exit { get; init; }
    public AgentId? Agent { get; init; }
    public required int PositionAtEntry { get; init; }
    public long? EstimatedWaitMs { get; init; }
}

/// <summary>One offer of a recorded call to one agent.</summary>
public sealed class OfferRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required OfferId Offer { get; init; }
    public required CallId Call { get; init; }
    public required QueueId Queue { get; init; }
    public required AgentId Agent { get; init; }
    public required Instant Made { get; init; }
    public required Instant Ended { get; init; }
    public required OfferOutcome Outcome { get; init; }
}

/// <summary>Queue visits and offers of recorded calls.</summary>
internal static class QueueVisitTable
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<QueueVisitRow>(e =>
        {
            e.ToTable("queue_visit").HasKey(r => new { r.Tenant, r.Call, r.N });
            e.HasIndex(r => new { r.Tenant, r.Queue, r.Entered });
        });
        model.Entity<OfferRow>(e =>
        {
            e.ToTable("offer").HasKey(r => new { r.Tenant, r.Offer });
            e.HasIndex(r => new { r.Tenant, r.Agent, r.Made });
        });
    }

    internal static void Add(TenantDb db, CallRecord record)
    {
        for (var n = 0; n < record.QueueVisits.Count; n++)
        {
            var visit = record.QueueVisits[n];
            db.Inserts.Add(new QueueVisitRow
            {
                Tenant = record.Tenant,
                Call = record.Call,
                N = n,
                Queue = visit.Queue,
                Entered = visit.Entered,
                Left = visit.Left,
                Exit = visit.Exit,
                Agent = visit.Agent,
                PositionAtEntry = visit.PositionAtEntry,
                EstimatedWaitMs = (long?)visit.EstimatedWait?.TotalMilliseconds,
            });
            db.Inserts.AddRange(visit.Offers.Select(o => new OfferRow
            {
                Tenant = record.Tenant,
                Offer = o.Offer,
                Call = record.Call,
                Queue = visit.Queue,
                Agent = o.Agent,
                Made = o.Made,
                Ended = o.Ended,
                Outcome = o.Outcome,
            }));
        }
    }
}
