using Plateau.Media.Audio;

namespace Plateau.Media.Detection;

/// <summary>Measures how loud a single frequency is: the ears of tests and of line checks.</summary>
public static class ToneMeter
{
    /// <summary>Level of the sine of that frequency in the signal.</summary>
    /// <remarks>
    /// Samples are weighted with a Blackman-Harris window, so that loud tones 4 / duration away (200 Hz at 20 ms, 4
    /// Hz at
    /// one second) are at least 90 dB down. Source: F. Harris, Proc. IEEE 66 (1978).
    /// </remarks>
    /// <param name="pcm">Samples; half a second or more to resolve neighbours.</param>
    /// <param name="frequencyHz">Frequency looked for.</param>
    /// <param name="sampleRateHz">Rate of the samples.</param>
    /// <returns>-127 to 0 dBov; a full-scale sine gives -3.01.</returns>
    public static double MeasureDbov(ReadOnlySpan<short> pcm, double frequencyHz, int sampleRateHz)
    {
        double real = 0, imaginary = 0, weights = 0;
        for (var i = 0; i < pcm.Length; i++)
        {
            var weight = Window((i + 0.5) / pcm.Length);
            var (sine, cosine) = Math.SinCos(2 * Math.PI * frequencyHz / sampleRateHz * i);
            real += weight * pcm[i] * cosine;
            imaginary += weight * pcm[i] * sine;
            weights += weight;
        }

        // A sine of amplitude a gives a magnitude of a/2 times the weights; its mean square is a²/2.
        var meanSquare = pcm.IsEmpty ? 0 : 2 * (real * real + imaginary * imaginary) / (weights * weights);
        return meanSquare <= 0
            ? AudioLevel.SilenceDbov
            : Math.Max(AudioLevel.SilenceDbov, AudioLevel.FromMeanSquare(meanSquare));
    }

    private static double Window(double x) =>
        0.35875 - 0.48829 * Math.Cos(2 * Math.PI * x) + 0.14128 * Math.Cos(4 * Math.PI * x)
        - 0.01168 * Math.Cos(6 * Math.PI * x);
}
