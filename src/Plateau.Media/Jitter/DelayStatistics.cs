using Plateau.Contracts;

namespace Plateau.Media.Jitter;

/// <summary>How late packets come, relative to the fastest of the recent past, as a fading histogram.</summary>
/// <remarks>
/// The fastest transit is the minimum over the last 4 to 8 s, so that clock skew moves it along: two clocks that
/// differ by 100 ppm drift apart by less than 1 ms in that time.
/// </remarks>
internal sealed class DelayStatistics
{
    private const int BinMs = 5;
    private const int Bins = 128;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(4);

    private readonly float[] _share = new float[Bins];
    private readonly float _forgetting;
    private Instant _windowEnd;
    private long _fastestNow;
    private long _fastestBefore;
    private bool _isStarted;
    private int _packets;

    public DelayStatistics(double forgetting) => _forgetting = (float)forgetting;

    /// <summary>Transit of the fastest recent packet, microseconds, arbitrary origin.</summary>
    public long Fastest => Math.Min(_fastestNow, _fastestBefore);

    /// <summary>Takes note of one packet.</summary>
    /// <param name="arrival">When it came.</param>
    /// <param name="mediaMicroseconds">When it was spoken, on the sender's clock, arbitrary origin.</param>
    public void Note(Instant arrival, long mediaMicroseconds)
    {
        var transit = arrival.Microseconds - mediaMicroseconds;
        if (!_isStarted)
        {
            _isStarted = true;
            _fastestNow = transit;
            _fastestBefore = transit;
            _windowEnd = arrival + Window;
        }
        else if (arrival >= _windowEnd)
        {
            _fastestBefore = _fastestNow;
            _fastestNow = transit;
            _windowEnd = arrival + Window;
        }

        _fastestNow = Math.Min(_fastestNow, transit);
        var bin = Math.Clamp((int)((transit - Fastest) / (BinMs * 1_000)), 0, Bins - 1);

        // In the beginning every packet weighs the same, or the first ones would rule for seconds.
        _packets = Math.Min(_packets + 1, 1_000_000);
        var keep = Math.Min(_forgetting, 1f - 1f / _packets);
        for (var i = 0; i < _share.Length; i++)
        {
            _share[i] *= keep;
        }

        _share[bin] += 1f - keep;
    }

    /// <summary>The delay within which the given share of packets comes, milliseconds, rounded up to a bin.</summary>
    public int DelayMs(double share)
    {
        var beyond = 1.0 - share;
        var sum = 0.0;
        for (var bin = Bins - 1; bin >= 0; bin--)
        {
            sum += _share[bin];
            if (sum > beyond)
            {
                return (bin + 1) * BinMs;
            }
        }

        return BinMs;
    }

    /// <summary>Forgets all.</summary>
    public void Reset()
    {
        Array.Clear(_share);
        _isStarted = false;
        _packets = 0;
    }
}
