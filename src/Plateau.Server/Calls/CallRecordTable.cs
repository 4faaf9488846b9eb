using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Server.Storage;

namespace Plateau.Server.Calls;

/// <summary>A call record: what is searched in columns of its own, the whole as JSON.</summary>
public sealed class CallRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required CallId Call { get; init; }
    public required CallDirection Direction { get; init; }
    public required string Caller { get; init; }
    public required string Called { get; init; }
    public required string Language { get; init; }
    public required Instant Started { get; init; }
    public Instant? Answered { get; init; }
    public Instant? Connected { get; init; }
    public required Instant Ended { get; init; }
    public required ClearingCause Cause { get; init; }
    public required ClearingSide EndedBy { get; init; }

    /// <summary>The last queue the call was in; null for none.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>The last agent who talked; null for none.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>Time in queues, all visits together, milliseconds.</summary>
    public required long WaitMs { get; init; }

    /// <summary>
    /// Time that the customer's leg talked, was in consultation or conference, or held, milliseconds.
    /// </summary>
    public required long TalkMs { get; init; }

    public FlowId? Flow { get; init; }

    /// <summary>May be given or changed after the record was written.</summary>
    public DispositionId? Disposition { get; set; }
    public string? Notes { get; set; }

    /// <summary>The whole <see cref="CallRecord"/>.</summary>
    public required string Json { get; init; }

    /// <summary>The record as the centre wrote it.</summary>
    public CallRecord Record() => JsonSerializer.Deserialize<CallRecord>(Json, PlateauJson.Options)!;
}

/// <summary>A leg of a recorded call.</summary>
public sealed class LegRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required CallId Call { get; init; }
    public required LegId Leg { get; init; }
    public required LegRole Role { get; init; }
    public AgentId? Agent { get; init; }
    public TrunkId? Trunk { get; init; }
    public required string Party { get; init; }
    public required ClearingCause Cause { get; init; }
    public required ClearingSide EndedBy { get; init; }
    public int? Q850Cause { get; init; }
    public int? SipStatus { get; init; }
    public string? Codec { get; init; }

    /// <summary>Estimated mean opinion score, 1.0 to 4.5; null when no media flowed.</summary>
    public double? Mos { get; init; }
}

/// <summary>A segment of a leg: [Start, End).</summary>
public sealed class SegmentRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required CallId Call { get; init; }
    public required LegId Leg { get; init; }

    /// <summary>Place within the leg, 0 upwards.</summary>
    public required int N { get; init; }
    public required SegmentKind Kind { get; init; }
    public required Instant Start { get; init; }
    public required Instant End { get; init; }
    public QueueId? Queue { get; init; }
    public AgentId? Agent { get; init; }
    public string? Detail { get; init; }
}

/// <summary>A recording or message that belongs to a recorded call.</summary>
public sealed class RecordingRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required RecordingId Recording { get; init; }
    public required CallId Call { get; init; }
    public required Instant Started { get; init; }
    public required long DurationMs { get; init; }

    /// <summary>Path below the recordings folder, with '/'.</summary>
    public required string Path { get; init; }
    public required long Bytes { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }
    public required bool IsMessage { get; init; }

    /// <summary>When retention or a person removed the audio; null while it is there.</summary>
    public Instant? Removed { get; set; }
}

/// <summary>Call records with their legs, segments and recordings.</summary>
internal static class CallRecordTable
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<CallRow>(e =>
        {
            e.ToTable("call_record").HasKey(r => new { r.Tenant, r.Call });
            e.HasIndex(r => new { r.Tenant, r.Started });
        });
        model.Entity<LegRow>(e => e.ToTable("leg").HasKey(r => new { r.Tenant, r.Call, r.Leg }));
        model.Entity<SegmentRow>(e => e.ToTable("segment").HasKey(r => new { r.Tenant, r.Call, r.Leg, r.N }));
        model.Entity<RecordingRow>(e => e.ToTable("recording").HasKey(r => new { r.Tenant, r.Recording }));
    }

    /// <summary>Adds the rows of a record that is not there yet.</summary>
    internal static void Add(TenantDb db, CallRecord record)
    {
        db.Inserts.Add(Row(record));
        foreach (var leg in record.Legs)
        {
            db.Inserts.Add(Row(record, leg));
            db.Inserts.AddRange(leg.Segments.Select((segment, n) => Row(record, leg, segment, n)));
        }

        Routing.QueueVisitTable.Add(db, record);
        db.Inserts.AddRange(record.Recordings.Select(r => new RecordingRow
        {
            Tenant = record.Tenant,
            Recording = r.Recording,
            Call = record.Call,
            Started = r.Started,
            DurationMs = Ms(r.Duration),
            Path = r.Path,
            Bytes = r.Bytes,
            Sha256 = r.Sha256,
            IsMessage = r.IsMessage,
        }));
    }

    private static CallRow Row(CallRecord record) => new()
    {
        Tenant = record.Tenant,
        Call = record.Call,
        Direction = record.Direction,
        Caller = record.Caller,
        Called = record.Called,
        Language = record.Language,
        Started = record.Started,
        Answered = record.Answered,
        Connected = record.Connected,
        Ended = record.Ended,
        Cause = record.Cause,
        EndedBy = record.EndedBy,
        Queue = record.QueueVisits.Count == 0 ? null : record.QueueVisits[^1].Queue,
        Agent = record.Legs.LastOrDefault(l => l.Role == LegRole.Agent && l.Segments.Any(IsTalk))?.Agent,
        WaitMs = record.QueueVisits.Sum(v => Ms(v.Left - v.Entered)),
        TalkMs = record.Legs.Where(l => l.Role == LegRole.Customer).SelectMany(l => l.Segments).Where(IsTalk)
            .Sum(s => Ms(s.End - s.Start)),
        Flow = record.Flow,
        Disposition = record.Disposition,
        Notes = record.Notes,
        Json = JsonSerializer.Serialize(record, PlateauJson.Options),
    };

    private static LegRow Row(CallRecord record, LegRecord leg) => new()
    {
        Tenant = record.Tenant,
        Call = record.Call,
        Leg = leg.Leg,
        Role = leg.Role,
        Agent = leg.Agent,
        Trunk = leg.Trunk,
        Party = leg.Party,
        Cause = leg.Cause,
        EndedBy = leg.EndedBy,
        Q850Cause = leg.Q850Cause,
        SipStatus = leg.SipStatus,
        Codec = leg.Quality?.Codec,
        Mos = leg.Quality?.Mos,
    };

    private static SegmentRow Row(CallRecord record, LegRecord leg, SegmentRecord segment, int n) => new()
    {
        Tenant = record.Tenant,
        Call = record.Call,
        Leg = leg.Leg,
        N = n,
        Kind = segment.Kind,
        Start = segment.Start,
        End = segment.End,
        Queue = segment.Queue,
        Agent = leg.Agent,
        Detail = segment.Detail,
    };

    private static bool IsTalk(SegmentRecord segment) => segment.Kind is
        SegmentKind.Talking or SegmentKind.Held or SegmentKind.Consulting or SegmentKind.Conference;

    private static long Ms(TimeSpan span) => (long)span.TotalMilliseconds;
}
