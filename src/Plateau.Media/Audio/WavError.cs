namespace Plateau.Media.Audio;

/// <summary>Why a file is not usable WAV audio.</summary>
public enum WavError
{
    /// <summary>It is usable.</summary>
    None,

    /// <summary>More bytes than <see cref="WavLimits.FileBytesMax"/>.</summary>
    TooLarge,

    /// <summary>Does not begin as RIFF (or RF64) with form WAVE.</summary>
    NotWave,

    /// <summary>No fmt chunk, or one too short for its encoding.</summary>
    FormatMissing,

    /// <summary>An encoding or sample size other than PCM 8, 16, 24, 32 bit, float 32, 64 bit, A-law, µ-law.</summary>
    EncodingUnsupported,

    /// <summary>Neither mono nor stereo, or a block size that contradicts them.</summary>
    ChannelsUnsupported,

    /// <summary>A sample rate below 4 000 or above 192 000 Hz.</summary>
    RateUnsupported,

    /// <summary>No data chunk, or not one whole sample in it.</summary>
    NoAudio,

    /// <summary>More than <see cref="WavLimits.ChunksMax"/> chunks.</summary>
    TooManyChunks,
}
