using Plateau.Media.Audio;

namespace Plateau.Media.Detection;

/// <summary>Counts how long a leg has been silent: dead air, a forgotten mute, one-way audio.</summary>
/// <param name="thresholdDbov">Frames at or below this level are silent; -55 suits telephone lines.</param>
public sealed class SilenceMeter(double thresholdDbov)
{
    private const int FrameMs = 20;

    /// <summary>Length of the silence up to now, milliseconds; 0 while there is sound.</summary>
    public long SilentMs { get; private set; }

    /// <summary>Longest silence so far, milliseconds.</summary>
    public long LongestMs { get; private set; }

    /// <summary>All silence so far, milliseconds.</summary>
    public long TotalMs { get; private set; }

    /// <summary>Hears one 20 ms frame; pass an empty one for a frame that did not come.</summary>
    public void Hear(ReadOnlySpan<short> pcm)
    {
        if (AudioLevel.MeasureDbov(pcm) > thresholdDbov)
        {
            SilentMs = 0;
            return;
        }

        SilentMs += FrameMs;
        TotalMs += FrameMs;
        LongestMs = Math.Max(LongestMs, SilentMs);
    }
}
