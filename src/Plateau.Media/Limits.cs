namespace Plateau.Media;

/// <summary>The bounds of the data plane that do not belong to a codec; each with unit and reason.</summary>
public static class Limits
{
    /// <summary>Largest RTP or RTCP datagram looked at, bytes: an Ethernet frame's worth.</summary>
    public const int PacketBytesMax = 1_500;

    /// <summary>Largest payload kept, bytes: one Opus packet (1 275) fits, so does 120 ms of G.711 (960).</summary>
    public const int PayloadBytesMax = 1_280;

    /// <summary>Packets a jitter buffer holds; 640 ms even with packets of 10 ms.</summary>
    public const int JitterSlots = 64;

    /// <summary>Legs in one bridge; a conference larger than this cannot be followed by ear.</summary>
    public const int PartiesMax = 32;

    /// <summary>Items that may wait in one leg's player.</summary>
    public const int PlaylistItemsMax = 256;

    /// <summary>Audio of one clip, seconds: ten minutes, the longest music on hold.</summary>
    public const int ClipSecondsMax = 600;

    /// <summary>Report blocks in one RTCP packet: the field has five bits (RFC 3550 §6.4.1).</summary>
    public const int ReportBlocksMax = 31;

    /// <summary>Sources that may be on probation at one latch; an attacker who opens more is ignored.</summary>
    public const int LatchCandidatesMax = 4;

    /// <summary>Bytes of one block of recorded audio: 2 s of stereo G.711, 0.5 s of stereo 16 kHz linear.</summary>
    public const int RecordingBlockBytes = 32_768;
}
