using System.Security.Cryptography;
using System.Threading.Channels;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Mixing;

namespace Plateau.Server.Telephony;

/// <summary>The data plane as the control plane sees it: legs are opened here, told what to do, and report
/// events.</summary>
/// <remarks>
/// All legs of a bridge live on one thread. A leg begins on the thread of its call; if it joins a bridge elsewhere it
/// moves there, and the requests behind the join wait until it has arrived. Requests are put in order by one lock, so
/// two moves in opposite directions cannot wait for each other. Any thread may call; nothing here waits.
/// </remarks>
internal sealed class RtpDriver : IMediaEvents, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BridgeId, (RtpThread Thread, int Legs)> _bridges = [];
    private readonly RtpThread[] _threads;
    private readonly RtpDriverOptions _options;
    private readonly RtpPorts _ports;
    private readonly Channel<MediaEvent> _events = Channel.CreateUnbounded<MediaEvent>();
    private bool _isDisposed;

    /// <summary>Starts the threads. Orphaned recordings are not looked for here: see
    /// <see cref="RecordingRepair"/>.</summary>
    /// <param name="options">Ports, threads, folders.</param>
    /// <param name="log">For what goes wrong on the data plane.</param>
    internal RtpDriver(RtpDriverOptions options, ILogger log)
    {
        _options = options;
        var pairs = (options.PortMax - options.PortMin + 1) / 2;
        _ports = new RtpPorts(
            options.Address, options.PortMin, options.PortMax, RandomNumberGenerator.GetInt32(Math.Max(1, pairs)));
        Recordings = new RecordingDriver(options.RecordingsFolder, this, log);
        var count = options.Threads > 0 ? options.Threads : Math.Max(1, Environment.ProcessorCount / 2);
        _threads = new RtpThread[count];
        for (var i = 0; i < count; i++)
        {
            _threads[i] = new RtpThread(i, e => RtpLog.TickFailed(log, e));
            _threads[i].Start();
        }
    }

    /// <summary>What happens on the data plane, in order per leg; to be read by one reader.</summary>
    internal ChannelReader<MediaEvent> Events => _events.Reader;

    /// <summary>Tones as clips.</summary>
    internal ToneClips Clips { get; } = new();

    /// <summary>Writes recordings.</summary>
    internal RecordingDriver Recordings { get; }

    /// <summary>Ticks that the data plane had to leave out since the start: the machine is too slow for its
    /// load.</summary>
    internal long TicksMissed => _threads.Sum(t => t.TicksMissed);

    /// <summary>Opens media for a leg on the thread of its call.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="call">The call it belongs to, as far as known.</param>
    /// <returns>Null when all ports are taken: refuse the call.</returns>
    internal RtpLeg? TryOpen(LegId leg, CallId call)
    {
        if (_ports.TryOpen() is not { } ports)
        {
            return null;
        }

        var seat = new RtpSeat(ports);
        var seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        seat.Seat(new MediaLeg(leg, seat, this, new MediaLegOptions
        {
            Chance = new Prng(seed), Latch = _options.Latch, Jitter = _options.Jitter,
        }));
        lock (_gate)
        {
            var thread = _threads[(int)(call.Value % (ulong)_threads.Length)];
            thread.Legs++;
            seat.Owner = thread;
            thread.Post(new RtpRequest(seat, static (_, _) => { }));
            return new RtpLeg(this, seat, thread);
        }
    }

    /// <inheritdoc/>
    public void Raise(MediaEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>Stops the threads and ends the recordings; legs still open are simply gone.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        foreach (var thread in _threads)
        {
            thread.Stop();
        }

        Recordings.Dispose();
        _events.Writer.TryComplete();
    }

    internal void Post(RtpLeg leg, Action<RtpThread, Instant> run)
    {
        lock (_gate)
        {
            if (!leg.IsClosed && !_isDisposed)
            {
                leg.Thread.Post(new RtpRequest(leg.Seat, run));
            }
        }
    }

    internal Task<T> Ask<T>(RtpLeg leg, Func<RtpThread, Instant, T> ask)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (leg.IsClosed || _isDisposed)
            {
                return Task.FromException<T>(new InvalidOperationException($"Leg {leg.Id} has no media any more"));
            }

            leg.Thread.Post(new RtpRequest(leg.Seat, (thread, now) => answer.TrySetResult(ask(thread, now))));
        }

        return answer.Task;
    }

    internal void Join(RtpLeg leg, BridgeId bridge, LegRole role, MonitorMode? mode)
    {
        lock (_gate)
        {
            if (leg.IsClosed)
            {
                return;
            }

            if (leg.Bridge != bridge)
            {
                Forget(leg);
                var place = _bridges.GetValueOrDefault(bridge, (leg.Thread, 0));
                _bridges[bridge] = (place.Item1, place.Item2 + 1);
                leg.Bridge = bridge;
                Move(leg, place.Item1);
            }

            leg.Thread.Post(new RtpRequest(
                leg.Seat, (thread, _) => thread.Plane.Join(leg.Seat.Leg, bridge, role, mode)));
        }
    }

    internal void Leave(RtpLeg leg)
    {
        lock (_gate)
        {
            if (!leg.IsClosed)
            {
                Forget(leg);
                leg.Thread.Post(new RtpRequest(leg.Seat, (thread, _) => thread.Plane.Leave(leg.Seat.Leg)));
            }
        }
    }

    internal Task<LegQuality> CloseAsync(RtpLeg leg)
    {
        var closed = Ask(leg, (thread, now) =>
        {
            var quality = leg.Seat.Leg.MeasureQuality();
            thread.Plane.Leave(leg.Seat.Leg); // Before its codecs are gone: the bridge may reset them.
            leg.Seat.Leg.Close(now);
            thread.Release(leg.Seat, null);
            leg.Seat.Ports.Rtp.Dispose();
            leg.Seat.Ports.Rtcp.Dispose();
            _ports.Free(leg.Port);
            return quality;
        });
        lock (_gate)
        {
            if (!leg.IsClosed)
            {
                leg.IsClosed = true;
                leg.Thread.Legs--;
                Forget(leg);
            }
        }

        return closed;
    }

    /// <summary>Counts a leg out of the bridge it was in.</summary>
    private void Forget(RtpLeg leg)
    {
        if (leg.Bridge is not { } bridge)
        {
            return;
        }

        leg.Bridge = null;
        var (thread, legs) = _bridges[bridge];
        if (legs == 1)
        {
            _bridges.Remove(bridge);
        }
        else
        {
            _bridges[bridge] = (thread, legs - 1);
        }
    }

    private static void Move(RtpLeg leg, RtpThread target)
    {
        var origin = leg.Thread;
        if (origin == target)
        {
            return;
        }

        origin.Post(new RtpRequest(leg.Seat, (thread, _) => thread.Release(leg.Seat, target)));
        origin.Legs--;
        target.Legs++;
        leg.Thread = target;
    }
}
