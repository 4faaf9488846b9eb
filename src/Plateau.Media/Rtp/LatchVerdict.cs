namespace Plateau.Media.Rtp;

/// <summary>What a latch says to a packet.</summary>
public enum LatchVerdict
{
    /// <summary>From the believed source: play it.</summary>
    Accepted,

    /// <summary>From the believed source, which became so with this packet: play it and send there from now
    /// on.</summary>
    Latched,

    /// <summary>From a source behind NAT that has not yet sent enough consecutive packets: drop it.</summary>
    OnProbation,

    /// <summary>Not from the believed source: drop it.</summary>
    WrongSource,

    /// <summary>A payload type that was not negotiated: drop it.</summary>
    WrongPayloadType,

    /// <summary>No SDP from the far end yet: drop it.</summary>
    NotAnnounced,
}
