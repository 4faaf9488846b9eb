namespace Plateau.Media.Audio;

/// <summary>Arithmetic on frames of 16-bit linear samples; sums and gains saturate, they never wrap.</summary>
public static class Pcm
{
    /// <summary>Gain of 1 in the fixed-point form of <see cref="Scale"/>.</summary>
    public const int UnityGain = 4096;

    /// <summary>The fixed-point gain of so many decibels.</summary>
    /// <param name="decibels">-60 to +18.</param>
    public static int GainOf(double decibels) =>
        (int)Math.Round(UnityGain * Math.Pow(10, Math.Clamp(decibels, -60, 18) / 20));

    /// <summary>Multiplies a frame in place.</summary>
    /// <param name="pcm">The frame.</param>
    /// <param name="gain">Factor times <see cref="UnityGain"/>, at most 8 × that.</param>
    public static void Scale(Span<short> pcm, int gain)
    {
        for (var i = 0; i < pcm.Length; i++)
        {
            pcm[i] = Saturate((pcm[i] * gain) >> 12);
        }
    }

    /// <summary>Adds a frame to another one.</summary>
    /// <param name="sum">Changed in place.</param>
    /// <param name="addend">At least as long as <paramref name="sum"/>.</param>
    public static void Add(Span<short> sum, ReadOnlySpan<short> addend)
    {
        addend = addend[..sum.Length];
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = Saturate(sum[i] + addend[i]);
        }
    }

    /// <summary>Adds a frame to a wide sum of many, without saturation.</summary>
    public static void Accumulate(Span<int> sum, ReadOnlySpan<short> addend)
    {
        addend = addend[..sum.Length];
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += addend[i];
        }
    }

    /// <summary>What a listener hears: the sum of all frames less his own.</summary>
    /// <param name="sum">The sum of all frames.</param>
    /// <param name="own">His own frame, or empty when he contributed nothing.</param>
    /// <param name="output">As long as the sum; fully overwritten, saturated at ±32 767.</param>
    public static void SumWithout(ReadOnlySpan<int> sum, ReadOnlySpan<short> own, Span<short> output)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            output[i] = Saturate(own.IsEmpty ? sum[i] : sum[i] - own[i]);
        }
    }

    /// <summary>Weaves two mono frames into one stereo frame, left first.</summary>
    /// <param name="left">First channel.</param>
    /// <param name="right">Second channel, as long as the first.</param>
    /// <param name="stereo">Twice as long; fully overwritten.</param>
    public static void Interleave<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> stereo)
        where T : unmanaged
    {
        for (var i = 0; i < left.Length; i++)
        {
            stereo[2 * i] = left[i];
            stereo[2 * i + 1] = right[i];
        }
    }

    private static short Saturate(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
}
