namespace Plateau.Sip.Sdp;

/// <summary>What we bring to an audio stream: addresses, codecs in order of preference, and what we want.</summary>
/// <param name="Address">Where our packets arrive; IPv6 without brackets.</param>
/// <param name="Port">Our RTP port; RTCP is at the next one.</param>
/// <param name="Codecs">Audio codecs in order of preference; digits are added by the negotiation.</param>
public sealed record SdpLocal(string Address, int Port, IReadOnlyList<SdpCodec> Codecs)
{
    /// <summary>The id of the o= line: the same for the whole life of the leg.</summary>
    public long SessionId { get; init; } = 1;

    /// <summary>The version of the o= line: one more for every description that differs.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The direction we want: SendOnly or Inactive holds the peer.</summary>
    public SdpDirection Direction { get; init; } = SdpDirection.SendReceive;

    /// <summary>Length of our packets, ms.</summary>
    public int PtimeMs { get; init; } = 20;

    /// <summary>Whether we take digits as RFC 4733 events.</summary>
    public bool TakesTelephoneEvents { get; init; } = true;

    /// <summary>Whether our own order of codecs decides over the offerer's; RFC 3264 §6.1 recommends the
    /// offerer's.</summary>
    public bool PrefersOwnOrder { get; init; }

    /// <summary>More a= lines for our stream, such as those of ICE and DTLS.</summary>
    public IReadOnlyList<SdpAttribute> ExtraAttributes { get; init; } = [];
}
