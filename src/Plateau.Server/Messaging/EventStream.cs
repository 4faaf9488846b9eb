using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Server.Storage;

namespace Plateau.Server.Messaging;

/// <summary>A tenant's facts in order, without gap, to be read from any place that is still kept.</summary>
/// <remarks>
/// The newest facts are in memory, older ones come from the database, and those that the database has not got yet from
/// the outbox. A slow reader costs no memory: it falls behind and reads from the database.
/// </remarks>
public sealed class EventStream
{
    /// <summary>
    /// Facts in memory: some minutes of a busy centre, so that a reconnecting client needs no database.
    /// </summary>
    internal const int RingMax = 16_384;

    private const int BatchMax = 256;
    private readonly FactRecord?[] _ring = new FactRecord?[RingMax];
    private readonly TenantId _tenant;
    private readonly Database _database;
    private readonly Outbox _outbox;
    private readonly Lock _gate = new();
    private TaskCompletionSource _appended = NewSignal();
    private long _first;
    private long _last;

    /// <summary>Makes the stream of a tenant.</summary>
    public EventStream(TenantId tenant, Database database, Outbox outbox)
    {
        _tenant = tenant;
        _database = database;
        _outbox = outbox;
    }

    /// <summary>Sequence of the newest fact; 0 when none was told since the start and none before.</summary>
    public long LastSequence
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>Says how far the counting went before this process, where no replay tells it.</summary>
    public void Begin(long lastSequence)
    {
        lock (_gate)
        {
            if (_last < lastSequence)
            {
                _last = lastSequence;
                _first = lastSequence + 1;
            }
        }
    }

    /// <summary>Adds a fact; one that is there already is left out, which makes a replay harmless.</summary>
    public void Append(FactRecord fact)
    {
        lock (_gate)
        {
            if (fact.Sequence <= _last)
            {
                return;
            }

            if (_last == 0 || fact.Sequence != _last + 1)
            {
                _first = fact.Sequence;
            }

            _last = fact.Sequence;
            _first = Math.Max(_first, _last - RingMax + 1);
            _ring[_last % RingMax] = fact;
            _appended.TrySetResult();
            _appended = NewSignal();
        }
    }

    /// <summary>All facts behind a place, then the new ones as they come, without end.</summary>
    /// <param name="after">Sequence of the last fact that the reader has; 0 for all that is kept.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="FactsGoneException">Facts behind that place are no longer kept, or never were.</exception>
    public async IAsyncEnumerable<FactRecord> Read(
        long after, [EnumeratorCancellation] CancellationToken stop = default)
    {
        while (true)
        {
            var facts = await Next(after, stop);
            foreach (var fact in facts)
            {
                yield return fact;
                after = fact.Sequence;
            }
        }
    }

    /// <summary>The next facts behind a place; waits until there are some.</summary>
    /// <inheritdoc cref="Read"/>
    public async Task<IReadOnlyList<FactRecord>> Next(long after, CancellationToken stop = default)
    {
        while (true)
        {
            Task appended;
            lock (_gate)
            {
                appended = _appended.Task;
                if (after > _last && _last > 0)
                {
                    throw new FactsGoneException(after, _last);
                }

                if (_last > 0 && after >= _first - 1 && after < _last)
                {
                    return FromRing(after);
                }
            }

            if (after < LastSequence || LastSequence == 0)
            {
                var kept = await FromHistory(after, stop);
                if (kept.Count > 0)
                {
                    return kept;
                }
            }

            await appended.WaitAsync(stop);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private List<FactRecord> FromRing(long after)
    {
        var facts = new List<FactRecord>();
        for (var sequence = after + 1; sequence <= _last && facts.Count < BatchMax; sequence++)
        {
            facts.Add(_ring[sequence % RingMax]!);
        }

        return facts;
    }

    private async Task<IReadOnlyList<FactRecord>> FromHistory(long after, CancellationToken stop)
    {
        var stored = await FromDatabase(after, stop);
        if (stored.Count > 0 && stored[0].Sequence == after + 1)
        {
            return stored;
        }

        var waiting = FromOutbox(after);
        if (waiting.Count > 0 && waiting[0].Sequence == after + 1)
        {
            return waiting;
        }

        // Between the two looks the writer may have carried the facts over and trimmed the outbox.
        stored = await FromDatabase(after, stop);
        if (stored.Count == 0)
        {
            return waiting.Count == 0 ? [] : throw new FactsGoneException(after, waiting[0].Sequence);
        }

        return stored[0].Sequence == after + 1 || after == 0
            ? stored
            : throw new FactsGoneException(after, stored[0].Sequence);
    }

    private async Task<IReadOnlyList<FactRecord>> FromDatabase(long after, CancellationToken stop)
    {
        try
        {
            await using var db = _database.Open(_tenant);
            var rows = await db.Facts.AsNoTracking().Where(f => f.Sequence > after)
                .OrderBy(f => f.Sequence).Take(BatchMax).ToListAsync(stop);
            return rows.ConvertAll(row => row.Record());
        }
        catch (Exception e) when (Database.IsOutage(e))
        {
            // What the outbox still holds can be read without the database; the reader is told if that is not enough.
            return [];
        }
    }

    private List<FactRecord> FromOutbox(long after)
    {
        var facts = new List<FactRecord>();
        using var cursor = _outbox.ReadBehind(0);
        while (facts.Count < BatchMax && cursor.Read(BatchMax) is { Count: > 0 } entries)
        {
            facts.AddRange(entries.Where(e => e.Fact is not null && e.Sequence > after)
                .Select(e => new FactRecord(e.Sequence!.Value, e.At, _tenant, e.Fact!)));
        }

        return facts;
    }
}

/// <summary>Facts that a reader wants are no longer kept, or its place lies in the future.</summary>
/// <param name="after">What the reader has.</param>
/// <param name="nearest">
/// The nearest fact that there is: the reader goes on there after fetching the state anew.
/// </param>
public sealed class FactsGoneException(long after, long nearest)
    : Exception($"no facts follow {after}; the nearest is {nearest}")
{
    /// <summary>What the reader has.</summary>
    public long After { get; } = after;

    /// <summary>The nearest fact that there is.</summary>
    public long Nearest { get; } = nearest;
}
