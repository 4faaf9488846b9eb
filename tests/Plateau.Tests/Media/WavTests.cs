using System.Buffers.Binary;
using System.Text;
using Plateau.Contracts;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;

namespace Plateau.Tests.Media;

public sealed class WavTests
{
    public static TheoryData<int, int, int, int> Formats()
    {
        var formats = new TheoryData<int, int, int, int>();
        foreach (var (encoding, bits) in new[] { (1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64), (6, 8), (7, 8) })
        {
            foreach (var channels in new[] { 1, 2 })
            {
                foreach (var rate in new[] { 8_000, 11_025, 22_050, 44_100, 48_000 })
                {
                    formats.Add(encoding, bits, channels, rate);
                }
            }
        }

        return formats;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_tone_is_read_from_every_format(int encoding, int bits, int channels, int rateHz)
    {
        var tone = Signal.Sine(1_000, rateHz, 12_000, rateHz / 2);
        var body = Body(tone, encoding, bits, channels);
        foreach (var isExtensible in new[] { false, true })
        {
            var file = File(Format(encoding, bits, channels, rateHz, isExtensible), Chunk("data", body));
            var audio = WavParser.Parse(file, out var error);
            Assert.Equal(WavError.None, error);
            Assert.NotNull(audio);
            Assert.Equal((rateHz, channels, tone.Length), (audio.SampleRateHz, audio.Channels, audio.Samples.Length / channels));
            var mono = audio.ToMono(16_000);
            Assert.InRange(Signal.SineToNoiseDb(mono.AsSpan(800, 6_400), 1_000, 16_000), bits == 8 ? 30 : 60, 200);
        }
    }

    [Fact]
    public void Other_chunks_may_stand_anywhere_and_the_data_may_come_first()
    {
        var data = Chunk("data", Body(Signal.Sine(440, 8_000, 9_000, 101), 1, 8, 1));
        var list = Chunk("LIST", new byte[7]);
        var format = Format(1, 8, 1, 8_000, false);
        foreach (var chunks in new byte[][][] { [list, format, list, data], [data, format], [format, data, list, list] })
        {
            var audio = WavParser.Parse(File(chunks), out _);
            Assert.Equal(101, audio?.Samples.Length);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_file_left_behind_by_a_crash_is_read_to_its_end(int channels)
    {
        foreach (var encoding in new[] { WavEncoding.Pcm16, WavEncoding.ALaw, WavEncoding.MuLaw })
        {
            var header = new WavHeader(encoding, 8_000, channels);
            var file = new byte[header.Bytes + 1_000 * header.BlockBytes];
            header.Write(file, WavHeader.LengthUnknown);
            Assert.Equal(1_000 * channels, WavParser.Parse(file, out _)?.Samples.Length);

            header.Write(file, 500 * header.BlockBytes);
            Assert.Equal(500 * channels, WavParser.Parse(file, out _)?.Samples.Length);
        }
    }

    [Fact]
    public void A_finished_header_states_its_sizes()
    {
        var header = new WavHeader(WavEncoding.ALaw, 8_000, 2);
        var bytes = new byte[header.Bytes];
        header.Write(bytes, 32_000);
        Assert.Equal("RIFF", Encoding.ASCII.GetString(bytes, 0, 4));
        Assert.Equal(32_000u + 50, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)));
        Assert.Equal(16_000u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(28)));
        Assert.Equal(16_000u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(46)));
        Assert.Equal(32_000u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(54)));
    }

    [Fact]
    public void Each_defect_has_its_name()
    {
        var data = Chunk("data", new byte[100]);
        var format = Format(1, 16, 1, 8_000, false);
        (WavError Error, byte[] File)[] cases =
        [
            (WavError.NotWave, []),
            (WavError.NotWave, Encoding.ASCII.GetBytes("ID3 this is an MP3 file, not WAV")),
            (WavError.FormatMissing, File(data)),
            (WavError.FormatMissing, File(Chunk("fmt ", new byte[10]), data)),
            (WavError.NoAudio, File(format)),
            (WavError.NoAudio, File(format, Chunk("data", []))),
            (WavError.NoAudio, File(format, Chunk("data", [1]))),
            (WavError.EncodingUnsupported, File(Format(2, 4, 1, 8_000, false), data)),
            (WavError.EncodingUnsupported, File(Format(1, 12, 1, 8_000, false), data)),
            (WavError.EncodingUnsupported, File(Format(0x55, 0, 2, 44_100, false), data)),
            (WavError.ChannelsUnsupported, File(Format(1, 16, 6, 48_000, false), data)),
            (WavError.ChannelsUnsupported, File(Format(1, 16, 0, 48_000, false), data)),
            (WavError.RateUnsupported, File(Format(1, 16, 1, 0, false), data)),
            (WavError.RateUnsupported, File(Format(1, 16, 1, 384_000, false), data)),
            (WavError.TooManyChunks, File([.. Enumerable.Repeat(Chunk("junk", []), 300), format, data])),
        ];
        foreach (var (expected, file) in cases)
        {
            Assert.Null(WavParser.Parse(file, out var error));
            Assert.Equal(expected, error);
        }
    }

    [Fact]
    public void Damaged_files_never_throw()
    {
        var good = File(Format(1, 24, 2, 44_100, true), Chunk("data", new byte[600]));
        var chance = new Prng(7);
        for (var round = 0; round < 5_000; round++)
        {
            var bad = good[..chance.NextBelow(good.Length + 1)];
            for (var i = 0; i < 4 && bad.Length > 0; i++)
            {
                bad[chance.NextBelow(Math.Min(bad.Length, 80))] = (byte)chance.NextBelow(256);
            }

            var audio = WavParser.Parse(bad, out var error);
            Assert.Equal(audio is null, error != WavError.None);
        }
    }

    private static byte[] File(params byte[][] chunks)
    {
        var body = chunks.SelectMany(c => c).ToArray();
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length + 4), .. "WAVE"u8, .. body];
    }

    private static byte[] Chunk(string name, byte[] body) =>
        [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(body.Length), .. body, .. new byte[body.Length & 1]];

    private static byte[] Format(int encoding, int bits, int channels, int rateHz, bool isExtensible)
    {
        var block = channels * bits / 8;
        byte[] plain =
        [
            .. BitConverter.GetBytes((ushort)(isExtensible ? 0xFFFE : encoding)),
            .. BitConverter.GetBytes((ushort)channels),
            .. BitConverter.GetBytes(rateHz),
            .. BitConverter.GetBytes(rateHz * block),
            .. BitConverter.GetBytes((ushort)block),
            .. BitConverter.GetBytes((ushort)bits),
        ];
        byte[] subFormat = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        return Chunk("fmt ", isExtensible
            ? [.. plain, 22, 0, (byte)bits, 0, 0, 0, 0, 0, .. BitConverter.GetBytes((ushort)encoding), .. subFormat]
            : plain);
    }

    private static byte[] Body(short[] tone, int encoding, int bits, int channels)
    {
        var bytes = new List<byte>();
        foreach (var sample in tone)
        {
            byte[] one = (encoding, bits) switch
            {
                (1, 8) => [(byte)((sample >> 8) + 128)],
                (1, 16) => BitConverter.GetBytes(sample),
                (1, 24) => BitConverter.GetBytes(sample << 8)[..3],
                (1, 32) => BitConverter.GetBytes(sample << 16),
                (3, 32) => BitConverter.GetBytes(sample / 32_767f),
                (3, 64) => BitConverter.GetBytes(sample / 32_767d),
                (6, _) => [G711.Encode(G711Law.A, sample)],
                _ => [G711.Encode(G711Law.Mu, sample)],
            };
            for (var channel = 0; channel < channels; channel++)
            {
                bytes.AddRange(one);
            }
        }

        return [.. bytes];
    }
}
