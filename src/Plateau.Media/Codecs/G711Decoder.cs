namespace Plateau.Media.Codecs;

/// <summary>G.711 with loss concealment after the manner of G.711 Appendix I.</summary>
/// <param name="law">A-law or µ-law.</param>
public sealed class G711Decoder(G711Law law) : IAudioDecoder
{
    private readonly LossConcealment _concealment = new(8_000);

    /// <inheritdoc/>
    public Codec Codec => law == G711Law.A ? Codec.Pcma : Codec.Pcmu;

    /// <inheritdoc/>
    public int SampleRateHz => 8_000;

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        if (payload.Length > pcm.Length)
        {
            return 0;
        }

        G711.Decode(law, payload, pcm);
        _concealment.Heard(pcm[..payload.Length]);
        return payload.Length;
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
    public void Reset() => _concealment.Reset();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
