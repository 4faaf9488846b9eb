using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts.Tenancy;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;

namespace Plateau.IntegrationTests.Storage;

/// <summary>A PostgreSQL of its own that goes away and comes back.</summary>
public sealed class DatabaseOutageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Records_wait_while_the_database_is_away_and_are_there_once_when_it_is_back()
    {
        await using var server = await PostgresServer.TryStart();
        Assert.SkipWhen(server is null, "PostgreSQL is not installed (Debian: postgresql)");
        var database = new Database(new DatabaseOptions(DatabaseKind.Postgres, await server!.NewDatabase()));
        await database.Migrate();
        using var outbox = Outbox.Open(_folder["outbox"], fileBytesMax: 100_000);
        await using var writer = new DatabaseWriter(
            database, SampleRecords.Tenant, outbox, _folder["refused"], NullLogger.Instance);
        var stream = new EventStream(SampleRecords.Tenant, database, outbox);

        for (var round = 0; round < 2; round++)
        {
            Append(outbox, round, calls: 300);
            // In the middle of writing: at least one transaction of the round is there, others are under way.
            await writer.WaitUntilWritten((round * 600 * 4) + 1).WaitAsync(Patience);
            await server.Crash();
            Append(outbox, round, calls: 300, skip: 300);
            await Away(writer, outbox);
            Assert.NotEmpty(await stream.Next((round * 600) + 599).WaitAsync(Patience));
            await server.Start();
            await writer.WaitUntilWritten((round + 1) * 600 * 4).WaitAsync(Patience);
            Assert.Null(writer.State.Outage);
        }

        await using var db = database.Open(SampleRecords.Tenant);
        Assert.Equal(1_200, await db.Calls.CountAsync());
        Assert.Equal(1_200, await db.AgentIntervals.CountAsync());
        Assert.Equal(1_200, await db.Decisions.CountAsync());
        Assert.Equal(
            Enumerable.Range(1, 1_200).Select(i => (long)i),
            await db.Facts.OrderBy(f => f.Sequence).Select(f => f.Sequence).ToListAsync());
        Assert.False(Directory.Exists(_folder["refused"]));
        Assert.True(Directory.GetFiles(_folder["outbox"]).Length <= 2, "the outbox is trimmed behind the writer");
    }

    private static void Append(Outbox outbox, int round, int calls, int skip = 0)
    {
        var first = (round * 600) + skip;
        foreach (var part in SampleRecords.Entries((first * 4) + 1, first + 1, (ulong)first + 1, calls).Chunk(10))
        {
            outbox.Append(part);
        }
    }

    private static async Task Away(DatabaseWriter writer, Outbox outbox)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (writer.State.Outage is null && writer.State.Written < outbox.LastOrdinal)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.NotNull(writer.State.Outage);
    }
}
