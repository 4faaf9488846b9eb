using Plateau.Media.Audio;
using Plateau.Server.Telephony.Softphones;

namespace Plateau.Tests.Server;

/// <summary>What a softphone says that it heard.</summary>
public sealed class HeardAudioTests
{
    [Fact]
    public void Silence_is_no_sound()
    {
        var heard = HeardAudio.Measure(new WavAudio(8_000, 1, new short[16_000]));

        Assert.Equal(TimeSpan.FromSeconds(2), heard.Duration);
        Assert.Equal(TimeSpan.Zero, heard.Sound);
        Assert.Equal(AudioLevel.SilenceDbov, heard.LevelDbov);
    }

    [Fact]
    public void The_level_is_that_of_the_loud_part_alone()
    {
        // A sine of amplitude 0.1 lies at -20 dB of a full-scale sine, which is -3 dBov.
        var tone = Enumerable.Range(0, 8_000).Select(i => (short)(3_276.7 * Math.Sin(2 * Math.PI * 400 * i / 8_000)));

        var heard = HeardAudio.Measure(new WavAudio(8_000, 1, [.. new short[8_000], .. tone]));

        Assert.Equal(TimeSpan.FromSeconds(1), heard.Sound);
        Assert.Equal(-23.0, heard.LevelDbov, 0.1);
    }
}
