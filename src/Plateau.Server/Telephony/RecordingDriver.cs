using System.Collections.Concurrent;
using Plateau.Contracts;
using Plateau.Media.Mixing;
using Plateau.Media.Recording;

namespace Plateau.Server.Telephony;

/// <summary>Writes recordings on a thread of its own, in the blocks that the data plane hands over.</summary>
/// <remarks>
/// A recording that cannot be written is given up with <see cref="RecordingFailed"/>; the call goes on. Completing a
/// file (flush, digest, rename) may take long on a busy disk and so is done beside the thread.
/// </remarks>
internal sealed class RecordingDriver : IRecordingOutput, IDisposable
{
    private readonly ConcurrentQueue<Job> _jobs = new();
    private readonly ConcurrentQueue<byte[]> _blocks = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Dictionary<RecordingId, (RecordingStart Start, RecordingFile File)> _open = [];
    private readonly ConcurrentDictionary<RecordingId, Task> _completing = new();
    private readonly string _folder;
    private readonly IMediaEvents _events;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private volatile bool _isStopping;

    internal RecordingDriver(string folder, IMediaEvents events, ILogger log)
    {
        _folder = folder;
        _events = events;
        _log = log;
        _thread = new Thread(Run) { Name = "recordings", IsBackground = true };
        _thread.Start();
    }

    /// <summary>A recording begins; its blocks follow.</summary>
    internal void Begin(RecordingStart start) => Add(new Job(start.Recording, start, null, 0));

    /// <inheritdoc/>
    public byte[] RentBlock() =>
        _blocks.TryDequeue(out var block) ? block : new byte[Plateau.Media.Limits.RecordingBlockBytes];

    /// <inheritdoc/>
    public void Deliver(RecordingId recording, byte[] block, int bytes) => Add(new Job(recording, null, block, bytes));

    /// <inheritdoc/>
    public void Finish(RecordingId recording) => Add(new Job(recording, null, null, 0));

    /// <summary>Writes what is left, then ends.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _wake.Set();
        _thread.Join();
        Task.WaitAll([.. _completing.Values]);
        foreach (var (_, file) in _open.Values)
        {
            file.Dispose();
        }

        _wake.Dispose();
    }

    private void Add(Job job)
    {
        _jobs.Enqueue(job);
        _wake.Set();
    }

    private void Run()
    {
        do
        {
            _wake.WaitOne();
            while (_jobs.TryDequeue(out var job))
            {
                Do(job);
            }
        }
        while (!_isStopping);
    }

    private void Do(Job job)
    {
        try
        {
            if (job.Start is { } start)
            {
                _open[job.Recording] = (start, new RecordingFile(_folder, start));
            }
            else if (job.Block is { } block)
            {
                if (_open.TryGetValue(job.Recording, out var target))
                {
                    target.File.Append(block.AsSpan(0, job.Bytes));
                }

                _blocks.Enqueue(block);
            }
            else if (_open.Remove(job.Recording, out var ended))
            {
                _completing[job.Recording] = Task.Run(() => Complete(ended.Start, ended.File));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            GiveUp(job, e);
        }
    }

    private void Complete(RecordingStart start, RecordingFile file)
    {
        try
        {
            _events.Raise(new RecordingStored(start.Leg, file.Complete()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            RtpLog.RecordingGivenUp(_log, start.Path, e);
            _events.Raise(new RecordingFailed(start.Leg, start.Recording, e.Message));
        }
        finally
        {
            _completing.TryRemove(start.Recording, out _);
        }
    }

    private void GiveUp(Job job, Exception error)
    {
        var start = job.Start;
        if (_open.Remove(job.Recording, out var open))
        {
            open.File.Dispose();
            start = open.Start;
        }

        if (start is not null)
        {
            RtpLog.RecordingGivenUp(_log, start.Path, error);
            _events.Raise(new RecordingFailed(start.Leg, start.Recording, error.Message));
        }
    }

    /// <summary>A start, a block, or (neither) the end.</summary>
    private readonly record struct Job(RecordingId Recording, RecordingStart? Start, byte[]? Block, int Bytes);
}
