namespace Plateau.Media.Codecs;

/// <summary>G.722 at 64 kbit/s: one byte gives two samples at 16 kHz.</summary>
/// <remarks>Source: ITU-T G.722 §4 (decoder, mode 1).</remarks>
public sealed class G722Decoder : IAudioDecoder
{
    private readonly int[] _window = new int[24];
    private readonly G722Band _lower = new(32);
    private readonly G722Band _upper = new(8);
    private readonly LossConcealment _concealment = new(16_000);

    /// <inheritdoc/>
    public Codec Codec => Codec.G722;

    /// <inheritdoc/>
    public int SampleRateHz => 16_000;

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        if (payload.Length * 2 > pcm.Length)
        {
            return 0;
        }

        for (var i = 0; i < payload.Length; i++)
        {
            var low = DecodeLower(payload[i] & 0x3F);
            var high = DecodeUpper(payload[i] >> 6);
            Join(low, high, pcm.Slice(2 * i, 2));
        }

        _concealment.Heard(pcm[..(payload.Length * 2)]);
        return payload.Length * 2;
    }

    /// <inheritdoc/>
    public void Conceal(Span<short> pcm) => _concealment.Conceal(pcm);

    /// <inheritdoc/>
    public bool Recover(ReadOnlySpan<byte> nextPayload, Span<short> pcm)
    {
        Conceal(pcm);
        return false;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_window);
        _lower.Reset();
        _upper.Reset();
        _concealment.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private int DecodeLower(int code)
    {
        var fine = (_lower.Scale * G722Tables.LowerLevels6[code]) >> 15; // INVQBL
        var output = Limit(_lower.Prediction + fine); // RECONS, LIMIT
        var code4 = code >> 2;
        var difference = (_lower.Scale * G722Tables.LowerLevels4[code4]) >> 15; // INVQAL
        _lower.AdaptScale(G722Tables.LowerSteps[code4], 18_432, 8);
        _lower.Adapt(difference);
        return output;
    }

    private int DecodeUpper(int code)
    {
        var difference = (_upper.Scale * G722Tables.UpperLevels[code]) >> 15; // INVQAH
        var output = Limit(_upper.Prediction + difference); // RECONS, LIMIT
        _upper.AdaptScale(G722Tables.UpperSteps[code], 22_528, 10);
        _upper.Adapt(difference);
        return output;
    }

    /// <summary>Receive QMF: one sample of each band at 8 kHz becomes two at 16 kHz.</summary>
    private void Join(int low, int high, Span<short> pair)
    {
        _window.AsSpan(2).CopyTo(_window);
        _window[22] = low + high;
        _window[23] = low - high;
        var first = 0;
        var second = 0;
        for (var i = 0; i < 12; i++)
        {
            second += _window[2 * i] * G722Tables.Qmf[i];
            first += _window[2 * i + 1] * G722Tables.Qmf[11 - i];
        }

        // 11 instead of the standard's 12 gives 16-bit samples out of its 15-bit ones (as ITU-T G.191 does).
        pair[0] = (short)G722Band.Saturate(first >> 11);
        pair[1] = (short)G722Band.Saturate(second >> 11);
    }

    private static int Limit(int value) => Math.Clamp(value, -16_384, 16_383);
}
