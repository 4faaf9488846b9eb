using System.Globalization;

namespace Plateau.Sip.Sdp;

/// <summary>Offer and answer of one audio stream.</summary>
/// <remarks>Source: RFC 3264; RFC 4733 §2.5 (events), RFC 5761 §5.1 (rtcp-mux), RFC 3605 (rtcp).</remarks>
public static class SdpNegotiation
{
    private const int EventPayloadType8K = 101;
    private const int EventPayloadType48K = 110;

    /// <summary>Our offer.</summary>
    public static SdpSession Offer(SdpLocal local)
    {
        var codecs = new List<SdpCodec>(local.Codecs);
        if (local.TakesTelephoneEvents)
        {
            foreach (var clockHz in local.Codecs.Select(codec => codec.ClockHz).Distinct().Order())
            {
                codecs.Add(SdpCodec.TelephoneEvent(clockHz == 8_000 ? EventPayloadType8K : EventPayloadType48K, clockHz));
            }
        }

        return Describe(local, [Stream(local, "RTP/AVP", codecs, local.Direction, withMux: false)]);
    }

    /// <summary>Our answer to an offer, and what is agreed by it.</summary>
    /// <param name="offer">The peer's offer.</param>
    /// <param name="local">What we bring.</param>
    /// <param name="answer">One m= line for each of the offer, those not taken with port 0; null when refused.</param>
    /// <param name="agreement">Null when refused.</param>
    public static SdpRefusal Answer(
        SdpSession offer, SdpLocal local, out SdpSession? answer, out SdpAgreement? agreement)
    {
        answer = null;
        agreement = null;
        var index = FindAudio(offer, out var refusal);
        if (index < 0)
        {
            return refusal;
        }

        var remote = offer.Media[index];
        var common = Common(remote.Codecs, local);
        if (common.Count == 0)
        {
            return SdpRefusal.NoCommonCodec;
        }

        var direction = Mirror(offer.DirectionOf(remote), local.Direction);
        var events = local.TakesTelephoneEvents ? EventFor(remote.Codecs, common[0].ClockHz) : null;
        var answered = events is null ? common : [.. common, events with { FormatParameters = "0-16" }];
        var media = new List<SdpMedia>(offer.Media.Count);
        for (var i = 0; i < offer.Media.Count; i++)
        {
            media.Add(i == index
                ? Stream(local, remote.Protocol, answered, direction, remote.HasRtcpMux)
                : Refused(offer.Media[i]));
        }

        answer = Describe(local, media);
        agreement = Agree(offer, index, common, events, direction) with
        {
            ReceivePayloadType = common[0].PayloadType,
            ReceiveCodecs = common,
            ReceiveEventPayloadType = events?.PayloadType,
            UsesRtcpMux = remote.HasRtcpMux,
        };
        return SdpRefusal.None;
    }

    /// <summary>What is agreed by the peer's answer to our offer.</summary>
    /// <param name="offer">What we sent.</param>
    /// <param name="answer">What came back.</param>
    /// <param name="local">What the offer was made from.</param>
    /// <param name="agreement">Null when refused.</param>
    public static SdpRefusal Conclude(
        SdpSession offer, SdpSession answer, SdpLocal local, out SdpAgreement? agreement)
    {
        agreement = null;
        if (answer.Media.Count != offer.Media.Count)
        {
            return SdpRefusal.AnswerDoesNotFit;
        }

        var index = FindAudio(answer, out var refusal);
        if (index < 0)
        {
            return refusal;
        }

        // The answerer's order is the order to send with: RFC 3264 §7.
        var ours = offer.Media[index].Codecs;
        var common = Common(answer.Media[index].Codecs, local with { PrefersOwnOrder = false });
        if (common.Count == 0)
        {
            return SdpRefusal.NoCommonCodec;
        }

        var events = EventFor(answer.Media[index].Codecs, common[0].ClockHz);
        var direction = Mirror(answer.DirectionOf(answer.Media[index]), offer.DirectionOf(offer.Media[index]));
        var receive = ours.Where(codec => !codec.IsTelephoneEvent && common.Any(codec.IsSameEncoding)).ToList();
        agreement = Agree(answer, index, common, events, direction) with
        {
            ReceivePayloadType = receive.First(common[0].IsSameEncoding).PayloadType,
            ReceiveCodecs = receive,
            ReceiveEventPayloadType = events is null ? null : EventFor(ours, common[0].ClockHz)?.PayloadType,
            UsesRtcpMux = answer.Media[index].HasRtcpMux && offer.Media[index].HasRtcpMux,
        };
        return SdpRefusal.None;
    }

