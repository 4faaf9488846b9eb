using Plateau.Core;

namespace Plateau.Server.Hosting;

/// <summary>Something for the centre's thread: an input, or a question about the centre.</summary>
/// <param name="Input">The input; null for a question.</param>
/// <param name="Question">Looks at the centre and returns what gives the answer; null for an input.</param>
internal readonly record struct CentreWork(CentreInput? Input, Func<Centre, Action>? Question);

/// <summary>What waits for the centre's thread: many post, one takes.</summary>
/// <remarks>
/// Bounded. Requests and new calls are refused when half of the room is taken, so that what happens to calls that are
/// up still finds room; a full queue means that the centre stands still.
/// </remarks>
internal sealed class CentreQueue
{
    /// <summary>Room for inputs: some ten seconds of the load that one centre can take.</summary>
    internal const int InputsMax = 131_072;

    // A monitor and not a semaphore: a wait that spins first costs more than the inputs it waits for.
    private readonly object _gate = new();
    private List<CentreWork> _waiting = new(1024);
    private bool _closed;

    /// <summary>How much waits.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds; false when there is no room or when it is closed.</summary>
    internal bool TryAdd(CentreWork work, bool isRefusable)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Count >= (isRefusable ? InputsMax / 2 : InputsMax))
            {
                return false;
            }

            _waiting.Add(work);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Takes all that waits, or waits for it until the time is over.</summary>
    /// <param name="into">Empty; exchanged for what waited.</param>
    /// <param name="timeout">Longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for no end.</param>
    /// <returns>False when it is closed and empty.</returns>
    internal bool Take(ref List<CentreWork> into, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate, timeout);
            }

            if (_waiting.Count > 0)
            {
                (into, _waiting) = (_waiting, into);
            }

            return into.Count > 0 || !_closed;
        }
    }

    /// <summary>Takes nothing more; what waits can still be taken.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
