using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Routing;
using Plateau.Server.Storage;

namespace Plateau.IntegrationTests.Fixtures;

/// <summary>Records as a centre would write them.</summary>
public static class SampleRecords
{
    public static readonly TenantId Tenant = new("acme");
    public static readonly Instant Noon = Instant.Parse("2026-11-22T12:00:00.123456Z");
    public static readonly AgentId Agent = new("a.durand");
    public static readonly QueueId Queue = new("sales");

    public static CallRecord Call(ulong n)
    {
        var start = Noon + TimeSpan.FromSeconds(n);
        var answered = start + TimeSpan.FromSeconds(2);
        var connected = start + TimeSpan.FromSeconds(20);
        var end = start + TimeSpan.FromSeconds(80);
        return new CallRecord
        {
            Call = new CallId(n),
            Tenant = Tenant,
            Direction = CallDirection.Inbound,
            Caller = "+33199001234",
            Called = "+33199005678",
            Started = start,
            Answered = answered,
            Connected = connected,
            Ended = end,
            Cause = ClearingCause.Normal,
            EndedBy = ClearingSide.Customer,
            Disposition = new DispositionId("sold"),
            Notes = "rappeler l'été, « urgent » 😀",
            Legs = [Customer(n, answered, connected, end), AgentLeg(n, connected, end)],
            QueueVisits = [Visit(n, answered, connected)],
            Recordings =
            [
                new RecordingRecord(
                    new RecordingId(n), connected, TimeSpan.FromSeconds(60), $"acme/2026/11/{n}.opus", 120_000,
                    new string('a', 64)),
            ],
        };
    }

    public static AgentIntervalRecord Interval(ulong n) => new(
        Tenant, Agent, Noon, AgentState.Idle, null, Noon + TimeSpan.FromSeconds(n),
        Noon + TimeSpan.FromSeconds(n + 1), AgentCause.Call, new CallId(n), Queue);

    public static DecisionRecord Decision(ulong n) => new(
        new CallId(n), Queue, Noon + TimeSpan.FromSeconds(n), new OfferId(n), Agent, 1, 12.5, "head",
        [new CandidateRecord(Agent, CandidateReason.Chosen, 0, 31.5)], 0);

    /// <summary>For each call one fact, its record, an interval and a decision, from the given ordinal on.</summary>
    public static IReadOnlyList<OutboxEntry> Entries(long firstOrdinal, long firstFact, ulong firstCall, int calls)
    {
        var entries = new List<OutboxEntry>();
        for (var i = 0; i < calls; i++)
        {
            var n = firstCall + (ulong)i;
            var ordinal = firstOrdinal + (i * 4);
            var at = Noon + TimeSpan.FromSeconds(n);
            var fact = new CallCleared(new CallId(n), ClearingCause.Normal, ClearingSide.Customer);
            entries.Add(new OutboxEntry(ordinal, at, firstFact + i, fact));
            entries.Add(new OutboxEntry(ordinal + 1, at, Call: Call(n)));
            entries.Add(new OutboxEntry(ordinal + 2, at, Interval: Interval(n)));
            entries.Add(new OutboxEntry(ordinal + 3, at, Decision: Decision(n)));
        }

        return entries;
    }

    private static LegRecord Customer(ulong n, Instant answered, Instant connected, Instant end) => new()
    {
        Leg = new LegId(n * 10),
        Role = LegRole.Customer,
        Party = "+33199001234",
        Cause = ClearingCause.Normal,
        EndedBy = ClearingSide.Customer,
        Trunk = new TrunkId("carrier"),
        Segments =
        [
            new SegmentRecord(SegmentKind.Ivr, answered, answered + TimeSpan.FromSeconds(3)),
            new SegmentRecord(SegmentKind.Queued, answered + TimeSpan.FromSeconds(3), connected, Queue),
            new SegmentRecord(SegmentKind.Talking, connected, end, Queue),
        ],
        Quality = new LegQuality("PCMA", 3000, 3, 3001, 1.5, 20.25, 4.3),
    };

    private static LegRecord AgentLeg(ulong n, Instant connected, Instant end) => new()
    {
        Leg = new LegId((n * 10) + 1),
        Role = LegRole.Agent,
        Agent = Agent,
        Party = "phone-7",
        Cause = ClearingCause.Normal,
        EndedBy = ClearingSide.System,
        Segments = [new SegmentRecord(SegmentKind.Talking, connected, end, Queue)],
    };

    private static QueueVisitRecord Visit(ulong n, Instant answered, Instant connected) => new()
    {
        Queue = Queue,
        Entered = answered + TimeSpan.FromSeconds(3),
        Left = connected,
        Exit = QueueExit.Answered,
        Agent = Agent,
        PositionAtEntry = 2,
        EstimatedWait = TimeSpan.FromSeconds(9),
        Offers =
        [
            new OfferRecord(
                new OfferId(n), Agent, connected - TimeSpan.FromSeconds(4), connected, OfferOutcome.Accepted),
        ],
    };
}
