using System.Diagnostics;

namespace Plateau.Benchmarks.Routing;

/// <summary>Durations in ticks of the stopwatch, and their quantiles.</summary>
internal sealed class Durations
{
    private readonly List<long> _ticks = new(100_000);
    private bool _isSorted;

    internal int Count => _ticks.Count;

    internal void Add(long ticks)
    {
        _ticks.Add(ticks);
        _isSorted = false;
    }

    /// <summary>Microseconds at a quantile; 1 = the longest.</summary>
    internal double AtUs(double quantile)
    {
        if (!_isSorted)
        {
            _ticks.Sort();
            _isSorted = true;
        }

        return _ticks[Math.Min(_ticks.Count - 1, (int)(_ticks.Count * quantile))] * 1e6 / Stopwatch.Frequency;
    }
}
