namespace Plateau.Media.Codecs;

/// <summary>Turns the RTP payloads of one direction of one leg into linear audio, and fills what was lost.</summary>
/// <remarks>
/// One object per stream, used by one thread at a time. It allocates at construction and never afterwards.
/// Call exactly one of <see cref="Decode"/>, <see cref="Conceal"/> and <see cref="Recover"/> per frame due, in order.
/// Whoever created it disposes it, once, after the last call; only Opus holds native memory, the others do nothing.
/// </remarks>
public interface IAudioDecoder : IDisposable
{
    /// <summary>What it reads.</summary>
    Codec Codec { get; }

    /// <summary>Rate of the samples it gives, Hz.</summary>
    int SampleRateHz { get; }

    /// <summary>Decodes one packet.</summary>
    /// <param name="payload">The RTP payload, at most <see cref="CodecLimits.PacketMsMax"/> of audio.</param>
    /// <param name="pcm">Receives mono 16-bit samples; <see cref="CodecLimits.PacketSamplesMax"/> always
    /// suffice.</param>
    /// <returns>Samples written; 0 when the payload is empty, malformed or longer than the buffer: conceal
    /// then.</returns>
    int Decode(ReadOnlySpan<byte> payload, Span<short> pcm);

    /// <summary>Invents audio for a packet that did not come; fades to silence when losses go on.</summary>
    /// <param name="pcm">Fully overwritten; its length is the length of the gap. For Opus a multiple of 2.5 ms.</param>
    void Conceal(Span<short> pcm);

    /// <summary>Rebuilds a lost packet from the redundancy in the one after it, or conceals when there is
    /// none.</summary>
    /// <param name="nextPayload">The packet that followed the lost one; decode it afterwards as usual.</param>
    /// <param name="pcm">Fully overwritten; its length is the length of the gap.</param>
    /// <returns>Whether redundancy could be used (Opus only, RFC 6716 §2.1.7).</returns>
    bool Recover(ReadOnlySpan<byte> nextPayload, Span<short> pcm);

    /// <summary>Forgets the past, as if newly constructed.</summary>
    void Reset();
}
