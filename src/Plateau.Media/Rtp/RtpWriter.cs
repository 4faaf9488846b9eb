using System.Buffers.Binary;

namespace Plateau.Media.Rtp;

/// <summary>Writes RTP packets into memory of the caller.</summary>
/// <remarks>Source: RFC 3550 §5.1.</remarks>
public static class RtpWriter
{
    /// <summary>Writes the fixed header of a packet without CSRC, extension or padding.</summary>
    /// <param name="bytes">At least <see cref="RtpPacket.HeaderBytes"/>.</param>
    /// <param name="packet">Only the five constructor fields are used.</param>
    /// <returns><see cref="RtpPacket.HeaderBytes"/>, where the payload goes.</returns>
    public static int WriteHeader(Span<byte> bytes, in RtpPacket packet)
    {
        bytes[0] = 0x80;
        bytes[1] = (byte)((packet.Marker ? 0x80 : 0) | (packet.PayloadType & 0x7F));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], packet.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], packet.Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], packet.Ssrc);
        return RtpPacket.HeaderBytes;
    }

    /// <summary>Gives a packet another identity in place: marker, type, sequence, timestamp and source.</summary>
    /// <param name="bytes">A valid packet; version, CSRC list, extension and padding stay as they are.</param>
    /// <param name="packet">Only the five constructor fields are used.</param>
    public static void Rewrite(Span<byte> bytes, in RtpPacket packet)
    {
        var first = bytes[0];
        WriteHeader(bytes, packet);
        bytes[0] = first;
    }

    /// <summary>Writes a whole packet with any of the optional parts.</summary>
    /// <param name="bytes">Large enough, or <see cref="ArgumentException"/>.</param>
    /// <param name="packet">The constructor fields, <see cref="RtpPacket.HasExtension"/> and its profile are
    /// used.</param>
    /// <param name="csrcs">At most 15.</param>
    /// <param name="extension">Words of the extension, a multiple of 4 bytes; ignored without extension.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="paddingBytes">0 for none, else 1 to 255, the count byte included.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(
        Span<byte> bytes, in RtpPacket packet, ReadOnlySpan<uint> csrcs, ReadOnlySpan<byte> extension,
        ReadOnlySpan<byte> payload, byte paddingBytes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(csrcs.Length, 15);
        var offset = WriteHeader(bytes, packet);
        bytes[0] |= (byte)(csrcs.Length | (packet.HasExtension ? 0x10 : 0) | (paddingBytes > 0 ? 0x20 : 0));
        foreach (var csrc in csrcs)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[offset..], csrc);
            offset += 4;
        }

        if (packet.HasExtension)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes[offset..], packet.ExtensionProfile);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[(offset + 2)..], (ushort)(extension.Length / 4));
            extension.CopyTo(bytes[(offset + 4)..]);
            offset += 4 + extension.Length;
        }

        payload.CopyTo(bytes[offset..]);
        offset += payload.Length;
        bytes.Slice(offset, paddingBytes).Clear();
        offset += paddingBytes;
        if (paddingBytes > 0)
        {
            bytes[offset - 1] = paddingBytes;
        }

        return offset;
    }
}
