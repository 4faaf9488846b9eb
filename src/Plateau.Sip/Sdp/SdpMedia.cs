using System.Globalization;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Sdp;

/// <summary>One m= section.</summary>
/// <param name="Kind">audio, video, application, image or another token.</param>
/// <param name="Port">0 to 65535; 0 refuses or withdraws the stream.</param>
/// <param name="Protocol">RTP/AVP, RTP/SAVP, UDP/TLS/RTP/SAVPF and so on.</param>
/// <param name="Formats">The formats in their order of preference.</param>
public sealed record SdpMedia(string Kind, int Port, string Protocol, IReadOnlyList<string> Formats)
{
    /// <summary>The address of its own c= line; null when that of the session holds.</summary>
    public string? Address { get; init; }

    /// <summary>The a= lines in order.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>The i=, b= and k= lines in order.</summary>
    public IReadOnlyList<SdpLine> OtherLines { get; init; } = [];

    /// <summary>Whether this is audio over RTP, encrypted or not.</summary>
    public bool IsRtpAudio => Kind == "audio" && Protocol.Contains("RTP/", StringComparison.Ordinal);

    /// <summary>Packet length asked for, ms; null when not told.</summary>
    public int? PtimeMs => SipText.TryNumber(Get("ptime"), 1_000, out var value) && value > 0 ? (int)value : null;

    /// <summary>Whether RTCP shares the port of RTP (RFC 5761).</summary>
    public bool HasRtcpMux => Has("rtcp-mux");

    /// <summary>The RTCP port of an rtcp attribute (RFC 3605); null when not told.</summary>
    public int? RtcpPort => Get("rtcp") is { } value
        && SipText.TryNumber(value.Split(' ')[0], 65_535, out var port) ? (int)port : null;

    /// <summary>The direction written here; null when the session's holds.</summary>
    public SdpDirection? OwnDirection => DirectionOf(Attributes);

    /// <summary>The formats with what they mean; formats that are no payload types or mean nothing are left
    /// out.</summary>
    public IReadOnlyList<SdpCodec> Codecs
    {
        get
        {
            var codecs = new List<SdpCodec>(Formats.Count);
            foreach (var format in Formats)
            {
                if (SipText.TryNumber(format, 127, out var type) && CodecOf((int)type, format) is { } codec)
                {
                    codecs.Add(codec);
                }
            }

            return codecs;
        }
    }

    /// <summary>Whether the attribute is there.</summary>
    public bool Has(string name) => SdpSession.Find(Attributes, name) is not null;

    /// <summary>The value of the first attribute of this name; "" for a property, null when absent.</summary>
    public string? Get(string name) => SdpSession.Find(Attributes, name) is { } found ? found.Value ?? "" : null;

    /// <summary>The values of all attributes of this name.</summary>
    public IEnumerable<string> GetAll(string name) =>
        Attributes.Where(attribute => attribute.Name == name).Select(attribute => attribute.Value ?? "");

    /// <summary>The direction among attributes; null when none is written.</summary>
    internal static SdpDirection? DirectionOf(IReadOnlyList<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            switch (attribute.Name)
            {
                case "sendrecv":
                    return SdpDirection.SendReceive;
                case "sendonly":
                    return SdpDirection.SendOnly;
                case "recvonly":
                    return SdpDirection.ReceiveOnly;
                case "inactive":
                    return SdpDirection.Inactive;
            }
        }

        return null;
    }

    private SdpCodec? CodecOf(int payloadType, string format)
    {
        var map = ValueFor("rtpmap", format);
        if (map is null)
        {
            return SdpCodec.Static(payloadType) is { } known
                ? known with { FormatParameters = ValueFor("fmtp", format) ?? known.FormatParameters }
                : null;
        }

        var parts = map.Split('/');
        if (parts.Length is < 2 or > 3 || parts[0].Length == 0
            || !SipText.TryNumber(parts[1].Trim(), 1_000_000, out var clockHz) || clockHz == 0)
        {
            return null;
        }

        long channels = 1;
        return parts.Length == 3 && !SipText.TryNumber(parts[2].Trim(), 255, out channels)
            ? null
            : new SdpCodec(payloadType, parts[0].Trim(), (int)clockHz, (int)channels, ValueFor("fmtp", format));
    }

    /// <summary>The value after "format " of the attribute that speaks of this format.</summary>
    private string? ValueFor(string name, string format)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Name == name && attribute.Value is { } value && value.Length > format.Length
                && value.StartsWith(format, StringComparison.Ordinal) && value[format.Length] == ' ')
            {
                return value[(format.Length + 1)..].Trim();
            }
        }

        return null;
    }

    /// <summary>The m= line without its type.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind} {Port} {Protocol} {string.Join(' ', Formats)}");
}
