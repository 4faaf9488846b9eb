namespace Plateau.Media.Codecs;

/// <summary>G.711 without state: any frame length, one octet a sample.</summary>
/// <param name="law">A-law or µ-law.</param>
public sealed class G711Encoder(G711Law law) : IAudioEncoder
{
    /// <inheritdoc/>
    public Codec Codec => law == G711Law.A ? Codec.Pcma : Codec.Pcmu;

    /// <inheritdoc/>
    public int SampleRateHz => 8_000;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        if (payload.Length < pcm.Length)
        {
            throw new ArgumentException("G.711 needs one byte a sample", nameof(payload));
        }

        G711.Encode(law, pcm, payload);
        return pcm.Length;
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
