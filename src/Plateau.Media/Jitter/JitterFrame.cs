namespace Plateau.Media.Jitter;

/// <summary>What a jitter buffer did with a packet put into it.</summary>
public enum JitterVerdict
{
    /// <summary>It waits for its turn.</summary>
    Stored,

    /// <summary>Its turn was over; it is dropped.</summary>
    Late,

    /// <summary>It is already there; it is dropped.</summary>
    Duplicate,

    /// <summary>Its payload exceeds <see cref="Limits.PayloadBytesMax"/>; it is dropped.</summary>
    TooLarge,

    /// <summary>It lies so far ahead that all before it was given up; it is stored.</summary>
    Skipped,
}

/// <summary>What a jitter buffer wants played next.</summary>
public enum JitterFrameKind
{
    /// <summary>A packet: decode it.</summary>
    Packet,

    /// <summary>A packet that did not come: conceal as much as the last packet was long.</summary>
    Lost,

    /// <summary>Nothing is due: the party pauses, or the buffer fills up. Play silence.</summary>
    Silence,
}

/// <summary>The next thing to be played.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Slot">Where the packet lies in its buffer; meaningful for <see cref="JitterFrameKind.Packet"/>.</param>
/// <param name="PayloadType">Payload type of the packet; 0 for the other kinds.</param>
public readonly record struct JitterFrame(JitterFrameKind Kind, int Slot, byte PayloadType);
