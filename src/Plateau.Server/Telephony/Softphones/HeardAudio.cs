using Plateau.Media.Audio;

namespace Plateau.Server.Telephony.Softphones;

/// <summary>What a softphone heard in a call, measured.</summary>
/// <param name="Duration">Length of the recording.</param>
/// <param name="Sound">How much of it was louder than <see cref="QuietDbov"/>.</param>
/// <param name="LevelDbov">Mean level of that part, dBov; -127 when there was none.</param>
internal sealed record HeardAudio(TimeSpan Duration, TimeSpan Sound, double LevelDbov)
{
    /// <summary>Below this a frame of 20 ms counts as silence: line noise and comfort noise lie lower, speech
    /// higher.</summary>
    public const double QuietDbov = -50;

    private const int FramesPerSecond = 50;

    /// <summary>Measures a recording frame by frame.</summary>
    public static HeardAudio Measure(WavAudio audio)
    {
        var mono = audio.ToMono(audio.SampleRateHz).AsSpan();
        var frame = audio.SampleRateHz / FramesPerSecond;
        var frames = 0;
        var power = 0.0;
        for (; mono.Length >= frame; mono = mono[frame..])
        {
            var level = AudioLevel.MeasureDbov(mono[..frame]);
            if (level > QuietDbov)
            {
                frames++;
                power += Math.Pow(10, level / 10);
            }
        }

        return new HeardAudio(
            audio.Duration, TimeSpan.FromSeconds((double)frames / FramesPerSecond),
            frames == 0 ? AudioLevel.SilenceDbov : 10 * Math.Log10(power / frames));
    }
}
