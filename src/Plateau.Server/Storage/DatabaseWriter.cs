using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Server.Agents;
using Plateau.Server.Calls;
using Plateau.Server.Insights;
using Plateau.Server.Routing;

namespace Plateau.Server.Storage;

/// <summary>What a tenant's database writer is doing, for health pages.</summary>
/// <param name="Written">Ordinal of the last thing in the database.</param>
/// <param name="Waiting">Things that wait for the database.</param>
/// <param name="Outage">Why the database cannot be written at the moment; null when it can.</param>
/// <param name="SetAside">Things that the database refused and that lie in files now.</param>
public sealed record DatabaseWriterState(long Written, long Waiting, string? Outage, long SetAside);

/// <summary>
/// Carries a tenant's outbox into the database: in order, exactly once, waiting while the database is away.
/// </summary>
/// <remarks>
/// Rows and watermark move in one transaction, so a crash or a lost connection at any place neither loses nor doubles.
/// A single entry that a working database refuses is set aside in a file and reported; the ones behind it go on.
/// </remarks>
public sealed class DatabaseWriter : IAsyncDisposable
{
    /// <summary>
    /// Entries in a transaction: large enough for the throughput, small enough for SQLite's other writers.
    /// </summary>
    internal const int BatchMax = 500;

    /// <summary>
    /// How long entries are gathered before they are written: a transaction costs more than the rows in it. Nothing is
    /// at risk meanwhile, the outbox has it.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(10);

    private readonly Database _database;
    private readonly TenantId _tenant;
    private readonly Outbox _outbox;
    private readonly string _setAsideFolder;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _written;
    private long _setAside;
    private volatile string? _outage;

    /// <summary>Starts to write.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="outbox">Where from.</param>
    /// <param name="setAsideFolder">Where refused entries go.</param>
    /// <param name="log">For reports.</param>
    public DatabaseWriter(Database database, TenantId tenant, Outbox outbox, string setAsideFolder, ILogger log)
    {
        _database = database;
        _tenant = tenant;
        _outbox = outbox;
        _setAsideFolder = setAsideFolder;
        _log = log;
        _work = Task.Run(Work);
    }

    /// <summary>What it is doing.</summary>
    public DatabaseWriterState State
    {
        get
        {
            var written = Volatile.Read(ref _written);
            return new DatabaseWriterState(
                written, Math.Max(0, _outbox.LastOrdinal - written), _outage, Volatile.Read(ref _setAside));
        }
    }

    /// <summary>Completes when the database has everything up to an ordinal.</summary>
    public async Task WaitUntilWritten(long ordinal)
    {
        while (Volatile.Read(ref _written) < ordinal)
        {
            var progress = Volatile.Read(ref _progress).Task;
            if (Volatile.Read(ref _written) < ordinal)
            {
                await progress;
            }
        }
    }

