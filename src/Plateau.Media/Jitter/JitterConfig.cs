namespace Plateau.Media.Jitter;

/// <summary>Bounds and temper of a jitter buffer.</summary>
public sealed record JitterConfig
{
    /// <summary>The defaults: 20 to 200 ms.</summary>
    public static readonly JitterConfig Default = new();

    /// <summary>Smallest delay aimed at, milliseconds.</summary>
    public int DelayMsMin { get; init; } = 20;

    /// <summary>Largest delay aimed at, milliseconds; later packets are lost.</summary>
    public int DelayMsMax { get; init; } = 200;

    /// <summary>Share of packets that should come in time, 0 to 1.</summary>
    public double InTimeShare { get; init; } = 0.98;

    /// <summary>Weight of the past in the delay statistics per packet; 0.995 remembers about 4 s of speech.</summary>
    public double Forgetting { get; init; } = 0.995;

    /// <summary>Distance from the aim that is corrected when the party is quiet, milliseconds.</summary>
    public int SlackQuietMs { get; init; } = 25;

    /// <summary>Distance from the aim that is corrected even while the party speaks, milliseconds.</summary>
    public int SlackSpeechMs { get; init; } = 60;

    /// <summary>Underrun after which the stream counts as paused, milliseconds; until then it is concealed.</summary>
    public int ConcealedMsMax { get; init; } = 100;
}
