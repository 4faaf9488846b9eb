using System.Buffers.Binary;

namespace Plateau.Media.Audio;

/// <summary>How the samples of a WAV file we write are coded.</summary>
public enum WavEncoding
{
    /// <summary>16-bit linear.</summary>
    Pcm16 = 1,

    /// <summary>G.711 A-law.</summary>
    ALaw = 6,

    /// <summary>G.711 µ-law.</summary>
    MuLaw = 7,
}

/// <summary>The bytes in front of the samples of a WAV file that is written while it happens.</summary>
/// <remarks>
/// Write it once with the length unknown, append audio, and overwrite it at position 0 with the length when done. In
/// between, and after a crash, both sizes read "to the end of the file" (4 GiB less one), which our parser, sox and
/// ffmpeg understand. Source: Multimedia Programming Interface 1.0; non-PCM encodings need a fact chunk.
/// </remarks>
/// <param name="Encoding">Coding of the samples.</param>
/// <param name="SampleRateHz">Samples a second and channel.</param>
/// <param name="Channels">1 or 2; two are interleaved, left first.</param>
public sealed record WavHeader(WavEncoding Encoding, int SampleRateHz, int Channels)
{
    /// <summary>Pass as length while it is not known.</summary>
    public const long LengthUnknown = -1;

    /// <summary>Most bytes of samples one file can hold: what its 32-bit sizes can say.</summary>
    public const long AudioBytesMax = uint.MaxValue - 58;

    /// <summary>Length of the header, bytes: 44 for linear samples, 58 for G.711.</summary>
    public int Bytes => Encoding == WavEncoding.Pcm16 ? 44 : 58;

    /// <summary>Bytes of one sample of every channel.</summary>
    public int BlockBytes => Channels * (Encoding == WavEncoding.Pcm16 ? 2 : 1);

    /// <summary>Writes the header.</summary>
    /// <param name="output">At least <see cref="Bytes"/>; only those are written.</param>
    /// <param name="audioBytes">Bytes of samples that follow, or <see cref="LengthUnknown"/>.</param>
    public void Write(Span<byte> output, long audioBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(audioBytes, AudioBytesMax);
        var isOpen = audioBytes < 0;
        var isLinear = Encoding == WavEncoding.Pcm16;
        "RIFF"u8.CopyTo(output);
        Put32(output[4..], isOpen ? uint.MaxValue : (uint)(Bytes - 8 + audioBytes + (audioBytes & 1)));
        "WAVEfmt "u8.CopyTo(output[8..]);
        Put32(output[16..], isLinear ? 16u : 18u);
        Put16(output[20..], (int)Encoding);
        Put16(output[22..], Channels);
        Put32(output[24..], (uint)SampleRateHz);
        Put32(output[28..], (uint)(SampleRateHz * BlockBytes));
        Put16(output[32..], BlockBytes);
        Put16(output[34..], BlockBytes / Channels * 8);
        output = output[36..];
        if (!isLinear)
        {
            Put16(output, 0);
            "fact"u8.CopyTo(output[2..]);
            Put32(output[6..], 4);
            Put32(output[10..], isOpen ? uint.MaxValue : (uint)(audioBytes / BlockBytes));
            output = output[14..];
        }

        "data"u8.CopyTo(output);
        Put32(output[4..], isOpen ? uint.MaxValue : (uint)audioBytes);
    }

    private static void Put16(Span<byte> output, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(output, (ushort)value);

    private static void Put32(Span<byte> output, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(output, value);
}
