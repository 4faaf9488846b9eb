namespace Plateau.Media.Rtp;

/// <summary>How strict a latch is.</summary>
public sealed record LatchConfig
{
    /// <summary>The defaults.</summary>
    public static readonly LatchConfig Default = new();

    /// <summary>Time after the SDP in which a source behind NAT may be learnt.</summary>
    /// <remarks>Long enough for a phone that opens its audio late, short enough that nobody guesses the port.</remarks>
    public TimeSpan LearningWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Consecutive packets a source behind NAT must send before it is believed.</summary>
    public int ProbationPackets { get; init; } = 3;

    /// <summary>Silence of the learnt source after which the announced address may take its place.</summary>
    public TimeSpan SilenceBeforeReturn { get; init; } = TimeSpan.FromSeconds(3);
}
