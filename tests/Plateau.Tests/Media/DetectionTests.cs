using Plateau.Media.Audio;
using Plateau.Media.Codecs;
using Plateau.Media.Detection;

namespace Plateau.Tests.Media;

public sealed class DetectionTests
{
    [Fact]
    public void A_reference_tone_is_heard_and_its_neighbours_are_not()
    {
        var pcm = Signal.Sine(1_004, 8_000, AudioLevel.SineAmplitude(-20), 8_000);
        Assert.InRange(ToneMeter.MeasureDbov(pcm, 1_004, 8_000), -20.1, -19.9);
        Assert.InRange(ToneMeter.MeasureDbov(pcm, 697, 8_000), -127, -80);
        Assert.InRange(ToneMeter.MeasureDbov(pcm, 1_050, 8_000), -127, -80);
    }

    [Fact]
    public void Speech_is_told_from_the_noise_of_the_line()
    {
        var detector = new SpeechDetector();
        var noise = Signal.Noise(1, 100, 8_000 * 4);
        var voice = Signal.Sine(300, 8_000, 5_000, 8_000);
        Assert.All(Frames(noise), frame => Assert.False(detector.Hear(frame)));
        var during = Frames(voice).Select(f => detector.Hear(f)).ToArray();
        Assert.False(during[0]);
        Assert.All(during[2..], Assert.True);
        var after = Frames(noise).Select(f => detector.Hear(f)).ToArray();
        Assert.True(after[8]);
        Assert.False(after[12]);
    }

    [Fact]
    public void A_fan_is_forgotten_within_seconds()
    {
        var detector = new SpeechDetector();
        var fan = Signal.Noise(2, 700, 8_000 * 20);
        var speaking = Frames(fan).Select(f => detector.Hear(f)).ToArray();
        Assert.False(speaking[^1]);
        Assert.True(speaking.Count(s => s) < 50 * 12);
    }

    [Fact]
    public void Silence_is_counted_since_the_last_sound_and_in_total()
    {
        var meter = new SilenceMeter(-55);
        var voice = Signal.Sine(300, 8_000, 5_000, 160);
        for (var i = 0; i < 10; i++)
        {
            meter.Hear(i == 6 ? voice : []);
        }

        Assert.Equal((60L, 120L, 180L), (meter.SilentMs, meter.LongestMs, meter.TotalMs));
    }

    /// <summary>Ratings and scores of ITU-T G.107 annex B, table B.1.</summary>
    [Theory]
    [InlineData(93.2, 4.41)]
    [InlineData(90, 4.34)]
    [InlineData(80, 4.03)]
    [InlineData(70, 3.60)]
    [InlineData(60, 3.10)]
    [InlineData(50, 2.58)]
    [InlineData(0, 1)]
    [InlineData(100, 4.5)]
    public void A_rating_has_the_score_of_the_standard(double rating, double mos) =>
        Assert.Equal(mos, CallQuality.MosOf(rating), 0.007);

    /// <summary>
    /// Worked by hand: delay = half the round trip + twice the jitter + 25; R = 93.2 - Id(delay) - Ie,eff(loss).
    /// </summary>
    [Theory]
    [InlineData("PCMA", 0, 0, 0, 92.6, 4.40)]
    [InlineData("PCMA", 0, 200, 0, 90.2, 4.35)]
    [InlineData("PCMA", 1, 0, 0, 88.96, 4.32)]
    [InlineData("PCMA", 5, 100, 10, 75.14, 3.83)]
    [InlineData("PCMA", 5, 600, 40, 42.65, 2.20)]
    [InlineData("PCMA", 20, 0, 0, 50.47, 2.60)]
    [InlineData("PCMA", 100, 0, 0, 16.66, 1.16)]
    [InlineData("opus", 5, 0, 0, 79.03, 3.98)]
    public void A_leg_has_the_expected_score(
        string codec, double loss, int roundTripMs, int jitterMs, double rating, double mos)
    {
        var quality = CallQuality.Estimate(
            CodecImpairment.Of(Codec.All.Single(c => c.Name == codec)),
            loss,
            TimeSpan.FromMilliseconds(roundTripMs),
            TimeSpan.FromMilliseconds(jitterMs));
        Assert.Equal(rating, quality.Rating, 0.01);
        Assert.Equal(mos, quality.Mos, 0.02);
    }

    [Fact]
    public void Losses_in_bursts_are_worse_than_scattered_ones()
    {
        var scattered = CallQuality.Estimate(CodecImpairment.G711, 5, TimeSpan.Zero, TimeSpan.Zero);
        var bursts = CallQuality.Estimate(CodecImpairment.G711, 5, TimeSpan.Zero, TimeSpan.Zero, 4);
        Assert.True(bursts.Rating < scattered.Rating);
    }

    private static IEnumerable<short[]> Frames(short[] pcm) => pcm.Chunk(160);
}
