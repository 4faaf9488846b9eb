using System.Globalization;

namespace Plateau.Sip.Sdp;

/// <summary>One format of an audio stream: payload type and what it means.</summary>
/// <param name="PayloadType">0 to 127, as it stands on the m= line.</param>
/// <param name="Name">Encoding name of the rtpmap, compared without case.</param>
/// <param name="ClockHz">Rate of the RTP timestamp, Hz.</param>
/// <param name="Channels">As written in the rtpmap; 1 when nothing is written.</param>
/// <param name="FormatParameters">The fmtp value; null when there is none.</param>
/// <remarks>Source: RFC 8866 §6.6, RFC 3551 §6 for the static types.</remarks>
public sealed record SdpCodec(
    int PayloadType, string Name, int ClockHz, int Channels = 1, string? FormatParameters = null)
{
    /// <summary>G.711 µ-law.</summary>
    public static readonly SdpCodec Pcmu = new(0, "PCMU", 8_000);

    /// <summary>G.711 A-law.</summary>
    public static readonly SdpCodec Pcma = new(8, "PCMA", 8_000);

    /// <summary>G.722; its clock is written as 8000 by RFC 3551 §4.5.2.</summary>
    public static readonly SdpCodec G722 = new(9, "G722", 8_000);

    /// <summary>Opus as RFC 7587 writes it: always 48 kHz and two channels.</summary>
    public static readonly SdpCodec Opus = new(111, "opus", 48_000, 2, "minptime=10;useinbandfec=1");

    /// <summary>Whether this is digits and not audio (RFC 4733).</summary>
    public bool IsTelephoneEvent => Name.Equals("telephone-event", StringComparison.OrdinalIgnoreCase);

    /// <summary>Digits 0–9, *, #, A–D at a clock rate, which must be that of the audio (RFC 4733 §2.1).</summary>
    public static SdpCodec TelephoneEvent(int payloadType, int clockHz) =>
        new(payloadType, "telephone-event", clockHz, 1, "0-16");

    /// <summary>The meaning of a payload type without an rtpmap; null when it has none.</summary>
    public static SdpCodec? Static(int payloadType) => payloadType switch
    {
        0 => Pcmu,
        3 => new SdpCodec(3, "GSM", 8_000),
        4 => new SdpCodec(4, "G723", 8_000),
        8 => Pcma,
        9 => G722,
        13 => new SdpCodec(13, "CN", 8_000),
        18 => new SdpCodec(18, "G729", 8_000),
        _ => null,
    };

    /// <summary>Whether both mean the same encoding, whatever their payload types.</summary>
    public bool IsSameEncoding(SdpCodec other) => ClockHz == other.ClockHz && Channels == other.Channels
        && Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of an rtpmap attribute.</summary>
    internal string RtpMap() => Channels == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{PayloadType} {Name}/{ClockHz}")
        : string.Create(CultureInfo.InvariantCulture, $"{PayloadType} {Name}/{ClockHz}/{Channels}");
}