    /// <summary>Our direction: what the peer's one leaves, cut down to what we want (RFC 3264 §6.1).</summary>
    internal static SdpDirection Mirror(SdpDirection theirs, SdpDirection wanted)
    {
        var sends = CanReceive(theirs) && CanSend(wanted);
        var receives = CanSend(theirs) && CanReceive(wanted);
        return (sends, receives) switch
        {
            (true, true) => SdpDirection.SendReceive,
            (true, false) => SdpDirection.SendOnly,
            (false, true) => SdpDirection.ReceiveOnly,
            _ => SdpDirection.Inactive,
        };
    }

    private static bool CanSend(SdpDirection direction) =>
        direction is SdpDirection.SendReceive or SdpDirection.SendOnly;

    private static bool CanReceive(SdpDirection direction) =>
        direction is SdpDirection.SendReceive or SdpDirection.ReceiveOnly;

    /// <summary>The first audio stream in use whose transport we speak; -1 and the reason when there is none.</summary>
    private static int FindAudio(SdpSession session, out SdpRefusal refusal)
    {
        refusal = SdpRefusal.NoAudio;
        for (var i = 0; i < session.Media.Count; i++)
        {
            var media = session.Media[i];
            if (media.Kind != "audio" || media.Port == 0)
            {
                continue;
            }

            if (media.Protocol is "RTP/AVP" or "RTP/AVPF")
            {
                return i;
            }

            refusal = SdpRefusal.UnsupportedProtocol;
        }

        return -1;
    }

    /// <summary>The remote codecs we also have, with the remote payload types, in the order that decides.</summary>
    private static List<SdpCodec> Common(IReadOnlyList<SdpCodec> remote, SdpLocal local)
    {
        var common = remote
            .Where(theirs => !theirs.IsTelephoneEvent && local.Codecs.Any(theirs.IsSameEncoding))
            .ToList();
        return local.PrefersOwnOrder
            ? [.. local.Codecs.SelectMany(ours => common.Where(ours.IsSameEncoding))]
            : common;
    }

    /// <summary>Events at the clock of the audio; some phones offer 8000 only, whatever the audio, and mean
    /// it.</summary>
    private static SdpCodec? EventFor(IReadOnlyList<SdpCodec> codecs, int clockHz) =>
        codecs.FirstOrDefault(codec => codec.IsTelephoneEvent && codec.ClockHz == clockHz)
        ?? codecs.FirstOrDefault(codec => codec.IsTelephoneEvent && codec.ClockHz == 8_000);

    private static SdpAgreement Agree(
        SdpSession theirs, int index, List<SdpCodec> common, SdpCodec? events, SdpDirection direction)
    {
        var media = theirs.Media[index];
        return new SdpAgreement(index, theirs.AddressOf(media)!, media.Port, common[0])
        {
            SendEventPayloadType = events?.PayloadType,
            RemoteRtcpPort = media.HasRtcpMux ? media.Port : media.RtcpPort ?? Math.Min(media.Port + 1, 65_535),
            PtimeMs = media.PtimeMs ?? 20,
            Direction = direction,
            IsHeldByPeer = !CanReceive(theirs.DirectionOf(media)),
        };
    }

    private static SdpMedia Stream(
        SdpLocal local, string protocol, IReadOnlyList<SdpCodec> codecs, SdpDirection direction, bool withMux)
    {
        var attributes = new List<SdpAttribute>();
        foreach (var codec in codecs)
        {
            attributes.Add(new SdpAttribute("rtpmap", codec.RtpMap()));
            if (codec.FormatParameters is { } parameters)
            {
                attributes.Add(new SdpAttribute("fmtp", Number(codec.PayloadType) + " " + parameters));
            }
        }

        attributes.Add(new SdpAttribute("ptime", Number(local.PtimeMs)));
        attributes.Add(new SdpAttribute(NameOf(direction)));
        if (withMux)
        {
            attributes.Add(new SdpAttribute("rtcp-mux"));
        }

        attributes.AddRange(local.ExtraAttributes);
        var formats = codecs.Select(codec => Number(codec.PayloadType)).ToList();
        return new SdpMedia("audio", local.Port, protocol, formats) { Attributes = attributes };
    }

    private static SdpMedia Refused(SdpMedia offered) => new(offered.Kind, 0, offered.Protocol, offered.Formats);

    private static SdpSession Describe(SdpLocal local, IReadOnlyList<SdpMedia> media) => new(
        new SdpOrigin("-", Number(local.SessionId), Number(local.Version), local.Address), media)
    {
        Address = local.Address,
    };

    private static string NameOf(SdpDirection direction) => direction switch
    {
        SdpDirection.SendReceive => "sendrecv",
        SdpDirection.SendOnly => "sendonly",
        SdpDirection.ReceiveOnly => "recvonly",
        _ => "inactive",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
