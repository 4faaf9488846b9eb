namespace Plateau.Media.Codecs;

/// <summary>Opus for speech, mono, through libopus.</summary>
/// <remarks>
/// Holds native memory: dispose it once no other call is under way. A forgotten one is freed by the collector.
/// Source: RFC 6716, RFC 7587.
/// </remarks>
public sealed unsafe class OpusEncoder : IAudioEncoder
{
    private readonly int _frameSamples;
    private nint _state;

    /// <summary>A new encoder.</summary>
    /// <param name="sampleRateHz">Rate of the samples given: 8 000, 12 000, 16 000, 24 000 or 48 000.</param>
    /// <param name="options">Rate, effort, redundancy.</param>
    /// <exception cref="DllNotFoundException">libopus.so.0 is absent.</exception>
    /// <exception cref="ArgumentException">The library refuses the sample rate or an option.</exception>
    public OpusEncoder(int sampleRateHz, OpusOptions options)
    {
        int error;
        _state = OpusLibrary.EncoderCreate(sampleRateHz, 1, OpusLibrary.ApplicationVoip, &error);
        if (_state == 0 || error != OpusLibrary.Ok)
        {
            throw new ArgumentException($"Opus refuses {sampleRateHz} Hz (error {error})", nameof(sampleRateHz));
        }

        SampleRateHz = sampleRateHz;
        _frameSamples = sampleRateHz / CodecLimits.FramesPerSecond;
        Set(OpusLibrary.SetBitrate, options.BitsPerSecond);
        Set(OpusLibrary.SetComplexity, options.Complexity);
        Set(OpusLibrary.SetInbandFec, options.ExpectedLossPercent > 0 ? 1 : 0);
        Set(OpusLibrary.SetPacketLossPercent, options.ExpectedLossPercent);
        Set(OpusLibrary.SetDtx, options.UsesDtx ? 1 : 0);
        Set(OpusLibrary.SetSignal, OpusLibrary.SignalVoice);
    }

    /// <summary>Frees the native state of an encoder nobody disposed.</summary>
    ~OpusEncoder() => Free();

    /// <inheritdoc/>
    public Codec Codec => Codec.Opus;

    /// <inheritdoc/>
    public int SampleRateHz { get; }

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        ObjectDisposedException.ThrowIf(_state == 0, this);
        if (pcm.Length != _frameSamples || payload.Length < CodecLimits.PayloadBytesMax)
        {
            throw new ArgumentException($"Opus takes {_frameSamples} samples and needs room for a whole frame");
        }

        fixed (short* samples = pcm)
        fixed (byte* bytes = payload)
        {
            var written = OpusLibrary.Encode(_state, samples, pcm.Length, bytes, CodecLimits.PayloadBytesMax);
            GC.KeepAlive(this);
            return written >= 0 ? written : throw new InvalidOperationException($"opus_encode returned {written}");
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_state == 0, this);
        Set(OpusLibrary.ResetState, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Set(int request, int value)
    {
        var error = OpusLibrary.EncoderControl(_state, request, value);
        if (error != OpusLibrary.Ok)
        {
            throw new ArgumentException($"Opus refuses value {value} for request {request} (error {error})");
        }

        GC.KeepAlive(this);
    }

    private void Free()
    {
        var state = _state;
        _state = 0;
        if (state != 0)
        {
            OpusLibrary.EncoderDestroy(state);
        }
    }
}
