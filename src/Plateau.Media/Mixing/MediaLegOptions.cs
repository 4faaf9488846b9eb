using Plateau.Contracts;
using Plateau.Media.Jitter;
using Plateau.Media.Rtp;

namespace Plateau.Media.Mixing;

/// <summary>What a leg is made with.</summary>
public sealed record MediaLegOptions
{
    /// <summary>How strict the latch is.</summary>
    public LatchConfig Latch { get; init; } = LatchConfig.Default;

    /// <summary>Bounds of the jitter buffer.</summary>
    public JitterConfig Jitter { get; init; } = JitterConfig.Default;

    /// <summary>Source of the leg's SSRC, first sequence number, first timestamp, CNAME and report intervals.</summary>
    /// <remarks>Seed it unpredictably in production (RFC 3550 §5.1, RFC 7022), and by hand in tests.</remarks>
    public required Prng Chance { get; init; }
}
