using Plateau.Contracts;

namespace Plateau.Tests.Media;

/// <summary>Test signals and measurements on them, in doubles, independent of the code under test.</summary>
internal static class Signal
{
    public static short[] Sine(double frequencyHz, int sampleRateHz, double amplitude, int samples)
    {
        var signal = new short[samples];
        for (var i = 0; i < samples; i++)
        {
            signal[i] = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * frequencyHz * i / sampleRateHz));
        }

        return signal;
    }

    public static short[] Noise(ulong seed, double amplitude, int samples)
    {
        var chance = new Prng(seed);
        var signal = new short[samples];
        for (var i = 0; i < samples; i++)
        {
            signal[i] = (short)(amplitude * (2 * chance.NextUnit() - 1));
        }

        return signal;
    }

    /// <summary>Something like a voice: a pulse train with gliding pitch through three wandering resonances, in
    /// syllables.</summary>
    public static short[] Voice(ulong seed, int sampleRateHz, double amplitude, int samples)
    {
        var chance = new Prng(seed);
        var signal = new double[samples];
        double phase = 0, pitch = 120, syllable = 0;
        var formants = new double[] { 500, 1500, 2500 };
        var y1 = new double[3];
        var y2 = new double[3];
        for (var i = 0; i < samples; i++)
        {
            if (i % (sampleRateHz / 5) == 0)
            {
                pitch = 90 + 140 * chance.NextUnit();
                formants = [300 + 500 * chance.NextUnit(), 900 + 1300 * chance.NextUnit(), 2300 + 700 * chance.NextUnit()];
                syllable = chance.NextUnit() < 0.2 ? 0 : 0.4 + 0.6 * chance.NextUnit();
            }

            phase += pitch / sampleRateHz;
            var pulse = phase >= 1 ? 1.0 : 0.02 * (chance.NextUnit() - 0.5);
            phase -= Math.Floor(phase);
            for (var k = 0; k < 3; k++)
            {
                var r = Math.Exp(-Math.PI * 80 / sampleRateHz);
                var y = pulse + 2 * r * Math.Cos(2 * Math.PI * formants[k] / sampleRateHz) * y1[k] - r * r * y2[k];
                y2[k] = y1[k];
                y1[k] = y;
                signal[i] += y * syllable / (k + 1);
            }
        }

        var peak = signal.Max(Math.Abs);
        return Array.ConvertAll(signal, s => (short)(s / peak * amplitude));
    }

    public static double Rms(ReadOnlySpan<short> signal)
    {
        double sum = 0;
        foreach (var s in signal)
        {
            sum += (double)s * s;
        }

        return Math.Sqrt(sum / signal.Length);
    }

    /// <summary>Decibels of the fitted sine (least squares) against what is left when it is taken away.</summary>
    public static double SineToNoiseDb(ReadOnlySpan<short> signal, double frequencyHz, int sampleRateHz)
    {
        double ss = 0, sc = 0, cc = 0, xs = 0, xc = 0;
        for (var i = 0; i < signal.Length; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * frequencyHz * i / sampleRateHz);
            ss += s * s;
            sc += s * c;
            cc += c * c;
            xs += signal[i] * s;
            xc += signal[i] * c;
        }

        var determinant = ss * cc - sc * sc;
        var a = (xs * cc - xc * sc) / determinant;
        var b = (xc * ss - xs * sc) / determinant;
        double tone = 0, rest = 1e-9;
        for (var i = 0; i < signal.Length; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * frequencyHz * i / sampleRateHz);
            var fitted = a * s + b * c;
            tone += fitted * fitted;
            rest += (signal[i] - fitted) * (signal[i] - fitted);
        }

        return 10 * Math.Log10(tone / rest);
    }

    /// <summary>Bytes that an action of a thousand frames allocates on this thread, after one run to warm it
    /// up.</summary>
    /// <remarks>
    /// A collection started by another test closes this thread's allocation buffer and counts the 24-byte mark at its
    /// end. A
    /// frame that allocates at all would allocate 24 000 bytes in a thousand, so less than a byte a frame is none.
    /// </remarks>
    public static long AllocatedBytes(Action thousandFrames)
    {
        thousandFrames();
        var before = GC.GetAllocatedBytesForCurrentThread();
        thousandFrames();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated < 1_000 ? 0 : allocated;
    }
}
