namespace Plateau.Media.Codecs;

/// <summary>Turns linear audio of one direction of one leg into RTP payloads.</summary>
/// <remarks>
/// One object per stream, used by one thread at a time. It allocates at construction and never afterwards.
/// Whoever created it disposes it, once, after the last call; only Opus holds native memory, the others do nothing.
/// </remarks>
public interface IAudioEncoder : IDisposable
{
    /// <summary>What it writes.</summary>
    Codec Codec { get; }

    /// <summary>Rate of the samples it takes, Hz.</summary>
    int SampleRateHz { get; }

    /// <summary>Encodes one frame.</summary>
    /// <param name="pcm">Mono 16-bit samples; 20 ms for Opus, any even number for the others.</param>
    /// <param name="payload">Room for at least <see cref="CodecLimits.PayloadBytesMax"/> bytes (Opus), else one byte a
    /// sample (G.711) or one byte per two samples (G.722).</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The payload buffer is too small.</exception>
    int Encode(ReadOnlySpan<short> pcm, Span<byte> payload);

    /// <summary>Forgets the past, as if newly constructed.</summary>
    void Reset();
}
