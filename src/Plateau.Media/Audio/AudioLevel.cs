namespace Plateau.Media.Audio;

/// <summary>Levels of frames in dBov: 0 is a square wave at overload, 127 below is silence.</summary>
/// <remarks>Source: RFC 6464 §3 and the reference calculation of RFC 6465 appendix A.</remarks>
public static class AudioLevel
{
    /// <summary>The level of digital silence, dBov.</summary>
    public const double SilenceDbov = -127;

    /// <summary>Root mean square of a frame against full scale.</summary>
    /// <param name="pcm">Samples; an empty frame counts as silence.</param>
    /// <returns>-127 to 0 dBov; a full-scale sine is -3.01.</returns>
    public static double MeasureDbov(ReadOnlySpan<short> pcm)
    {
        var meanSquare = MeanSquare(pcm);
        return meanSquare <= 0 ? SilenceDbov : Math.Max(SilenceDbov, FromMeanSquare(meanSquare));
    }

    /// <summary>The level octet of the RTP header extension without its voice flag.</summary>
    /// <returns>0 (overload) to 127 (silence), decibels below overload, rounded.</returns>
    public static int MeasureOctet(ReadOnlySpan<short> pcm) => (int)Math.Round(-MeasureDbov(pcm));

    /// <summary>Amplitude of a sine with that level, in sample units.</summary>
    /// <param name="levelDbov">At most -3.01, where it reaches full scale.</param>
    public static double SineAmplitude(double levelDbov) =>
        Math.Min(32_767, 32_767 * Math.Sqrt(2) * Math.Pow(10, levelDbov / 20));

    /// <summary>Mean of the squared samples, 0 for an empty frame.</summary>
    internal static double MeanSquare(ReadOnlySpan<short> pcm)
    {
        long sum = 0;
        foreach (var sample in pcm)
        {
            sum += sample * sample;
        }

        return pcm.IsEmpty ? 0 : (double)sum / pcm.Length;
    }

    /// <summary>dBov of a mean square; the lower end is not clamped.</summary>
    internal static double FromMeanSquare(double meanSquare) =>
        Math.Min(0, 10 * Math.Log10(meanSquare / (32_767.0 * 32_767.0)));
}
