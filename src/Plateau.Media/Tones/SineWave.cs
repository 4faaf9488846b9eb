namespace Plateau.Media.Tones;

/// <summary>A sine oscillator with a phase accumulator; the phase goes on across frames.</summary>
/// <param name="frequencyHz">0 to half the sample rate.</param>
/// <param name="sampleRateHz">Rate of the samples.</param>
internal struct SineWave(double frequencyHz, int sampleRateHz)
{
    private const int TableBits = 11;

    /// <summary>One period and one more value to interpolate towards; error below -110 dB.</summary>
    private static readonly float[] Table =
        [.. Enumerable.Range(0, (1 << TableBits) + 1).Select(i => (float)Math.Sin(2 * Math.PI * i / (1 << TableBits)))];

    private readonly uint _step = (uint)Math.Round(frequencyHz / sampleRateHz * 4_294_967_296.0);
    private uint _phase;

    /// <summary>The next value, -1 to 1.</summary>
    public float Next()
    {
        var index = _phase >> (32 - TableBits);
        var fraction = (_phase << TableBits) * (1f / 4_294_967_296f);
        _phase += _step;
        return Table[index] + (Table[index + 1] - Table[index]) * fraction;
    }
}
