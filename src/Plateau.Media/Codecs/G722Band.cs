namespace Plateau.Media.Codecs;

/// <summary>The adaptive predictor of one G.722 sub-band: two poles and six zeros, fixed point.</summary>
/// <remarks>Source: ITU-T G.722 §3.6 (block 4); the names of the steps are the standard's.</remarks>
internal sealed class G722Band
{
    private readonly int[] _b = new int[7];
    private readonly int[] _d = new int[7];
    private readonly int _initialScale;
    private int _a1;
    private int _a2;
    private int _p1;
    private int _p2;
    private int _r1;
    private int _r2;

    /// <summary>A predictor at rest with the scale factor the standard starts from (32 lower, 8 upper band).</summary>
    public G722Band(int initialScale)
    {
        _initialScale = initialScale;
        Reset();
    }

    /// <summary>Predicted signal: poles and zeros together.</summary>
    public int Prediction { get; private set; }

    /// <summary>The zeros' part of <see cref="Prediction"/>.</summary>
    private int ZeroPrediction { get; set; }

    /// <summary>Logarithmic scale factor of the quantizer (NB).</summary>
    public int LogScale { get; set; }

    /// <summary>Linear scale factor of the quantizer (DET).</summary>
    public int Scale { get; set; }

    public void Reset()
    {
        Array.Clear(_b);
        Array.Clear(_d);
        _a1 = _a2 = _p1 = _p2 = _r1 = _r2 = 0;
        Prediction = ZeroPrediction = LogScale = 0;
        Scale = _initialScale;
    }

    /// <summary>LOGSCL, SCALEL and LOGSCH, SCALEH: the quantizer's step follows the size of what it wrote.</summary>
    /// <param name="step">Table value of the code just written (WL or WH).</param>
    /// <param name="logMax">Upper bound of the logarithm: 18 432 lower band, 22 528 upper band.</param>
    /// <param name="shift">8 for the lower band, 10 for the upper band.</param>
    public void AdaptScale(int step, int logMax, int shift)
    {
        LogScale = Math.Clamp(((LogScale * 127) >> 7) + step, 0, logMax);
        var fraction = (LogScale >> 6) & 31;
        var exponent = shift - (LogScale >> 11);
        var mantissa = G722Tables.InverseLog[fraction];
        Scale = (exponent < 0 ? mantissa << -exponent : mantissa >> exponent) << 2;
    }

    /// <summary>Takes the quantized difference of this step and predicts the next one.</summary>
    public void Adapt(int difference)
    {
        var reconstructed = Saturate(Prediction + difference); // RECONS
        var partial = Saturate(ZeroPrediction + difference); // PARREC
        AdaptPoles(partial);
        AdaptZeros(difference);
        _r2 = _r1;
        _r1 = reconstructed;
        _p2 = _p1;
        _p1 = partial;
        Predict();
    }

    private void AdaptPoles(int partial)
    {
        var sign0 = partial >> 15;
        var sign1 = _p1 >> 15;
        var sign2 = _p2 >> 15;

        var four = Saturate(_a1 << 2); // UPPOL2
        var turned = Math.Min(sign0 == sign1 ? -four : four, 32_767);
        var a2 = (turned >> 7) + (sign0 == sign2 ? 128 : -128) + ((_a2 * 32_512) >> 15);
        a2 = Math.Clamp(a2, -12_288, 12_288);

        var a1 = Saturate((sign0 == sign1 ? 192 : -192) + ((_a1 * 32_640) >> 15)); // UPPOL1
        var limit = Saturate(15_360 - a2);
        _a1 = Math.Clamp(a1, -limit, limit);
        _a2 = a2;
    }

    /// <summary>UPZERO and DELAYA.</summary>
    private void AdaptZeros(int difference)
    {
        var gain = difference == 0 ? 0 : 128;
        var sign = difference >> 15;
        _d[0] = difference;
        for (var i = 6; i >= 1; i--)
        {
            var step = _d[i] >> 15 == sign ? gain : -gain;
            _b[i] = Saturate(step + ((_b[i] * 32_640) >> 15));
        }

        for (var i = 6; i >= 1; i--)
        {
            _d[i] = _d[i - 1];
        }
    }

    /// <summary>FILTEP, FILTEZ, PREDIC.</summary>
    private void Predict()
    {
        var poles = Saturate(
            ((_a1 * Saturate(_r1 + _r1)) >> 15) + ((_a2 * Saturate(_r2 + _r2)) >> 15));
        var zeros = 0;
        for (var i = 6; i >= 1; i--)
        {
            zeros += (_b[i] * Saturate(_d[i] + _d[i])) >> 15;
        }

        ZeroPrediction = Saturate(zeros);
        Prediction = Saturate(poles + ZeroPrediction);
    }

    internal static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);
}
