using System.Buffers.Binary;
using Plateau.Media.Codecs;

namespace Plateau.Media.Audio;

/// <summary>Reads WAV files from anywhere: any chunk order, missing padding, sizes left open by a crash.</summary>
/// <remarks>
/// Source: Microsoft and IBM, Multimedia Programming Interface 1.0 (RIFF); WAVEFORMATEXTENSIBLE; EBU Tech 3306 (RF64).
/// Bytes in, samples or a named error out; it never throws on content.
/// </remarks>
public static class WavParser
{
    private const int EncodingPcm = 1;
    private const int EncodingFloat = 3;
    private const int EncodingALaw = 6;
    private const int EncodingMuLaw = 7;
    private const int EncodingExtensible = 0xFFFE;

    private readonly record struct Format(int Encoding, int Channels, int SampleRateHz, int Bits, int BlockBytes);

    /// <summary>Parses a whole file.</summary>
    /// <param name="file">All bytes, at most <see cref="WavLimits.FileBytesMax"/>.</param>
    /// <param name="error">Why it failed, else <see cref="WavError.None"/>.</param>
    /// <returns>The audio, or null on error.</returns>
    public static WavAudio? Parse(ReadOnlySpan<byte> file, out WavError error)
    {
        error = Locate(file, out var format, out var audio);
        if (error == WavError.None)
        {
            error = Check(format);
        }

        var blocks = error == WavError.None ? audio.Length / format.BlockBytes : 0;
        if (error == WavError.None && blocks == 0)
        {
            error = WavError.NoAudio;
        }

        if (error != WavError.None)
        {
            return null;
        }

        var samples = new short[blocks * format.Channels];
        Decode(format, audio, samples);
        return new WavAudio(format.SampleRateHz, format.Channels, samples);
    }

    private static WavError Locate(ReadOnlySpan<byte> file, out Format format, out ReadOnlySpan<byte> audio)
    {
        format = default;
        audio = default;
        if (file.Length > WavLimits.FileBytesMax)
        {
            return WavError.TooLarge;
        }

        if (file.Length < 12 || !(file.StartsWith("RIFF"u8) || file.StartsWith("RF64"u8))
            || !file[8..].StartsWith("WAVE"u8))
        {
            return WavError.NotWave;
        }

        var rest = file[12..];
        for (var chunks = 0; rest.Length >= 8 && (format == default || audio.IsEmpty); chunks++)
        {
            if (chunks == WavLimits.ChunksMax)
            {
                return WavError.TooManyChunks;
            }

            // A size beyond the end means a recorder that did not come back to patch it: take what is there.
            var size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), (uint)rest.Length - 8);
            var body = rest.Slice(8, size);
            if (rest.StartsWith("fmt "u8))
            {
                format = ParseFormat(body);
            }
            else if (rest.StartsWith("data"u8))
            {
                audio = body;
            }

            rest = rest[Math.Min(8 + size + (size & 1), rest.Length)..];
        }

        return format == default ? WavError.FormatMissing : audio.IsEmpty ? WavError.NoAudio : WavError.None;
    }

    private static Format ParseFormat(ReadOnlySpan<byte> body)
    {
        if (body.Length < 16)
        {
            return default;
        }

        var encoding = (int)BinaryPrimitives.ReadUInt16LittleEndian(body);
        if (encoding == EncodingExtensible && body.Length >= 40)
        {
            // The sub-format is a GUID whose first two bytes are the plain encoding number.
            encoding = BinaryPrimitives.ReadUInt16LittleEndian(body[24..]);
        }

        var rate = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        return new Format(
            encoding,
            BinaryPrimitives.ReadUInt16LittleEndian(body[2..]),
            (int)Math.Min(rate, int.MaxValue),
            BinaryPrimitives.ReadUInt16LittleEndian(body[14..]),
            BinaryPrimitives.ReadUInt16LittleEndian(body[12..]));
    }

    private static WavError Check(Format format)
    {
        var isKnown = (format.Encoding, format.Bits) is (EncodingPcm, 8 or 16 or 24 or 32)
            or (EncodingFloat, 32 or 64) or (EncodingALaw or EncodingMuLaw, 8);
        return !isKnown ? WavError.EncodingUnsupported
            : format.Channels is < 1 or > 2 || format.BlockBytes != format.Channels * format.Bits / 8
                ? WavError.ChannelsUnsupported
            : format.SampleRateHz < RateFilter.RateHzMin || format.SampleRateHz > RateFilter.RateHzMax
                ? WavError.RateUnsupported
            : WavError.None;
    }

    private static void Decode(Format format, ReadOnlySpan<byte> audio, Span<short> samples)
    {
        var width = format.Bits / 8;
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = audio.Slice(i * width, width);
            samples[i] = (format.Encoding, format.Bits) switch
            {
                (EncodingPcm, 8) => (short)((sample[0] - 128) << 8),
                (EncodingPcm, _) => BinaryPrimitives.ReadInt16LittleEndian(sample[^2..]),
                (EncodingFloat, 32) => FromUnit(BinaryPrimitives.ReadSingleLittleEndian(sample)),
                (EncodingFloat, _) => FromUnit(BinaryPrimitives.ReadDoubleLittleEndian(sample)),
                (EncodingALaw, _) => G711.Decode(G711Law.A, sample[0]),
                _ => G711.Decode(G711Law.Mu, sample[0]),
            };
        }
    }

    private static short FromUnit(double value) =>
        double.IsNaN(value) ? (short)0 : (short)Math.Clamp(Math.Round(value * 32_767), short.MinValue, short.MaxValue);
}
