using System.Collections.Concurrent;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Storage;

namespace Plateau.Server.Hosting;

/// <summary>Puts batches into the journal and lets their effects leave, in order, never before.</summary>
/// <remarks>
/// <see cref="JournalMode.Write"/>: the centre's thread writes and dispatches, a timer thread forces to the disk.
/// <see cref="JournalMode.Flush"/>: a thread of its own writes all batches that wait, forces them to the disk once,
/// and dispatches them; the centre goes on meanwhile. <see cref="JournalMode.Off"/>: as Write, but nothing is written.
/// </remarks>
internal sealed class GroupCommit : IDisposable
{
    // Pause between attempts to write to a disk that refuses: short enough to be unnoticed once there is room again.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private readonly JournalWriter _journal;
    private readonly Action<CentreBatch> _dispatch;
    private readonly Action<Exception> _report;
    private readonly TimeSpan _flushAfter;
    private readonly bool _isOff;
    private readonly BlockingCollection<CentreBatch>? _waiting;
    private readonly AutoResetEvent _dirty = new(false);
    private readonly ManualResetEvent _stop = new(false);
    private readonly Thread _thread;
    private volatile string? _error;

    internal GroupCommit(
        JournalWriter journal, CentreDriverOptions options, Action<CentreBatch> dispatch, Action<Exception> report)
    {
        _journal = journal;
        _dispatch = dispatch;
        _report = report;
        _flushAfter = options.FlushAfter;
        _isOff = options.Mode == JournalMode.Off;
        if (options.Mode == JournalMode.Flush)
        {
            _waiting = new BlockingCollection<CentreBatch>(boundedCapacity: 64);
        }

        _thread = new Thread(_waiting is null ? FlushLoop : CommitLoop)
        {
            IsBackground = true,
            Name = $"journal {options.Tenant}",
        };
        _thread.Start();
    }

    /// <summary>Why the journal cannot be written at the moment; null when it can.</summary>
    internal string? Error => _error;

    /// <summary>Takes a batch over; gives back an empty one.</summary>
    internal CentreBatch Commit(CentreBatch batch)
    {
        if (_waiting is not null)
        {
            _waiting.Add(batch);
            return new CentreBatch();
        }

        Write(batch);
        _dispatch(batch);
        if (batch.Frames.Length > 0)
        {
            _dirty.Set();
        }

        batch.Clear();
        return batch;
    }

    /// <summary>Commits what waits and ends the thread.</summary>
    public void Dispose()
    {
        _stop.Set();
        _waiting?.CompleteAdding();
        _thread.Join();
        _waiting?.Dispose();
        _dirty.Dispose();
        _stop.Dispose();
    }

    private void CommitLoop()
    {
        var group = new List<CentreBatch>();
        foreach (var first in _waiting!.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            while (_waiting.TryTake(out var more))
            {
                group.Add(more);
            }

            group.ForEach(Write);
            Persist(_journal.Flush);
            foreach (var batch in group)
            {
                _dispatch(batch);
                batch.Dispose();
            }
        }
    }

    private void FlushLoop()
    {
        WaitHandle[] either = [_stop, _dirty];
        while (WaitHandle.WaitAny(either) != 0)
        {
            _stop.WaitOne(_flushAfter);
            Persist(_journal.Flush);
        }

        Persist(_journal.Flush);
    }

    private void Write(CentreBatch batch)
    {
        if (batch.Frames.Length > 0 && !_isOff)
        {
            Persist(() => _journal.Write(batch.Frames.Bytes, batch.FirstEntry));
        }
    }

    /// <summary>
    /// Nothing may leave that is not in the journal, so a full disk holds the centre up until there is room: the calls
    /// that are up go on talking, new ones are refused when the queue of inputs is half full.
    /// </summary>
    private void Persist(Action write)
    {
        while (true)
        {
            try
            {
                write();
                _error = null;
                return;
            }
            catch (IOException e) when (e is not StorageException)
            {
                if (_error is null)
                {
                    _report(e);
                }

                _error = e.Message;
                if (_stop.WaitOne(RetryAfter))
                {
                    return;
                }
            }
        }
    }
}
