using Plateau.Media.Audio;
using Plateau.Media.Detection;
using Plateau.Media.Dtmf;
using Plateau.Media.Tones;

namespace Plateau.Tests.Media;

public sealed class ToneTests
{
    [Fact]
    public void The_French_ringback_is_440_Hz_for_1_5_s_of_every_5_s()
    {
        var pcm = Play(CountryTones.France.Ringback, 10_000);
        var loud = Enumerable.Range(0, 500).Select(f => AudioLevel.MeasureDbov(pcm.AsSpan(f * 160, 160)) > -30).ToArray();
        Assert.Equal(150, loud.Count(isLoud => isLoud));
        Assert.All(Enumerable.Range(0, 75), f => Assert.True(loud[f] && loud[250 + f]));
        Assert.InRange(ToneMeter.MeasureDbov(pcm.AsSpan(0, 12_000), 440, 8_000), -16.2, -15.8);
        Assert.InRange(ToneMeter.MeasureDbov(pcm.AsSpan(0, 12_000), 425, 8_000), -127, -80);
    }

    [Theory]
    [InlineData("FR", 440, 500, 500)]
    [InlineData("GB", 400, 375, 375)]
    [InlineData("DE", 425, 480, 480)]
    [InlineData("ES", 425, 200, 200)]
    public void The_busy_tone_of_a_country_has_its_pitch_and_cadence(string country, double frequency, int onMs, int offMs)
    {
        var pcm = Play(CountryTones.Of(country).Busy, 4 * (onMs + offMs));
        for (var pulse = 0; pulse < 4; pulse++)
        {
            var start = pulse * (onMs + offMs) * 8;
            Assert.InRange(ToneMeter.MeasureDbov(pcm.AsSpan(start, onMs * 8), frequency, 8_000), -17, -15);
            Assert.Equal(AudioLevel.SilenceDbov, AudioLevel.MeasureDbov(pcm.AsSpan(start + onMs * 8, offMs * 8)));
        }
    }

    [Fact]
    public void An_unknown_country_gets_the_tones_of_France() => Assert.Same(CountryTones.France, CountryTones.Of("XX"));

    [Fact]
    public void A_continuous_tone_has_no_seam()
    {
        var pcm = Play(CountryTones.France.Dial, 5_000);
        Assert.InRange(Signal.SineToNoiseDb(pcm.AsSpan(160), 440, 8_000), 70, 200);
    }

    [Fact]
    public void A_plan_that_does_not_repeat_ends_in_silence()
    {
        var generator = new ToneGenerator(CentreTones.Beep, 16_000);
        var pcm = new short[320];
        var frames = 0;
        while (generator.Fill(pcm))
        {
            frames++;
        }

        Assert.Equal(13, frames); // 250 ms are 12.5 frames.
        Assert.True(generator.IsFinished);
        Assert.All(pcm, s => Assert.Equal(0, s));
    }

    [Fact]
    public void Keys_made_by_the_generator_are_heard_by_the_detector()
    {
        var pcm = Play(TonePlan.Keys(DtmfDigit.ParseAll("0199000000#")!), 11 * 180 + 40);
        var digits = new DtmfDigit[2 * pcm.Length / 160];
        var count = new DtmfDetector().Hear(pcm, digits);
        Assert.Equal("0199000000#", string.Concat(digits[..count]));
    }

    [Fact]
    public void A_frame_is_generated_without_allocation()
    {
        var generator = new ToneGenerator(CountryTones.Of("GB").Ringback, 8_000);
        var pcm = new short[160];
        Assert.Equal(0, Signal.AllocatedBytes(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                _ = generator.Fill(pcm);
            }
        }));
    }

    private static short[] Play(TonePlan plan, int durationMs)
    {
        var pcm = new short[durationMs * 8];
        _ = new ToneGenerator(plan, 8_000).Fill(pcm);
        return pcm;
    }
}
