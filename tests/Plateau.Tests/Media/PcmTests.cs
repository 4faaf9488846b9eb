using Plateau.Media.Audio;

namespace Plateau.Tests.Media;

public sealed class PcmTests
{
    [Fact]
    public void Sums_stop_at_full_scale()
    {
        short[] sum = [30_000, -30_000, 1];
        Pcm.Add(sum, [10_000, -10_000, 2]);
        Assert.Equal([short.MaxValue, short.MinValue, 3], sum);
    }

    [Fact]
    public void A_listener_hears_everybody_but_himself()
    {
        int[] sum = [0, 0];
        Pcm.Accumulate(sum, [100, 200]);
        Pcm.Accumulate(sum, [1_000, 30_000]);
        Pcm.Accumulate(sum, [7, 30_000]);
        var heard = new short[2];
        Pcm.SumWithout(sum, [100, 200], heard);
        Assert.Equal([1_007, short.MaxValue], heard);
        Pcm.SumWithout(sum, [], heard);
        Assert.Equal(1_107, heard[0]);
    }

    [Theory]
    [InlineData(0, 10_000)]
    [InlineData(-6, 5_012)]
    [InlineData(6, 19_953)]
    [InlineData(18, 32_767)]
    public void A_gain_in_decibels_scales_and_saturates(double decibels, int expected)
    {
        short[] pcm = [10_000];
        Pcm.Scale(pcm, Pcm.GainOf(decibels));
        Assert.InRange(pcm[0], expected - 5, expected + 5);
    }

    [Theory]
    [InlineData(32_767, 3)]
    [InlineData(3_277, 23)]
    [InlineData(328, 43)]
    public void The_level_octet_is_decibels_below_overload(double amplitude, int octet) =>
        Assert.Equal(octet, AudioLevel.MeasureOctet(Signal.Sine(1_000, 8_000, amplitude, 8_000)));

    [Fact]
    public void Silence_has_level_127() => Assert.Equal(127, AudioLevel.MeasureOctet(new short[160]));

    [Fact]
    public void A_square_wave_at_full_scale_is_overload() =>
        Assert.Equal(0, AudioLevel.MeasureOctet([.. Enumerable.Range(0, 160).Select(i => (short)(i % 2 == 0 ? 32_767 : -32_767))]));

    [Fact]
    public void Two_channels_are_woven_left_first()
    {
        var stereo = new byte[4];
        Pcm.Interleave<byte>([1, 2], [3, 4], stereo);
        Assert.Equal([1, 3, 2, 4], stereo);
    }
}
