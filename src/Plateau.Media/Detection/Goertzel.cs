namespace Plateau.Media.Detection;

/// <summary>The power of one frequency in a stretch of samples.</summary>
/// <remarks>Source: G. Goertzel, American Mathematical Monthly 65 (1958).</remarks>
public static class Goertzel
{
    /// <summary>Squared magnitude of the Fourier sum at a frequency; a sine of amplitude a over n samples gives
    /// (a·n/2)².</summary>
    /// <param name="pcm">Any number of samples.</param>
    /// <param name="coefficient">From <see cref="Coefficient"/>.</param>
    public static float Energy(ReadOnlySpan<short> pcm, float coefficient)
    {
        float one = 0, two = 0;
        foreach (var sample in pcm)
        {
            var zero = sample + coefficient * one - two;
            two = one;
            one = zero;
        }

        return one * one + two * two - coefficient * one * two;
    }

    /// <summary>The constant of a frequency: 2·cos(2πf/rate).</summary>
    public static float Coefficient(double frequencyHz, int sampleRateHz) =>
        (float)(2 * Math.Cos(2 * Math.PI * frequencyHz / sampleRateHz));
}
