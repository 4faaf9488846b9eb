using System.Collections.Concurrent;
using Plateau.Contracts;
using Plateau.Media.Mixing;
using static Plateau.Server.Telephony.RtpSocketNative;

namespace Plateau.Server.Telephony;

/// <summary>One thread of the data plane: every 20 ms it fetches what came, runs requests, mixes and sends.</summary>
/// <remarks>
/// Each RTP socket is asked once per tick instead of waiting for any of them: a live leg has a packet in nearly every
/// tick, and an idle one costs a system call that returns at once. RTCP sockets are asked twice a second.
/// </remarks>
internal sealed unsafe class RtpThread
{
    private const long TickMicroseconds = 20_000;

    /// <summary>Ticks made up for after a stall; more are left out, as nobody wants to hear them.</summary>
    private const int CatchUpTicks = 5;

    /// <summary>Ticks between two looks at the same RTCP socket: half a second.</summary>
    private const int ControlTicks = 25;

    /// <summary>Datagrams taken from one socket in one tick; a flood beyond it stays in the kernel and is dropped
    /// there.</summary>
    private const int DatagramsPerTick = 32;

    private readonly ConcurrentQueue<RtpRequest> _requests = new();
    private readonly MediaPlane _plane = new();
    private readonly List<RtpSeat> _seats = [];
    private readonly RtpReceiveBatch _batch = new();
    private readonly Action<Exception> _failed;
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private int _legs;
    private long _tick;
    private long _wallOffset;

    internal RtpThread(int number, Action<Exception> failed)
    {
        _failed = failed;
        _thread = new Thread(Run) { Name = $"rtp-{number}", IsBackground = true, Priority = ThreadPriority.Highest };
    }

    /// <summary>Legs assigned to it; kept by the control plane.</summary>
    internal int Legs
    {
        get => Volatile.Read(ref _legs);
        set => Volatile.Write(ref _legs, value);
    }

    /// <summary>Legs and bridges; to be touched by requests only, which run on this thread.</summary>
    internal MediaPlane Plane => _plane;

    /// <summary>Ticks left out because the machine stalled.</summary>
    internal long TicksMissed { get; private set; }

    internal void Start() => _thread.Start();

    /// <summary>Ends the thread after the current tick and what was asked of it; closes what is still open.</summary>
    internal void Stop()
    {
        _isStopping = true;
        _thread.Join();
        foreach (var seat in _seats)
        {
            seat.Leg.StopRecording();
            seat.Leg.Dispose();
            seat.Ports.Rtp.Dispose();
            seat.Ports.Rtcp.Dispose();
        }

        _batch.Dispose();
    }

    /// <summary>Has something done between two ticks; requests run in the order in which they were given.</summary>
    internal void Post(RtpRequest request) => _requests.Enqueue(request);

    /// <summary>Takes a seat over; on this thread.</summary>
    internal void Adopt(RtpSeat seat)
    {
        seat.Index = _seats.Count;
        _seats.Add(seat);
        _plane.Add(seat.Leg);
    }

    /// <summary>Lets a seat go to another thread, or to none; on this thread.</summary>
    internal void Release(RtpSeat seat, RtpThread? next)
    {
        _plane.Remove(seat.Leg);
        var last = _seats[^1];
        _seats[seat.Index] = last;
        last.Index = seat.Index;
        _seats.RemoveAt(_seats.Count - 1);
        seat.Index = -1;
        seat.Owner = next;
    }

    private void Run()
    {
        var next = Read(ClockMonotonic);
        while (!_isStopping)
        {
            next += TickMicroseconds;
            WaitUntil(next);
            var steady = Read(ClockMonotonic);
            if (steady - next > CatchUpTicks * TickMicroseconds)
            {
                TicksMissed += (steady - next) / TickMicroseconds;
                next = steady;
            }

            try
            {
                Tick(steady);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _failed(e);
            }
        }

        RunRequests(new Instant(Read(ClockMonotonic) + _wallOffset));
    }

    /// <summary>Time on the data plane is the wall clock as it was at the start, moved on by the steady
    /// clock.</summary>
    private void Tick(long steady)
    {
        if (_wallOffset == 0)
        {
            _wallOffset = Read(ClockRealtime) - steady;
        }

        var now = new Instant(steady + _wallOffset);

        // The kernel stamps packets with the wall clock, which may have been set since.
        var clockStep = now.Microseconds - Read(ClockRealtime);
        _tick++;
        for (var i = 0; i < _seats.Count; i++)
        {
            ReceiveRtp(_seats[i], now, clockStep);
            if ((_tick + i) % ControlTicks == 0)
            {
                ReceiveRtcp(_seats[i], now, clockStep);
            }
        }

        RunRequests(now);
        _plane.Tick(now);
    }

    private void ReceiveRtp(RtpSeat seat, Instant now, long clockStep)
    {
        var taken = 0;
        int count;
        do
        {
            count = seat.Ports.Rtp.Receive(_batch);
            for (var i = 0; i < count; i++)
            {
                seat.Leg.ReceiveRtp(now, Arrival(i, now, clockStep), _batch.Source(i), _batch.Bytes(i));
            }

            taken += count;
        }
        while (count == RtpReceiveBatch.Datagrams && taken < DatagramsPerTick);
    }

    /// <summary>Reports are looked at late, but timed by their arrival: the round trip is computed from it.</summary>
    private void ReceiveRtcp(RtpSeat seat, Instant now, long clockStep)
    {
        var count = seat.Ports.Rtcp.Receive(_batch);
        for (var i = 0; i < count; i++)
        {
            seat.Leg.ReceiveRtcp(Arrival(i, now, clockStep), _batch.Source(i), _batch.Bytes(i));
        }
    }

    private Instant Arrival(int index, Instant now, long clockStep) => _batch.Arrival(index) is { } stamp
        ? Instant.Min(new Instant(stamp.Microseconds + clockStep), now)
        : now;

    private void RunRequests(Instant now)
    {
        while (_requests.TryPeek(out var request))
        {
            // The seat is still on its way from another thread: keep the order, go on in the next tick.
            if (request.Seat.Owner != this)
            {
                return;
            }

            _requests.TryDequeue(out _);
            if (request.Seat.Index < 0)
            {
                Adopt(request.Seat);
            }

            request.Run(this, now);
        }
    }

    private static void WaitUntil(long steadyMicroseconds)
    {
        var until = new TimeSpec
        {
            Seconds = steadyMicroseconds / 1_000_000, Nanoseconds = steadyMicroseconds % 1_000_000 * 1_000,
        };
        while (Sleep(ClockMonotonic, AbsoluteTime, &until, null) != 0)
        {
            // Interrupted by a signal of the runtime: wait on for the same instant.
        }
    }

    private static long Read(int clock)
    {
        TimeSpec time;
        _ = GetTime(clock, &time);
        return time.Microseconds;
    }
}

/// <summary>Something to be done on a data-plane thread between two ticks.</summary>
/// <param name="Seat">For whom.</param>
/// <param name="Run">What.</param>
internal readonly record struct RtpRequest(RtpSeat Seat, Action<RtpThread, Instant> Run);