    /// <summary>Stops; what is not written stays in the outbox.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task Work()
    {
        try
        {
            var (_, ordinal) = await Insist(() => _database.Watermark(_tenant, _stop.Token));
            Advance(ordinal);
            using var cursor = _outbox.ReadBehind(ordinal);
            while (true)
            {
                await _outbox.WaitBehind(_written).WaitAsync(_stop.Token);
                if (_outbox.LastOrdinal - _written < BatchMax)
                {
                    await Task.Delay(Gather, _stop.Token);
                }

                var entries = cursor.Read(BatchMax);
                if (entries.Count > 0)
                {
                    await Carry(entries);
                    Advance(entries[^1].Ordinal);
                    _outbox.Trim(entries[^1].Ordinal);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // The task's last frame: a damaged outbox, for one. Calls go on, the health page tells.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _outage = e.Message;
            Log.WriterEnded(_log, _tenant, e);
        }
    }

    private async Task Carry(IReadOnlyList<OutboxEntry> entries)
    {
        try
        {
            await Insist(() => Write(entries));
        }
        catch (Exception e) when (e is DbUpdateException or InvalidOperationException or JsonException)
        {
            // The database works but refuses something among these: find it, one at a time.
            foreach (var entry in entries)
            {
                await CarryOne(entry);
            }
        }
    }

    private async Task CarryOne(OutboxEntry entry)
    {
        try
        {
            await Insist(() => Write([entry]));
        }
        catch (Exception e) when (e is DbUpdateException or InvalidOperationException or JsonException)
        {
            Directory.CreateDirectory(_setAsideFolder);
            var path = Path.Combine(_setAsideFolder, $"{entry.Ordinal}.json");
            await File.WriteAllTextAsync(
                path, JsonSerializer.Serialize(new { Entry = entry, Error = e.ToString() }, PlateauJson.Options));
            Interlocked.Increment(ref _setAside);
            Log.EntrySetAside(_log, _tenant, entry.Ordinal, path, e);
        }
    }

    /// <summary>Does it until the database is there to do it.</summary>
    private async Task<T> Insist<T>(Func<Task<T>> action)
    {
        for (var wait = RetryMin; ; wait = wait * 2 < RetryMax ? wait * 2 : RetryMax)
        {
            try
            {
                var result = await action();
                if (_outage is not null)
                {
                    _outage = null;
                    Log.DatabaseBack(_log, _tenant, _outbox.LastOrdinal - _written);
                }

                return result;
            }
            catch (Exception e) when (!_stop.IsCancellationRequested && Database.IsOutage(e))
            {
                if (_outage is null)
                {
                    Log.DatabaseAway(_log, _tenant, e);
                }

                _outage = e.GetBaseException().Message;
                await Task.Delay(wait, _stop.Token);
            }
        }
    }

    private async Task<bool> Write(IReadOnlyList<OutboxEntry> entries)
    {
        await using var db = _database.Open(_tenant);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(_stop.Token);
        var mark = await db.Watermarks.AsTracking().SingleOrDefaultAsync(_stop.Token);
        if (mark is null)
        {
            mark = new WatermarkRow { Tenant = _tenant, Ordinal = 0, Fact = 0 };
            db.Add(mark);
        }

        var present = await CallsPresent(db, entries);
        foreach (var entry in entries.Where(e => e.Ordinal > mark.Ordinal))
        {
            Add(db, entry, present);
            mark.Fact = entry.Sequence ?? mark.Fact;
        }

        mark.Ordinal = Math.Max(mark.Ordinal, entries[^1].Ordinal);
        await db.Inserts.Write(_stop.Token);
        db.ChangeTracker.DetectChanges();
        await db.SaveChangesAsync(_stop.Token);
        await transaction.CommitAsync(_stop.Token);
        return true;
    }

    /// <summary>Records are written once per call, whatever the ordinals say: a second one is dropped.</summary>
    private async Task<HashSet<CallId>> CallsPresent(TenantDb db, IReadOnlyList<OutboxEntry> entries)
    {
        var calls = entries.Where(e => e.Call is not null).Select(e => e.Call!.Call).ToList();
        return calls.Count == 0
            ? []
            : [.. await db.Calls.Where(c => calls.Contains(c.Call)).Select(c => c.Call).ToListAsync(_stop.Token)];
    }

    private static void Add(TenantDb db, OutboxEntry entry, HashSet<CallId> present)
    {
        if (entry.Fact is { } fact)
        {
            FactTable.Add(db, entry, fact);
        }
        else if (entry.Call is { } call && present.Add(call.Call))
        {
            CallRecordTable.Add(db, call);
        }
        else if (entry.Interval is { } interval)
        {
            AgentIntervalTable.Add(db, entry.Ordinal, interval);
        }
        else if (entry.Decision is { } decision)
        {
            DecisionTable.Add(db, entry.Ordinal, decision);
        }
    }

    private void Advance(long ordinal)
    {
        Volatile.Write(ref _written, Math.Max(_written, ordinal));
        Interlocked.Exchange(ref _progress, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
