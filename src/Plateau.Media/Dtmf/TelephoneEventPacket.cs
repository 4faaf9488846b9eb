namespace Plateau.Media.Dtmf;

/// <summary>What the RTP header of a telephone-event packet must say, beside the payload.</summary>
/// <param name="Timestamp">RTP timestamp of the event's beginning, the same in all its packets.</param>
/// <param name="IsMarked">The marker bit: first packet of the event.</param>
/// <param name="Event">The payload.</param>
public readonly record struct TelephoneEventPacket(uint Timestamp, bool IsMarked, TelephoneEvent Event);
