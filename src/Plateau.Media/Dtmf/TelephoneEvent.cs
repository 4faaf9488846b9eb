using System.Buffers.Binary;

namespace Plateau.Media.Dtmf;

/// <summary>The payload of a telephone-event packet.</summary>
/// <remarks>
/// Source: RFC 4733 §2.3, figure 1:
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     event     |E|R| volume    |          duration             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code>
/// </remarks>
/// <param name="EventCode">0 to 15 for the keys, others for tones we do not use.</param>
/// <param name="IsEnd">The E bit: the event is over.</param>
/// <param name="VolumeDbm0">Power level without its sign, 0 to 63 (0 is loudest).</param>
/// <param name="Duration">RTP ticks since the event's timestamp.</param>
public readonly record struct TelephoneEvent(byte EventCode, bool IsEnd, int VolumeDbm0, ushort Duration)
{
    /// <summary>Bytes of a payload.</summary>
    public const int Bytes = 4;

    /// <summary>Reads a payload; bytes after the fourth are ignored (RFC 4733 §2.5.2.3 allows none in
    /// practice).</summary>
    /// <returns>False when it is shorter than four bytes.</returns>
    public static bool TryParse(ReadOnlySpan<byte> payload, out TelephoneEvent value)
    {
        value = payload.Length < Bytes
            ? default
            : new TelephoneEvent(
                payload[0],
                (payload[1] & 0x80) != 0,
                payload[1] & 0x3F,
                BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return payload.Length >= Bytes;
    }

    /// <summary>Writes the payload.</summary>
    /// <param name="payload">At least four bytes; four are written.</param>
    public void Write(Span<byte> payload)
    {
        payload[0] = EventCode;
        payload[1] = (byte)((IsEnd ? 0x80 : 0) | (VolumeDbm0 & 0x3F));
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], Duration);
    }
}
