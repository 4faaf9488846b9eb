namespace Plateau.Media.Codecs;

/// <summary>What both ends must agree on about an audio format; four exist.</summary>
/// <param name="Name">Encoding name in SDP, compared without case (RFC 3551, RFC 7587).</param>
/// <param name="StaticPayloadType">RTP payload type of RFC 3551, or -1 when it must be negotiated.</param>
/// <param name="RtpClockHz">Rate of the RTP timestamp, Hz; 8000 for G.722 although it carries 16 kHz.</param>
/// <param name="SampleRateHz">Rate of the decoded samples we use by default, Hz.</param>
/// <param name="RtpmapChannels">Channel count to write in a=rtpmap; 2 for Opus always. We send and decode mono.</param>
public sealed record Codec(
    string Name, int StaticPayloadType, int RtpClockHz, int SampleRateHz, int RtpmapChannels)
{
    /// <summary>G.711 µ-law.</summary>
    public static readonly Codec Pcmu = new("PCMU", 0, 8_000, 8_000, 1);

    /// <summary>G.711 A-law, the fixed network of Europe.</summary>
    public static readonly Codec Pcma = new("PCMA", 8, 8_000, 8_000, 1);

    /// <summary>G.722 at 64 kbit/s. Its RTP clock is 8000 by a historical error kept on purpose (RFC 3551
    /// §4.5.2).</summary>
    public static readonly Codec G722 = new("G722", 9, 8_000, 16_000, 1);

    /// <summary>Opus (RFC 6716, RFC 7587); decoded to and encoded from 16 kHz unless asked otherwise.</summary>
    public static readonly Codec Opus = new("opus", -1, 48_000, 16_000, 2);

    /// <summary>All codecs, those of better sound first.</summary>
    public static readonly IReadOnlyList<Codec> All = [Opus, G722, Pcma, Pcmu];

    /// <summary>RTP timestamp ticks of one 20 ms frame.</summary>
    public int TicksPerFrame => RtpClockHz / CodecLimits.FramesPerSecond;

    /// <summary>Samples of one 20 ms frame at <see cref="SampleRateHz"/>.</summary>
    public int SamplesPerFrame => SampleRateHz / CodecLimits.FramesPerSecond;

    /// <summary>Whether a 20 ms payload is always 160 bytes (G.711, G.722); Opus varies.</summary>
    public bool IsConstantRate => StaticPayloadType >= 0;

    /// <summary>Bytes of a 20 ms payload, the largest possible for Opus.</summary>
    public int FrameBytesMax => IsConstantRate ? 160 : CodecLimits.PayloadBytesMax;

    /// <summary>Whether this machine can encode and decode it; only Opus needs a library (libopus.so.0).</summary>
    public bool IsAvailable => this != Opus || OpusLibrary.IsPresent;

    /// <summary>The codec an rtpmap names, or null when we have none such.</summary>
    public static Codec? Find(string name, int rtpClockHz)
    {
        foreach (var codec in All)
        {
            if (codec.RtpClockHz == rtpClockHz && codec.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return codec;
            }
        }

        return null;
    }

    /// <summary>The codec a static payload type means without an rtpmap (RFC 3551 §6), or null.</summary>
    public static Codec? FindStatic(int payloadType) => payloadType switch
    {
        0 => Pcmu,
        8 => Pcma,
        9 => G722,
        _ => null,
    };

    /// <summary>A new encoder taking <see cref="SampleRateHz"/>.</summary>
    /// <exception cref="DllNotFoundException">Opus, and the library is absent (<see cref="IsAvailable"/>).</exception>
    public IAudioEncoder CreateEncoder() => this switch
    {
        _ when this == Pcmu => new G711Encoder(G711Law.Mu),
        _ when this == Pcma => new G711Encoder(G711Law.A),
        _ when this == G722 => new G722Encoder(),
        _ => new OpusEncoder(SampleRateHz, OpusOptions.Default),
    };

    /// <summary>A new decoder giving <see cref="SampleRateHz"/>.</summary>
    /// <exception cref="DllNotFoundException">Opus, and the library is absent (<see cref="IsAvailable"/>).</exception>
    public IAudioDecoder CreateDecoder() => this switch
    {
        _ when this == Pcmu => new G711Decoder(G711Law.Mu),
        _ when this == Pcma => new G711Decoder(G711Law.A),
        _ when this == G722 => new G722Decoder(),
        _ => new OpusDecoder(SampleRateHz),
    };

    /// <summary>Name and clock as in an rtpmap, such as PCMA/8000.</summary>
    public override string ToString() => $"{Name}/{RtpClockHz}";
}
