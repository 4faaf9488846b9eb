namespace Plateau.Media.Codecs;

/// <summary>Opus to mono through libopus, with its own loss concealment and in-band redundancy.</summary>
/// <remarks>
/// Stereo packets are mixed down by the library. Holds native memory: dispose it once no other call is under way;
/// a forgotten one is freed by the collector. Source: RFC 6716, RFC 7587.
/// </remarks>
public sealed unsafe class OpusDecoder : IAudioDecoder
{
    private nint _state;

    /// <summary>A new decoder.</summary>
    /// <param name="sampleRateHz">Rate of the samples given back: 8 000, 12 000, 16 000, 24 000 or 48 000.</param>
    /// <exception cref="DllNotFoundException">libopus.so.0 is absent.</exception>
    /// <exception cref="ArgumentException">The library refuses the sample rate.</exception>
    public OpusDecoder(int sampleRateHz)
    {
        int error;
        _state = OpusLibrary.DecoderCreate(sampleRateHz, 1, &error);
        if (_state == 0 || error != OpusLibrary.Ok)
        {
            throw new ArgumentException($"Opus refuses {sampleRateHz} Hz (error {error})", nameof(sampleRateHz));
        }

        SampleRateHz = sampleRateHz;
    }

    /// <summary>Frees the native state of a decoder nobody disposed.</summary>
    ~OpusDecoder() => Free();

    /// <inheritdoc/>
    public Codec Codec => Codec.Opus;

    /// <inheritdoc/>
    public int SampleRateHz { get; }

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> payload, Span<short> pcm) =>
        payload.IsEmpty ? 0 : Math.Max(0, DecodeNative(payload, pcm, 0));

    /// <inheritdoc/>
    public void Conceal(Span<short> pcm)
    {
        if (DecodeNative(default, pcm, 0) != pcm.Length)
        {
            pcm.Clear();
        }
    }

    /// <inheritdoc/>
    public bool Recover(ReadOnlySpan<byte> nextPayload, Span<short> pcm)
    {
        if (!OpusRedundancy.IsIn(nextPayload) || DecodeNative(nextPayload, pcm, 1) != pcm.Length)
        {
            Conceal(pcm);
            return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_state == 0, this);
        _ = OpusLibrary.DecoderControl(_state, OpusLibrary.ResetState, 0);
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Samples written, or the library's negative error; an empty payload asks for concealment.</summary>
    private int DecodeNative(ReadOnlySpan<byte> payload, Span<short> pcm, int useFec)
    {
        ObjectDisposedException.ThrowIf(_state == 0, this);
        fixed (byte* bytes = payload)
        fixed (short* samples = pcm)
        {
            var written = OpusLibrary.Decode(_state, bytes, payload.Length, samples, pcm.Length, useFec);
            GC.KeepAlive(this);
            return written;
        }
    }

    private void Free()
    {
        var state = _state;
        _state = 0;
        if (state != 0)
        {
            OpusLibrary.DecoderDestroy(state);
        }
    }
}
