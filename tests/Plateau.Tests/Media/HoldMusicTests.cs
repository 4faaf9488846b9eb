using Plateau.Media.Audio;
using Plateau.Media.Dtmf;
using Plateau.Media.Tones;

namespace Plateau.Tests.Media;

public sealed class HoldMusicTests
{
    private static readonly short[] Music = HoldMusic.Compose(8_000);

    [Fact]
    public void It_lasts_long_enough_not_to_annoy_and_is_never_silent()
    {
        Assert.InRange(Music.Length, 45 * 8_000, 90 * 8_000);
        Assert.All(Music.Chunk(4_000).Where(c => c.Length == 4_000), half =>
            Assert.InRange(AudioLevel.MeasureDbov(half), -40, -16));
    }

    [Fact]
    public void It_has_telephone_level_and_never_clips()
    {
        Assert.InRange(AudioLevel.MeasureDbov(Music), -30, -18);
        Assert.All(Music, s => Assert.InRange(s, (short)-8_300, (short)8_300));
    }

    [Fact]
    public void The_loop_has_no_seam()
    {
        var largest = Enumerable.Range(1, Music.Length - 1).Max(i => Math.Abs(Music[i] - Music[i - 1]));
        Assert.InRange(Math.Abs(Music[0] - Music[^1]), 0, largest);
        Assert.InRange(
            AudioLevel.MeasureDbov(Music.AsSpan(0, 1_600)) - AudioLevel.MeasureDbov(Music.AsSpan(Music.Length - 1_600)), -12, 12);
    }

    [Fact]
    public void It_dials_nothing()
    {
        var digits = new DtmfDigit[1_000];
        Assert.Equal(0, new DtmfDetector().Hear(Music, digits.AsSpan()));
    }
}
