using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Server.Insights;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;

namespace Plateau.IntegrationTests.Messaging;

public sealed class EventStreamTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reader_gets_what_was_told_before_and_then_what_is_told_without_gap()
    {
        using var outbox = Outbox.Open(_folder["outbox"]);
        var stream = new EventStream(SampleRecords.Tenant, await NewDatabase(), outbox);
        Tell(stream, outbox: null, 1, 5);
        var reading = Take(stream, 2, 6);
        Tell(stream, outbox: null, 6, 8);
        Assert.Equal([3, 4, 5, 6, 7, 8], await reading.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_reader_far_behind_gets_database_outbox_and_memory_in_one_row()
    {
        var database = await NewDatabase();
        using var outbox = Outbox.Open(_folder["outbox"], fileBytesMax: 4_000);
        var before = new EventStream(SampleRecords.Tenant, database, outbox);
        Tell(before, outbox, 1, 300);
        await using (var writer = new DatabaseWriter(
            database, SampleRecords.Tenant, outbox, _folder["refused"], NullLogger.Instance))
        {
            await writer.WaitUntilWritten(300).WaitAsync(Patience);
        }

        // From here on the database gets nothing: it is "away", and a restart has emptied the memory.
        Tell(before, outbox, 301, 900);
        var after = new EventStream(SampleRecords.Tenant, database, outbox);
        Tell(after, outbox, 901, 910);
        Assert.Equal(Enumerable.Range(1, 910).Select(i => (long)i), await Take(after, 0, 910).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_fact_told_again_by_a_replay_is_told_once()
    {
        using var outbox = Outbox.Open(_folder["outbox"]);
        var stream = new EventStream(SampleRecords.Tenant, await NewDatabase(), outbox);
        Tell(stream, outbox, 1, 5);
        Tell(stream, outbox, 1, 6);
        Assert.Equal([1, 2, 3, 4, 5, 6], await Take(stream, 0, 6).WaitAsync(Patience));
        Assert.Equal(6, outbox.LastOrdinal);
    }

    [Fact]
    public async Task A_place_that_is_no_longer_kept_or_lies_in_the_future_is_named()
    {
        var database = await NewDatabase();
        using var outbox = Outbox.Open(_folder["outbox"], fileBytesMax: 200);
        Tell(new EventStream(SampleRecords.Tenant, database, outbox), outbox, 1, 20);
        await using (var writer = new DatabaseWriter(
            database, SampleRecords.Tenant, outbox, _folder["refused"], NullLogger.Instance))
        {
            await writer.WaitUntilWritten(20).WaitAsync(Patience);
        }

        await using (var db = database.Open(SampleRecords.Tenant))
        {
            await FactTable.RemoveBefore(db, At(11), CancellationToken.None);
        }

        var stream = new EventStream(SampleRecords.Tenant, database, outbox);
        stream.Begin(20);
        var gone = await Assert.ThrowsAsync<FactsGoneException>(() => stream.Next(5).WaitAsync(Patience));
        Assert.Equal(11, gone.Nearest);
        Assert.Equal(11, (await stream.Next(10).WaitAsync(Patience))[0].Sequence);
        await Assert.ThrowsAsync<FactsGoneException>(() => stream.Next(21).WaitAsync(Patience));
    }

    [Fact]
    public async Task Memory_holds_a_ring_only()
    {
        var database = await NewDatabase();
        using var outbox = Outbox.Open(_folder["outbox"]);
        var stream = new EventStream(SampleRecords.Tenant, database, outbox);
        Tell(stream, outbox, 1, EventStream.RingMax + 10);
        Assert.Equal(1, (await stream.Next(0))[0].Sequence);
        Assert.Equal(11, (await stream.Next(10))[0].Sequence);
    }

    private static Instant At(long sequence) => SampleRecords.Noon + TimeSpan.FromSeconds(sequence);

    private static void Tell(EventStream stream, Outbox? outbox, long first, long last)
    {
        var entries = new List<OutboxEntry>();
        for (var i = first; i <= last; i++)
        {
            var fact = new CallCleared(new CallId((ulong)i), ClearingCause.Normal, ClearingSide.Customer);
            stream.Append(new FactRecord(i, At(i), SampleRecords.Tenant, fact));
            entries.Add(new OutboxEntry(i, At(i), i, fact));
            if (entries.Count == 3)
            {
                outbox?.Append(entries);
                entries.Clear();
            }
        }

        outbox?.Append(entries);
    }

    private static async Task<List<long>> Take(EventStream stream, long after, int count)
    {
        var sequences = new List<long>();
        await foreach (var fact in stream.Read(after))
        {
            sequences.Add(fact.Sequence);
            if (sequences.Count == count)
            {
                break;
            }
        }

        return sequences;
    }

    private async Task<Database> NewDatabase()
    {
        var database = new Database(DatabaseOptions.File(_folder["plateau.db"]));
        await database.Migrate();
        return database;
    }
}
