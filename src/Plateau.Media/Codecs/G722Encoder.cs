namespace Plateau.Media.Codecs;

/// <summary>G.722 at 64 kbit/s: 16 kHz in two sub-bands, one byte for two samples.</summary>
/// <remarks>Source: ITU-T G.722 §3 (encoder, mode 1). The upper two bits of a byte carry the upper band.</remarks>
public sealed class G722Encoder : IAudioEncoder
{
    private readonly int[] _window = new int[24];
    private readonly G722Band _lower = new(32);
    private readonly G722Band _upper = new(8);

    /// <inheritdoc/>
    public Codec Codec => Codec.G722;

    /// <inheritdoc/>
    public int SampleRateHz => 16_000;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        var count = pcm.Length / 2;
        if (payload.Length < count || pcm.Length % 2 != 0)
        {
            throw new ArgumentException("G.722 takes an even number of samples and needs a byte for two");
        }

        for (var i = 0; i < count; i++)
        {
            var (low, high) = Split(pcm[2 * i], pcm[2 * i + 1]);
            payload[i] = (byte)((EncodeUpper(high) << 6) | EncodeLower(low));
        }

        return count;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_window);
        _lower.Reset();
        _upper.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Transmit QMF: two samples at 16 kHz become one of each band at 8 kHz.</summary>
    private (int Low, int High) Split(int first, int second)
    {
        _window.AsSpan(2).CopyTo(_window);
        _window[22] = first;
        _window[23] = second;
        var odd = 0;
        var even = 0;
        for (var i = 0; i < 12; i++)
        {
            odd += _window[2 * i] * G722Tables.Qmf[i];
            even += _window[2 * i + 1] * G722Tables.Qmf[11 - i];
        }

        // 14 instead of the standard's 15: its filter takes 14-bit input, ours 16-bit (as ITU-T G.191 does).
        return ((even + odd) >> 14, (even - odd) >> 14);
    }

    private int EncodeLower(int low)
    {
        var error = G722Band.Saturate(low - _lower.Prediction); // SUBTRA
        var magnitude = error >= 0 ? error : -(error + 1);
        var step = 1; // QUANTL
        while (step < 30 && magnitude >= (G722Tables.LowerDecisions[step] * _lower.Scale) >> 12)
        {
            step++;
        }

        var code = G722Tables.LowerCode(step, error < 0);
        var code4 = code >> 2;
        var difference = (_lower.Scale * G722Tables.LowerLevels4[code4]) >> 15; // INVQAL
        _lower.AdaptScale(G722Tables.LowerSteps[code4], 18_432, 8);
        _lower.Adapt(difference);
        return code;
    }

    private int EncodeUpper(int high)
    {
        var error = G722Band.Saturate(high - _upper.Prediction); // SUBTRA
        var magnitude = error >= 0 ? error : -(error + 1);
        var isLarge = magnitude >= (564 * _upper.Scale) >> 12; // QUANTH
        var code = error < 0 ? isLarge ? 0 : 1 : isLarge ? 2 : 3;
        var difference = (_upper.Scale * G722Tables.UpperLevels[code]) >> 15; // INVQAH
        _upper.AdaptScale(G722Tables.UpperSteps[code], 22_528, 10);
        _upper.Adapt(difference);
        return code;
    }
}
