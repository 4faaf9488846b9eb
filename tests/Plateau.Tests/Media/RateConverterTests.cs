using Plateau.Media.Audio;

namespace Plateau.Tests.Media;

public sealed class RateConverterTests
{
    [Theory]
    [InlineData(8_000, 16_000)]
    [InlineData(11_025, 8_000)]
    [InlineData(11_025, 16_000)]
    [InlineData(16_000, 8_000)]
    [InlineData(22_050, 16_000)]
    [InlineData(22_050, 8_000)]
    [InlineData(24_000, 16_000)]
    [InlineData(32_000, 8_000)]
    [InlineData(44_100, 16_000)]
    [InlineData(44_100, 8_000)]
    [InlineData(48_000, 16_000)]
    [InlineData(48_000, 8_000)]
    public void A_tone_keeps_its_pitch_level_and_purity(int fromHz, int toHz)
    {
        foreach (var frequency in new[] { 100.0, 1_004, 3_200 })
        {
            var converted = RateConverter.ConvertWhole(Signal.Sine(frequency, fromHz, 10_000, fromHz), fromHz, toHz);
            Assert.Equal(toHz, converted.Length);
            var middle = converted.AsSpan(toHz / 4, toHz / 2);
            Assert.InRange(Signal.SineToNoiseDb(middle, frequency, toHz), 60, 200);
            Assert.InRange(Signal.Rms(middle), 10_000 / Math.Sqrt(2) * 0.98, 10_000 / Math.Sqrt(2) * 1.02);
        }
    }

    [Theory]
    [InlineData(16_000, 8_000, 4_100)]
    [InlineData(16_000, 8_000, 6_900)]
    [InlineData(48_000, 8_000, 5_000)]
    [InlineData(48_000, 16_000, 8_300)]
    [InlineData(44_100, 16_000, 12_000)]
    public void What_the_lower_rate_cannot_hold_does_not_come_back_as_an_alias(int fromHz, int toHz, double frequency)
    {
        var converted = RateConverter.ConvertWhole(Signal.Sine(frequency, fromHz, 20_000, fromHz), fromHz, toHz);
        Assert.InRange(Signal.Rms(converted.AsSpan(toHz / 4, toHz / 2)), 0, 20_000 / Math.Sqrt(2) / 1_000);
    }

    [Fact]
    public void Frames_of_a_stream_give_exactly_frames()
    {
        var up = new RateConverter(RateFilter.From8To16);
        var down = new RateConverter(RateFilter.From16To8);
        var tone = Signal.Sine(1_004, 8_000, 15_000, 16_000);
        var wide = new short[320];
        var narrow = new short[160];
        var back = new List<short>();
        for (var i = 0; i < tone.Length; i += 160)
        {
            Assert.Equal(320, up.Convert(tone.AsSpan(i, 160), wide));
            Assert.Equal(160, down.Convert(wide, narrow));
            back.AddRange(narrow);
        }

        Assert.InRange(Signal.SineToNoiseDb(back.ToArray().AsSpan(160), 1_004, 8_000), 60, 200);
    }

    [Fact]
    public void Streaming_in_odd_pieces_gives_the_same_samples_as_all_at_once()
    {
        var filter = new RateFilter(44_100, 16_000);
        var signal = Signal.Noise(3, 20_000, 44_100);
        var whole = new short[16_100];
        var wholeCount = new RateConverter(filter).Convert(signal, whole);
        var pieces = new RateConverter(filter);
        var output = new short[16_100];
        var count = 0;
        for (int i = 0, size = 1; i < signal.Length; i += size, size = size * 7 % 1_531)
        {
            size = Math.Min(size, signal.Length - i);
            count += pieces.Convert(signal.AsSpan(i, size), output.AsSpan(count));
        }

        Assert.Equal(wholeCount, count);
        Assert.Equal(whole, output);
    }

    [Fact]
    public void A_frame_is_converted_without_allocation()
    {
        var up = new RateConverter(RateFilter.From8To16);
        var down = new RateConverter(RateFilter.From16To8);
        var narrow = new short[160];
        var wide = new short[320];
        Assert.Equal(0, Signal.AllocatedBytes(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                _ = up.Convert(narrow, wide);
                _ = down.Convert(wide, narrow);
            }
        }));
    }
}
