namespace Plateau.Media.Codecs;

/// <summary>Says whether an Opus packet carries a copy of the one before it.</summary>
internal static class OpusRedundancy
{
    /// <summary>Whether the packet's first frame has low-bit-rate redundancy (LBRR).</summary>
    /// <remarks>
    /// RFC 6716 §3.1: configurations 0 to 15 have a SILK part. §4.2.3: its header bits come first in the range coder,
    /// with
    /// even odds, so they are the top bits of the first byte: one voice-activity bit per 20 ms of SILK, then the LBRR
    /// flag.
    /// </remarks>
    public static bool IsIn(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 2 || packet[0] >> 3 > 15 || (packet[0] & 3) == 3)
        {
            return false; // CELT only, or several frames with a count byte, which we do not look into.
        }

        var first = FirstFrameOffset(packet);
        var configuration = packet[0] >> 3;
        var silkFrames = configuration < 12 ? Math.Max(1, configuration % 4) : 1;
        return first < packet.Length && ((packet[first] >> (7 - silkFrames)) & 1) != 0;
    }

    /// <summary>Code 2 packets (two frames, different sizes) have a length of one or two bytes after the first
    /// byte.</summary>
    private static int FirstFrameOffset(ReadOnlySpan<byte> packet) =>
        (packet[0] & 3) != 2 ? 1 : packet[1] < 252 ? 2 : 3;
}
