using Plateau.Contracts;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;

namespace Plateau.Media.Recording;

/// <summary>What becomes of paused stretches.</summary>
public enum PauseMode
{
    /// <summary>They are silent, and the recording stays as long as the call.</summary>
    Silenced,

    /// <summary>They are left out.</summary>
    Cut,
}

/// <summary>Which side of a stereo recording.</summary>
public enum RecordingSide
{
    /// <summary>Left: the leg that is recorded, the customer.</summary>
    Own = 0,

    /// <summary>Right: everybody else the customer hears.</summary>
    Others = 1,
}

/// <summary>How a recording is made.</summary>
public sealed record RecordingOptions
{
    /// <summary>Coding and rate; null follows the recorded leg: its G.711 law, else 16 kHz linear.</summary>
    public WavHeader? Format { get; init; }

    /// <summary>Whether only the leg itself is recorded, in mono: a message.</summary>
    public bool IsMono { get; init; }

    /// <summary>What becomes of paused stretches.</summary>
    public PauseMode Pauses { get; init; } = PauseMode.Silenced;

    /// <summary>Longest recording; it stops by itself there. Zero = no limit but the file format's 4 GiB.</summary>
    public TimeSpan LengthMax { get; init; }

    /// <summary>The format for a leg of that codec.</summary>
    public WavHeader FormatFor(Codec codec)
    {
        var channels = IsMono ? 1 : 2;
        return Format is not null ? Format with { Channels = channels }
            : codec == Codec.Pcma ? new WavHeader(WavEncoding.ALaw, 8_000, channels)
            : codec == Codec.Pcmu ? new WavHeader(WavEncoding.MuLaw, 8_000, channels)
            : new WavHeader(WavEncoding.Pcm16, 16_000, channels);
    }
}

/// <summary>Takes recorded audio off the data plane; called on its threads and must neither wait nor allocate
/// much.</summary>
public interface IRecordingOutput
{
    /// <summary>An empty block of <see cref="Limits.RecordingBlockBytes"/>.</summary>
    byte[] RentBlock();

    /// <summary>A full block; it belongs to the receiver from now on.</summary>
    /// <param name="recording">Which recording.</param>
    /// <param name="block">Interleaved samples in the recording's format.</param>
    /// <param name="bytes">How many of them count.</param>
    void Deliver(RecordingId recording, byte[] block, int bytes);

    /// <summary>The recording is over; all its blocks have been delivered.</summary>
    void Finish(RecordingId recording);
}
