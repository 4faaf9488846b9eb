using Plateau.Media.Audio;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>Brings synthesised speech to telephone level and cuts the silence at its ends.</summary>
internal static class SpeechTrim
{
    /// <summary>Active level of speech on telephone networks: near ITU-T P.56's -26 dBov, a little louder for
    /// menus.</summary>
    private const double LevelDbov = -22;

    private const double SilentDbov = -50;
    private const int FrameMs = 10;

    /// <summary>New samples with 20 ms of silence at the beginning and 60 ms at the end.</summary>
    public static short[] Apply(short[] pcm, int sampleRateHz)
    {
        var frame = sampleRateHz * FrameMs / 1000;
        var levels = new List<double>();
        for (var i = 0; i + frame <= pcm.Length; i += frame)
        {
            levels.Add(AudioLevel.MeasureDbov(pcm.AsSpan(i, frame)));
        }

        var first = levels.FindIndex(level => level > SilentDbov);
        if (first < 0)
        {
            return pcm;
        }

        var last = levels.FindLastIndex(level => level > SilentDbov);
        var from = Math.Max(0, first - 2) * frame;
        var to = Math.Min(pcm.Length, (last + 1 + 6) * frame);
        var cut = pcm[from..to];
        var active = levels.Where(level => level > SilentDbov).Average(level => Math.Pow(10, level / 10));
        var peak = cut.Max(s => Math.Abs((int)s));
        var headroomDb = 20 * Math.Log10(32_000.0 / Math.Max(peak, 1));
        Pcm.Scale(cut, Pcm.GainOf(Math.Min(LevelDbov - 10 * Math.Log10(active), headroomDb)));
        return cut;
    }
}
