using Plateau.Media.Codecs;
using Plateau.Media.Rtp;

namespace Plateau.Media.Mixing;

/// <summary>Which way audio may flow, as we see it (RFC 3264 §5.1).</summary>
[Flags]
public enum MediaDirection
{
    /// <summary>Neither way: inactive.</summary>
    None = 0,

    /// <summary>We send: our sendonly.</summary>
    Send = 1,

    /// <summary>We receive: our recvonly.</summary>
    Receive = 2,

    /// <summary>Both ways: sendrecv.</summary>
    Both = Send | Receive,
}

/// <summary>A payload type the far end may send, and what it means.</summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Codec">The codec.</param>
public readonly record struct PayloadMapping(int PayloadType, Codec Codec);

/// <summary>What offer and answer agreed on for one leg's audio; replaced whole by each new agreement.</summary>
public sealed record LegMediaConfig
{
    /// <summary>What we send.</summary>
    public required Codec Codec { get; init; }

    /// <summary>Payload type of what we send, as the far end wants it.</summary>
    public required int PayloadType { get; init; }

    /// <summary>Where the far end wants its RTP: from its SDP.</summary>
    public required MediaEndpoint Rtp { get; init; }

    /// <summary>Where it wants its RTCP; none = the next port (RFC 3550 §11).</summary>
    public MediaEndpoint Rtcp { get; init; }

    /// <summary>Whether RTCP goes over the RTP port (RFC 5761).</summary>
    public bool RtcpMux { get; init; }

    /// <summary>What the far end may send; empty = only <see cref="Codec"/> under <see cref="PayloadType"/>.</summary>
    public IReadOnlyList<PayloadMapping> Receives { get; init; } = [];

    /// <summary>Payload type of telephone-event we send; null when the far end takes none.</summary>
    public int? SendEventPayloadType { get; init; }

    /// <summary>Payload type of telephone-event we get; null = the same as
    /// <see cref="SendEventPayloadType"/>.</summary>
    public int? ReceiveEventPayloadType { get; init; }

    /// <summary>Packet length the far end wants, milliseconds, 10 to 120; Opus is always sent in 20.</summary>
    public int PtimeMs { get; init; } = 20;

    /// <summary>Which way audio flows.</summary>
    public MediaDirection Direction { get; init; } = MediaDirection.Both;

    /// <summary>Whether the far end may be behind NAT, so that another source than <see cref="Rtp"/> may be
    /// learnt.</summary>
    public bool MayBeBehindNat { get; init; }

    /// <summary>Address its signalling came from; if set, a source behind NAT must have it too.</summary>
    public UInt128? SignallingAddress { get; init; }
}
