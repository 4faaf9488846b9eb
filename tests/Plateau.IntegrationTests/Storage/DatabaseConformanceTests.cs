using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Server.Insights;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;

namespace Plateau.IntegrationTests.Storage;

/// <summary>What every database must do alike.</summary>
public abstract class DatabaseConformanceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected TemporaryFolder Folder { get; } = new();

    protected abstract Task<Database> NewDatabase();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_tables_have_exactly_the_columns_of_the_model()
    {
        var database = await NewDatabase();
        await using var db = database.Open(SampleRecords.Tenant);
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var expected = entity.GetProperties()
                .Select(p => $"{p.GetColumnName()} {(p.IsNullable ? "null" : "not null")}").Order();
            Assert.Equal(expected, (await Columns(db, entity.GetTableName()!)).Order());
        }
    }

    [Fact]
    public async Task A_call_record_is_kept_whole_and_found_by_its_columns()
    {
        var database = await NewDatabase();
        await Write(database, SampleRecords.Entries(1, 1, 7, 3));
        await using var db = database.Open(SampleRecords.Tenant);
        var from = SampleRecords.Noon + TimeSpan.FromSeconds(8);
        var row = await db.Calls.Where(c => c.Started >= from && c.Queue == SampleRecords.Queue && c.Agent != null)
            .OrderBy(c => c.Started).FirstAsync();
        Assert.Equal(new CallId(8), row.Call);
        Assert.Equal(15_000, row.WaitMs);
        Assert.Equal(60_000, row.TalkMs);
        Assert.Equal(SampleRecords.Agent, row.Agent);
        var record = SampleRecords.Call(8);
        Assert.Equal(
            JsonSerializer.Serialize(record, PlateauJson.Options),
            JsonSerializer.Serialize(row.Record(), PlateauJson.Options));
        Assert.Equal(6, await db.Legs.CountAsync());
        var segments = await db.Segments.Where(s => s.Call == row.Call)
            .OrderBy(s => s.Leg).ThenBy(s => s.N).ToListAsync();
        Assert.Equal(
            record.Legs.SelectMany(l => l.Segments).Select(s => (s.Kind, s.Start, s.End)),
            segments.Select(s => (s.Kind, s.Start, s.End)));
        Assert.Equal(9_000, (await db.QueueVisits.SingleAsync(v => v.Call == row.Call)).EstimatedWaitMs);
        Assert.Equal(new OfferId(8), (await db.Offers.SingleAsync(o => o.Call == row.Call)).Offer);
        Assert.Equal(60_000, (await db.Recordings.SingleAsync(r => r.Call == row.Call)).DurationMs);
    }

    [Fact]
    public async Task Intervals_decisions_and_facts_are_kept_with_their_call()
    {
        var database = await NewDatabase();
        await Write(database, SampleRecords.Entries(1, 1, 7, 3));
        await using var db = database.Open(SampleRecords.Tenant);
        var call = new CallId(8);
        Assert.Equal(SampleRecords.Interval(8), (await db.AgentIntervals.SingleAsync(i => i.Call == call)).Record());
        var decision = (await db.Decisions.SingleAsync(d => d.Call == call)).Record();
        Assert.Equal(SampleRecords.Decision(8).Candidates, decision.Candidates);
        var fact = await db.Facts.SingleAsync(f => f.Call == call);
        Assert.Equal("callCleared", fact.Type);
        Assert.Equal(SampleRecords.Entries(1, 1, 7, 3)[4].Fact, fact.Record().Fact);
    }

    [Fact]
    public async Task What_is_written_again_is_there_once()
    {
        var database = await NewDatabase();
        var entries = SampleRecords.Entries(1, 1, 1, 20);
        await Write(database, entries.Take(33).ToList(), "first");
        // A replay tells everything again, into an outbox that lost its files.
        await Write(database, entries, "second");
        await using var db = database.Open(SampleRecords.Tenant);
        Assert.Equal(20, await db.Calls.CountAsync());
        Assert.Equal(20, await db.AgentIntervals.CountAsync());
        Assert.Equal(20, await db.Decisions.CountAsync());
        Assert.Equal(
            Enumerable.Range(1, 20).Select(i => (long)i),
            await db.Facts.OrderBy(f => f.Sequence).Select(f => f.Sequence).ToListAsync());
        Assert.Equal((20L, 80L), await database.Watermark(SampleRecords.Tenant));
    }

    [Fact]
    public async Task A_second_record_of_a_call_is_dropped_whatever_its_ordinal()
    {
        var database = await NewDatabase();
        var other = SampleRecords.Call(1) with { Caller = "+33199009999" };
        await Write(
            database,
            [
                new OutboxEntry(1, SampleRecords.Noon, Call: SampleRecords.Call(1)),
                new OutboxEntry(2, SampleRecords.Noon, Call: other),
            ]);
        await Write(database, [new OutboxEntry(3, SampleRecords.Noon, Call: other)], "later");
        await using var db = database.Open(SampleRecords.Tenant);
        Assert.Equal("+33199001234", (await db.Calls.SingleAsync()).Caller);
    }

    [Fact]
    public async Task A_tenant_sees_and_removes_only_its_own_rows_in_every_table()
    {
        var database = await NewDatabase();
        await Write(database, SampleRecords.Entries(1, 1, 1, 2));
        await Settings(database, SampleRecords.Tenant);
        await using var own = database.Open(SampleRecords.Tenant);
        await using var other = database.Open(new TenantId("other"));
        foreach (var entity in own.Model.GetEntityTypes())
        {
            Assert.True(await Count(own, entity) > 0, $"{entity.ClrType.Name}: the test writes none");
            Assert.Equal(0, await Count(other, entity));
        }

        Assert.Equal(0, await FactTable.RemoveBefore(other, Instant.Never, CancellationToken.None));
        Assert.Equal(2, await own.Facts.CountAsync());
        Assert.Null(await other.FindAsync<Server.Calls.CallRow>(SampleRecords.Tenant, new CallId(1)));
    }

    [Fact]
    public async Task A_row_of_another_tenant_cannot_be_saved_or_removed()
    {
        var database = await NewDatabase();
        await using var db = database.Open(new TenantId("other"));
        var row = new WatermarkRow { Tenant = SampleRecords.Tenant, Ordinal = 1, Fact = 1 };
        db.Add(row);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        db.Entry(row).State = EntityState.Deleted;
        Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
    }

    [Fact]
    public async Task Facts_older_than_the_retention_go_and_the_sequence_goes_on()
    {
        var database = await NewDatabase();
        await Write(database, SampleRecords.Entries(1, 1, 1, 10));
        await using (var db = database.Open(SampleRecords.Tenant))
        {
            var before = SampleRecords.Noon + TimeSpan.FromSeconds(5);
            Assert.Equal(4, await FactTable.RemoveBefore(db, before, CancellationToken.None));
            Assert.Equal(5, await db.Facts.MinAsync(f => f.Sequence));
        }

        Assert.Equal((10L, 40L), await database.Watermark(SampleRecords.Tenant));
    }

    [Fact]
    public async Task Tenants_are_those_with_a_configuration()
    {
        var database = await NewDatabase();
        await Settings(database, new TenantId("zeta"));
        await Settings(database, new TenantId("alpha"));
        Assert.Equal(["alpha", "zeta"], (await database.Tenants()).Select(t => t.Value));
    }

    /// <summary>Carries entries into the database and waits until they are there.</summary>
    protected async Task Write(Database database, IReadOnlyList<OutboxEntry> entries, string outboxName = "outbox")
    {
        using var outbox = Outbox.Open(Folder[outboxName]);
        outbox.Append(entries);
        await using var writer = new DatabaseWriter(
            database, SampleRecords.Tenant, outbox, Folder["refused"], NullLogger.Instance);
        await writer.WaitUntilWritten(entries[^1].Ordinal).WaitAsync(Patience);
    }

    private static async Task Settings(Database database, TenantId tenant)
    {
        await using var db = database.Open(tenant);
        var at = SampleRecords.Noon;
        db.Add(new ConfigVersionRow { Tenant = tenant, Version = 1, At = at, Author = "admin", Json = "{}" });
        db.Add(new PromptAudioRow
        {
            Tenant = tenant, Prompt = new PromptId("welcome"), Language = "fr", Path = "welcome.fr.wav", Bytes = 1,
            Sha256 = new string('b', 64), DurationMs = 1_000, Uploaded = at, UploadedBy = "admin",
        });
        db.Add(new ApiKeyRow
        {
            Tenant = tenant, Key = "k1", Name = "crm", SecretSha256 = new string('c', 64), Scopes = "calls.read",
            Created = at, CreatedBy = "admin",
        });
        db.Add(new AuditRow
        {
            Tenant = tenant, Id = "1", At = at, Actor = "admin", Address = "", Action = "config.save", Subject = "1",
        });
        db.Add(new WebhookRow
        {
            Tenant = tenant, Webhook = "crm", Url = "http://127.0.0.1/", Secret = "s", Types = "", IsEnabled = true,
            Created = at, Cursor = 0,
        });
        db.Add(new WebhookDeliveryRow
        {
            Tenant = tenant, Webhook = "crm", Sequence = 1, State = DeliveryState.Pending, Attempts = 0,
            NextAttempt = at, Body = "{}",
        });
        await db.SaveChangesAsync();
    }

    private static Task<int> Count(TenantDb db, IEntityType entity) => (Task<int>)typeof(DatabaseConformanceTests)
        .GetMethod(nameof(CountOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
        .MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;

    private static Task<int> CountOf<T>(TenantDb db)
        where T : class => db.Set<T>().CountAsync();

    private static async Task<List<string>> Columns(TenantDb db, string table)
    {
        var sql = db.Database.IsSqlite()
            ? "SELECT name || CASE WHEN \"notnull\" THEN ' not null' ELSE ' null' END AS \"Value\" "
                + $"FROM pragma_table_info('{table}')"
            : "SELECT column_name || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE ' null' END AS \"Value\" "
                + $"FROM information_schema.columns WHERE table_name = '{table}'";
        return await db.Database.SqlQueryRaw<string>(sql).ToListAsync();
    }
}

/// <summary>The default database.</summary>
public sealed class SqliteConformanceTests : DatabaseConformanceTests
{
    protected override async Task<Database> NewDatabase()
    {
        var database = new Database(DatabaseOptions.File(Folder["plateau.db"]));
        await database.Migrate();
        return database;
    }

    [Fact]
    public async Task The_file_is_in_WAL_mode_so_that_readers_do_not_wait_for_the_writer()
    {
        await using var db = (await NewDatabase()).Open(SampleRecords.Tenant);
        Assert.Equal(["wal"], await db.Database.SqlQueryRaw<string>(
            "SELECT journal_mode AS \"Value\" FROM pragma_journal_mode").ToListAsync());
    }
}

/// <summary>The production database.</summary>
public sealed class PostgresConformanceTests(PostgresFixture postgres) : DatabaseConformanceTests
{
    protected override Task<Database> NewDatabase() => postgres.NewDatabase();

    [Fact]
    public async Task A_record_that_the_database_refuses_is_set_aside_and_the_others_are_written()
    {
        var database = await NewDatabase();
        var entries = SampleRecords.Entries(1, 1, 1, 3).ToList();
        // PostgreSQL keeps no NUL in a text; SQLite does.
        entries[5] = entries[5] with { Call = SampleRecords.Call(2) with { Caller = "\0" } };
        await Write(database, entries);
        await using var db = database.Open(SampleRecords.Tenant);
        Assert.Equal(
            [new CallId(1), new CallId(3)], await db.Calls.OrderBy(c => c.Call).Select(c => c.Call).ToListAsync());
        Assert.Equal(3, await db.Facts.CountAsync());
        Assert.Equal([Folder[Path.Combine("refused", "6.json")]], Directory.GetFiles(Folder["refused"]));
    }
}
