namespace Plateau.Media.Codecs;

/// <summary>Bounds of one audio packet, for sizing buffers once.</summary>
public static class CodecLimits
{
    /// <summary>Length of the frames we send and mix, milliseconds.</summary>
    public const int FrameMs = 20;

    /// <summary>Frames of <see cref="FrameMs"/> in a second.</summary>
    public const int FramesPerSecond = 1000 / FrameMs;

    /// <summary>Longest packet a decoder accepts, milliseconds: Opus' own longest (RFC 6716 §2.1.4).</summary>
    public const int PacketMsMax = 120;

    /// <summary>Samples in the longest packet at 16 kHz, our highest sample rate.</summary>
    public const int PacketSamplesMax = 16_000 * PacketMsMax / 1000;

    /// <summary>Samples in one 20 ms frame at 16 kHz, our highest sample rate.</summary>
    public const int FrameSamplesMax = 16_000 / FramesPerSecond;

    /// <summary>Bytes of the longest 20 ms payload an encoder writes: one Opus frame (RFC 6716 §3.2.1).</summary>
    public const int PayloadBytesMax = 1275;
}
