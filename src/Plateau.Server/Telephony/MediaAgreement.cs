using System.Net;
using Plateau.Media.Codecs;
using Plateau.Media.Mixing;
using Plateau.Media.Rtp;
using Plateau.Sip.Sdp;

namespace Plateau.Server.Telephony;

/// <summary>Translates between what SDP says of a stream and what the data plane wants to know.</summary>
internal static class MediaAgreement
{
    /// <summary>Our codecs as SDP names them, in the order given; unknown or absent ones are left out.</summary>
    /// <param name="names">PCMA, PCMU, G722, opus.</param>
    internal static IReadOnlyList<SdpCodec> Codecs(IEnumerable<string> names) =>
        [.. names.Select(ByName).OfType<SdpCodec>()];

    /// <summary>What the data plane is told; null when the peer's address is a name or the codec none of
    /// ours.</summary>
    /// <param name="agreement">What offer and answer agreed on.</param>
    /// <param name="signalling">Address that the peer's signalling comes from.</param>
    /// <param name="mayBeBehindNat">Whether another source than the one in the SDP may be learnt.</param>
    internal static LegMediaConfig? ToMedia(SdpAgreement agreement, IPAddress signalling, bool mayBeBehindNat)
    {
        if (!IPAddress.TryParse(agreement.RemoteAddress, out var address)
            || Codec.Find(agreement.Codec.Name, agreement.Codec.ClockHz) is not { } codec)
        {
            return null;
        }

        return new LegMediaConfig
        {
            Codec = codec,
            PayloadType = agreement.Codec.PayloadType,
            Rtp = MediaEndpoint.From(address, agreement.RemotePort),
            Rtcp = MediaEndpoint.From(address, agreement.RemoteRtcpPort),
            RtcpMux = agreement.UsesRtcpMux,
            Receives = [.. agreement.ReceiveCodecs.Select(Mapping).OfType<PayloadMapping>()],
            SendEventPayloadType = agreement.SendEventPayloadType,
            ReceiveEventPayloadType = agreement.ReceiveEventPayloadType,
            PtimeMs = Math.Clamp(agreement.PtimeMs, 10, 120),
            Direction = Direction(agreement.Direction),
            MayBeBehindNat = mayBeBehindNat,
            SignallingAddress = MediaEndpoint.From(signalling, 1).Address,
        };
    }

    private static SdpCodec? ByName(string name) => name.ToUpperInvariant() switch
    {
        "PCMA" => SdpCodec.Pcma,
        "PCMU" => SdpCodec.Pcmu,
        "G722" => SdpCodec.G722,
        "OPUS" when Codec.Opus.IsAvailable => SdpCodec.Opus,
        _ => null,
    };

    private static PayloadMapping? Mapping(SdpCodec codec) =>
        Codec.Find(codec.Name, codec.ClockHz) is { } ours ? new PayloadMapping(codec.PayloadType, ours) : null;

    private static MediaDirection Direction(SdpDirection direction) => direction switch
    {
        SdpDirection.SendReceive => MediaDirection.Both,
        SdpDirection.SendOnly => MediaDirection.Send,
        SdpDirection.ReceiveOnly => MediaDirection.Receive,
        _ => MediaDirection.None,
    };
}
