namespace Plateau.Media.Audio;

/// <summary>The low-pass filter of one rate conversion, cut into phases; immutable, shared by all streams.</summary>
/// <remarks>
/// A Kaiser-windowed sinc of 48 periods of the lower rate: flat to 0.41, at least 60 dB down from 0.5 of that rate
/// (3.3 and 4.0 kHz at 8 kHz). Its delay is 24 samples of the lower rate. Source: J. O. Smith, Digital Audio
/// Resampling.
/// </remarks>
public sealed class RateFilter
{
    /// <summary>Filter length in periods of the lower of both rates.</summary>
    private const int Periods = 48;

    /// <summary>Kaiser's shape parameter for about 65 dB.</summary>
    private const double Beta = 6.2;

    /// <summary>Middle of the transition band as a share of the lower rate's half.</summary>
    private const double Cut = 0.915;

    /// <summary>8 kHz to 16 kHz, for the wideband mixer.</summary>
    public static readonly RateFilter From8To16 = new(8_000, 16_000);

    /// <summary>16 kHz to 8 kHz, for narrowband legs.</summary>
    public static readonly RateFilter From16To8 = new(16_000, 8_000);

    private readonly float[] _taps;

    /// <summary>Designs the filter for a pair of rates.</summary>
    /// <param name="fromHz">Rate of the input, 4 000 to 192 000 Hz.</param>
    /// <param name="toHz">Rate of the output, 4 000 to 48 000 Hz.</param>
    public RateFilter(int fromHz, int toHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromHz, RateHzMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fromHz, RateHzMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(toHz, RateHzMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toHz, 48_000);
        FromHz = fromHz;
        ToHz = toHz;
        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(fromHz, toHz);
        Up = toHz / divisor;
        Down = fromHz / divisor;
        var exact = Periods * Math.Max(1.0, (double)Down / Up);
        TapsPerPhase = ((int)Math.Ceiling(exact) + 7) / 8 * 8;
        _taps = new float[Up * TapsPerPhase];
        for (var phase = 0; phase < Up; phase++)
        {
            Design(phase, _taps.AsSpan(phase * TapsPerPhase, TapsPerPhase));
        }
    }

    /// <summary>Lowest rate that can be converted, Hz.</summary>
    public static int RateHzMin => 4_000;

    /// <summary>Highest rate that can be converted, Hz.</summary>
    public static int RateHzMax => 192_000;

    /// <summary>Rate of the input, Hz.</summary>
    public int FromHz { get; }

    /// <summary>Rate of the output, Hz.</summary>
    public int ToHz { get; }

    /// <summary>Output samples per <see cref="Down"/> input samples; also the number of phases.</summary>
    public int Up { get; }

    /// <summary>Input samples per <see cref="Up"/> output samples.</summary>
    public int Down { get; }

    /// <summary>Input samples that one output sample looks at; a multiple of 8.</summary>
    public int TapsPerPhase { get; }

    /// <summary>The coefficients of one phase, oldest input sample first; they sum to 1.</summary>
    internal ReadOnlySpan<float> Phase(int phase) => _taps.AsSpan(phase * TapsPerPhase, TapsPerPhase);

    private void Design(int phase, Span<float> taps)
    {
        var length = (double)TapsPerPhase * Up;
        var cutoff = Cut / Math.Max(Up, Down); // As a share of half the common (interpolated) rate.
        Span<double> exact = stackalloc double[taps.Length];
        double sum = 0;
        for (var j = 0; j < taps.Length; j++)
        {
            var t = (taps.Length - 1 - j) * Up + phase - (length - 1) / 2;
            var x = t * cutoff * Math.PI;
            var sinc = Math.Abs(x) < 1e-9 ? 1 : Math.Sin(x) / x;
            var u = 2 * t / length;
            exact[j] = sinc * Bessel(Beta * Math.Sqrt(Math.Max(0, 1 - u * u)));
            sum += exact[j];
        }

        for (var j = 0; j < taps.Length; j++)
        {
            taps[j] = (float)(exact[j] / sum);
        }
    }

    /// <summary>Modified Bessel function of the first kind, order 0, by its power series.</summary>
    private static double Bessel(double x)
    {
        double term = 1, sum = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
