using Plateau.Contracts;
using Plateau.Media.Codecs;

namespace Plateau.Tests.Media;

public sealed class CodecTests
{
    public static TheoryData<string> Names => [.. Codec.All.Select(c => c.Name)];

    [Theory]
    [InlineData("pcma", 8_000, 160, 160)]
    [InlineData("PCMU", 8_000, 160, 160)]
    [InlineData("g722", 8_000, 160, 320)]
    [InlineData("OPUS", 48_000, 960, 320)]
    public void A_codec_is_found_by_the_name_and_clock_of_its_rtpmap(string name, int clock, int ticks, int samples)
    {
        var codec = Codec.Find(name, clock);
        Assert.NotNull(codec);
        Assert.Equal((ticks, samples), (codec.TicksPerFrame, codec.SamplesPerFrame));
        Assert.Null(Codec.Find(name, clock + 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_voice_survives_the_codec(string name)
    {
        var codec = Available(name);
        using var encoder = codec.CreateEncoder();
        using var decoder = codec.CreateDecoder();
        var voice = Signal.Voice(1, codec.SampleRateHz, 16_000, codec.SampleRateHz * 2);
        var heard = new short[voice.Length];
        var payload = new byte[CodecLimits.PayloadBytesMax];
        for (var i = 0; i < voice.Length; i += codec.SamplesPerFrame)
        {
            var bytes = encoder.Encode(voice.AsSpan(i, codec.SamplesPerFrame), payload);
            Assert.InRange(bytes, 1, codec.FrameBytesMax);
            Assert.Equal(codec.SamplesPerFrame, decoder.Decode(payload.AsSpan(0, bytes), heard.AsSpan(i)));
        }

        Assert.InRange(Signal.Rms(heard) / Signal.Rms(voice), 0.75, 1.25);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frame_is_encoded_decoded_and_concealed_without_allocation(string name)
    {
        var codec = Available(name);
        using var encoder = codec.CreateEncoder();
        using var decoder = codec.CreateDecoder();
        var voice = Signal.Voice(1, codec.SampleRateHz, 16_000, codec.SamplesPerFrame * 50);
        var heard = new short[codec.SamplesPerFrame];
        var payload = new byte[CodecLimits.PayloadBytesMax];
        Assert.Equal(0, Signal.AllocatedBytes(() =>
        {
            for (var frame = 0; frame < 1_000; frame++)
            {
                var pcm = voice.AsSpan(frame % 50 * codec.SamplesPerFrame, codec.SamplesPerFrame);
                var bytes = encoder.Encode(pcm, payload);
                if (frame % 20 == 19)
                {
                    _ = decoder.Recover(payload.AsSpan(0, bytes), heard);
                }
                else
                {
                    _ = decoder.Decode(payload.AsSpan(0, bytes), heard);
                }
            }
        }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lost_frame_of_a_tone_is_filled_and_a_long_gap_fades_to_silence(string name)
    {
        var codec = Available(name);
        using var encoder = codec.CreateEncoder();
        using var decoder = codec.CreateDecoder();
        var samples = codec.SamplesPerFrame;
        var tone = Signal.Sine(200, codec.SampleRateHz, 8_000, samples * 20);
        var heard = new short[samples];
        var payload = new byte[CodecLimits.PayloadBytesMax];
        for (var i = 0; i < tone.Length; i += samples)
        {
            var bytes = encoder.Encode(tone.AsSpan(i, samples), payload);
            _ = decoder.Decode(payload.AsSpan(0, bytes), heard);
        }

        var before = Signal.Rms(heard);
        decoder.Conceal(heard);
        Assert.InRange(Signal.Rms(heard), before * 0.5, before * 1.3);
        for (var i = 0; i < 25; i++)
        {
            decoder.Conceal(heard);
        }

        Assert.InRange(Signal.Rms(heard), 0, before * 0.05);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_payload_that_does_not_fit_or_is_empty_gives_no_samples(string name)
    {
        var codec = Available(name);
        using var decoder = codec.CreateDecoder();
        Assert.Equal(0, decoder.Decode([], new short[320]));
        Assert.Equal(0, decoder.Decode(new byte[5_000], new short[320]));
    }

    [Fact]
    public void Opus_rebuilds_a_lost_frame_from_the_next_one()
    {
        var codec = Available("opus");
        using var encoder = new OpusEncoder(16_000, OpusOptions.Default with { ExpectedLossPercent = 20 });
        using var decoder = codec.CreateDecoder();
        var voice = Signal.Voice(9, 16_000, 20_000, 320 * 200);
        var packets = new List<byte[]>();
        for (var i = 0; i < voice.Length; i += 320)
        {
            var payload = new byte[CodecLimits.PayloadBytesMax];
            packets.Add(payload[..encoder.Encode(voice.AsSpan(i, 320), payload)]);
        }

        var pcm = new short[320];
        var recovered = 0;
        for (var i = 0; i + 1 < packets.Count; i += 2)
        {
            recovered += decoder.Recover(packets[i + 1], pcm) ? 1 : 0;
            Assert.Equal(320, decoder.Decode(packets[i + 1], pcm));
        }

        Assert.InRange(recovered, packets.Count / 4, packets.Count / 2);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(65)]
    public void Comfort_noise_has_the_level_asked_for(int levelDbov)
    {
        var pcm = new short[16_000];
        new ComfortNoise(new Prng(1), levelDbov).Fill(pcm);
        Assert.InRange(20 * Math.Log10(Signal.Rms(pcm) / 32_767), -levelDbov - 1, -levelDbov + 1);
    }

    private static Codec Available(string name)
    {
        var codec = Codec.All.Single(c => c.Name == name);
        if (!codec.IsAvailable)
        {
            Assert.Skip($"{name} needs libopus.so.0, which is not installed");
        }

        return codec;
    }
}
