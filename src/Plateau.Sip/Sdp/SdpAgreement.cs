namespace Plateau.Sip.Sdp;

/// <summary>What both sides of an audio stream have agreed on.</summary>
/// <param name="MediaIndex">Which m= line, from 0.</param>
/// <param name="RemoteAddress">Where the peer's packets are to go; an address or a name.</param>
/// <param name="RemotePort">The peer's RTP port.</param>
/// <param name="Codec">The audio codec with the payload type we must send it with.</param>
public sealed record SdpAgreement(int MediaIndex, string RemoteAddress, int RemotePort, SdpCodec Codec)
{
    /// <summary>The payload type the peer sends that codec with.</summary>
    public int ReceivePayloadType { get; init; }

    /// <summary>Every audio codec the peer may send, with the payload types it will use: it may switch at any
    /// time.</summary>
    public IReadOnlyList<SdpCodec> ReceiveCodecs { get; init; } = [];

    /// <summary>The payload type to send digits with; null when the peer does not take them as events.</summary>
    public int? SendEventPayloadType { get; init; }

    /// <summary>The payload type digits come with; null when the peer will not send events.</summary>
    public int? ReceiveEventPayloadType { get; init; }

    /// <summary>The peer's RTCP port; the RTP port itself under rtcp-mux.</summary>
    public int RemoteRtcpPort { get; init; }

    /// <summary>Whether RTCP shares the RTP port both ways.</summary>
    public bool UsesRtcpMux { get; init; }

    /// <summary>Length of the packets the peer wants, ms; 20 when not told.</summary>
    public int PtimeMs { get; init; } = 20;

    /// <summary>The direction as seen from here: SendOnly means that we send and do not receive.</summary>
    public SdpDirection Direction { get; init; }

    /// <summary>Whether the peer holds us: it wants nothing from us.</summary>
    public bool IsHeldByPeer { get; init; }

    /// <summary>Whether we may send audio.</summary>
    public bool MaySend => Direction is SdpDirection.SendReceive or SdpDirection.SendOnly;
}
