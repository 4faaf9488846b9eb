using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Calls;

namespace Plateau.Server.Hosting;

/// <summary>
/// Runs the centre of one tenant: one thread takes inputs in order, journals them, and lets their effects leave.
/// </summary>
/// <remarks>
/// All members may be called by any thread. See docs/decisions/0010-journal.md for what survives what.
/// <para>Starting: replay the journal, <see cref="Restarted"/>, the configuration if it changed, then what was
/// posted.</para>
/// <para>An input on which the centre throws is set aside in a file and answered; the centre is rebuilt from the
/// journal
/// without it and goes on, its calls too. If that repeats at once, its calls are given up; if even that fails, it
/// begins
/// anew with the configuration alone. The other centres and the media notice nothing.</para>
/// </remarks>
public sealed class CentreDriver : IAsyncDisposable
{
    private readonly CentreDriverOptions _options;
    private readonly CentreSinks _sinks;
    private readonly ILogger _log;
    private readonly CentreQueue _queue = new();
    private readonly ConcurrentDictionary<RequestId, TaskCompletionSource<AnswerRequest>> _asked = new();
    private readonly IdSource _requestIds;
    private readonly Lock _requestGate = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CentreRun? _run;
    private int _phase;

    /// <summary>Makes a driver; <see cref="Start"/> starts it.</summary>
    public CentreDriver(CentreDriverOptions options, CentreSinks sinks, ILogger? log = null)
    {
        _options = options;
        _sinks = sinks;
        _log = log ?? NullLogger.Instance;
        _requestIds = new IdSource(options.RequestNode);
    }

    /// <summary>Whose centre.</summary>
    public TenantId Tenant => _options.Tenant;

    /// <summary>Completes when the driver has stopped; faulted when an error ended it.</summary>
    public Task Ended => _ended.Task;

    /// <summary>What it is doing.</summary>
    public CentreDriverState State => new(
        (CentrePhase)Volatile.Read(ref _phase), _queue.Count, _run?.InputsTaken ?? 0, _run?.InputsReplayed ?? 0,
        _run?.InputsSetAside ?? 0, _run?.JournalError);

    /// <summary>Replays the journal and begins to work.</summary>
    /// <param name="config">The configuration in force; applied when it differs from the journal's last.</param>
    /// <returns>Completes when the first input can be taken.</returns>
    /// <exception cref="Storage.StorageException">The journal is damaged; nothing was changed.</exception>
    public Task Start(CentreConfig config)
    {
        if (Interlocked.CompareExchange(ref _phase, (int)CentrePhase.Replaying, (int)CentrePhase.New) != 0)
        {
            throw new InvalidOperationException("A driver is started once.");
        }

        new Thread(() => Live(config)) { IsBackground = true, Name = $"centre {Tenant}" }.Start();
        return _started.Task;
    }

    /// <summary>Hands an input over.</summary>
    /// <returns>
    /// False when it was refused: the centre has stopped, or has so much to do that it takes no new calls and requests
    /// (at twice that, nothing).
    /// </returns>
    public bool Post(CentreInput input) =>
        _queue.TryAdd(new CentreWork(input, null), input is LegOffered or CentreRequest);

    /// <summary>
    /// Asks the centre for something and waits for its answer, which comes after the journal has the request.
    /// </summary>
    /// <param name="make">Makes the request with the id it is given.</param>
    public Task<AnswerRequest> Ask(Func<RequestId, CentreRequest> make)
    {
        var id = NextRequest();
        var answer = new TaskCompletionSource<AnswerRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        if (!Post(make(id)))
        {
            Answer(new AnswerRequest(id, RequestError.LimitReached, "The centre takes no requests at the moment."));
        }

        return answer.Task;
    }

    /// <summary>Looks at the centre, on its thread, after what was posted before.</summary>
    /// <param name="look">Quick; changes nothing and keeps no reference to what is not immutable.</param>
    /// <exception cref="InvalidOperationException">The centre has stopped or is overloaded.</exception>
    public Task<T> Query<T>(Func<Centre, T> look)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action Look(Centre centre)
        {
            try
            {
                var result = look(centre);
                return () => answer.SetResult(result);
            }
#pragma warning disable CA1031 // Whatever the question throws belongs to the one who asked.
            catch (Exception e)
#pragma warning restore CA1031
            {
                return () => answer.SetException(e);
            }
        }

        if (!_queue.TryAdd(new CentreWork(null, Look), isRefusable: true))
        {
            answer.SetException(new InvalidOperationException($"The centre of {Tenant} takes no questions."));
        }

        return answer.Task;
    }

    /// <summary>Takes no more, finishes what was taken, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        if (Interlocked.CompareExchange(ref _phase, (int)CentrePhase.Stopped, (int)CentrePhase.New) == 0)
        {
            return;
        }

        await _ended.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Answers one who waits, if one does.</summary>
    internal void Answer(AnswerRequest answer)
    {
        if (_asked.TryRemove(answer.Request, out var waiting))
        {
            waiting.TrySetResult(answer);
        }
    }

    private RequestId NextRequest()
    {
        lock (_requestGate)
        {
            return new RequestId(_requestIds.Next(_options.Clock()));
        }
    }

    private void Live(CentreConfig config)
    {
        try
        {
            using var run = new CentreRun(_options, _sinks, _log, Answer);
            Volatile.Write(ref _run, run);
            run.Begin(config);
            Volatile.Write(ref _phase, (int)CentrePhase.Running);
            _started.SetResult();
            run.Work(_queue);
            End(null);
        }
#pragma warning disable CA1031 // The thread's last frame: what comes here ends this centre and no other.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ThreadEnded(_log, Tenant, e);
            End(e);
        }
    }

    private void End(Exception? error)
    {
        Volatile.Write(ref _phase, (int)CentrePhase.Stopped);
        _queue.Close();
        if (error is null)
        {
            _ended.TrySetResult();
        }
        else
        {
            _ended.TrySetException(error);
            _ = _ended.Task.Exception;
            _started.TrySetException(error);
        }

        foreach (var id in _asked.Keys)
        {
            Answer(new AnswerRequest(id, RequestError.TargetUnavailable, "The centre has stopped."));
        }
    }
}
