using System.Buffers.Binary;

namespace Plateau.Media.Rtp;

/// <summary>The header of an RTP packet and where its parts lie in the bytes it was read from.</summary>
/// <param name="Marker">First packet of a talkspurt, for audio (RFC 3551 §4.1).</param>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Sequence">Counts packets, modulo 2^16.</param>
/// <param name="Timestamp">Sampling instant in units of the codec's RTP clock, modulo 2^32.</param>
/// <param name="Ssrc">Synchronisation source.</param>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |           synchronization source (SSRC) identifier            |
/// |            contributing source (CSRC) identifiers             |
/// </code>
/// Source: RFC 3550 §5.1 and §5.3.1.
/// </remarks>
public readonly record struct RtpPacket(bool Marker, byte PayloadType, ushort Sequence, uint Timestamp, uint Ssrc)
{
    /// <summary>Bytes of the fixed header.</summary>
    public const int HeaderBytes = 12;

    /// <summary>Contributing sources listed, 0 to 15.</summary>
    public byte CsrcCount { get; init; }

    /// <summary>Whether a header extension is present.</summary>
    public bool HasExtension { get; init; }

    /// <summary>The 16 profile-defined bits of the extension; 0 without one.</summary>
    public ushort ExtensionProfile { get; init; }

    /// <summary>Where the extension's words begin, bytes from the start.</summary>
    public ushort ExtensionOffset { get; init; }

    /// <summary>Length of the extension's words, bytes, a multiple of 4.</summary>
    public ushort ExtensionLength { get; init; }

    /// <summary>Where the payload begins, bytes from the start.</summary>
    public ushort PayloadOffset { get; init; }

    /// <summary>Length of the payload without padding, bytes.</summary>
    public ushort PayloadLength { get; init; }

    /// <summary>Reads a packet; never throws.</summary>
    /// <param name="bytes">One whole datagram.</param>
    /// <param name="packet">The header; default when the result is not <see cref="RtpError.None"/>.</param>
    public static RtpError TryParse(ReadOnlySpan<byte> bytes, out RtpPacket packet)
    {
        packet = default;
        if (bytes.Length < HeaderBytes)
        {
            return RtpError.TooShort;
        }

        if (bytes.Length > Limits.PacketBytesMax)
        {
            return RtpError.TooLong;
        }

        if (bytes[0] >> 6 != 2)
        {
            return RtpError.WrongVersion;
        }

        var header = new RtpPacket(
            bytes[1] >> 7 != 0,
            (byte)(bytes[1] & 0x7F),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]));
        if ((bytes[0] & 0x3F) != 0)
        {
            return ParseRest(bytes, header, out packet);
        }

        packet = header with { PayloadOffset = HeaderBytes, PayloadLength = (ushort)(bytes.Length - HeaderBytes) };
        return RtpError.None;
    }

    /// <summary>The payload within the bytes the packet was read from.</summary>
    public ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> bytes) => bytes.Slice(PayloadOffset, PayloadLength);

    /// <summary>One contributing source.</summary>
    /// <param name="bytes">The bytes the packet was read from.</param>
    /// <param name="index">0 up to but not including <see cref="CsrcCount"/>.</param>
    public uint Csrc(ReadOnlySpan<byte> bytes, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, CsrcCount);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[(HeaderBytes + 4 * index)..]);
    }

    /// <summary>The rarely used parts: CSRC list, extension, padding.</summary>
    private static RtpError ParseRest(ReadOnlySpan<byte> bytes, RtpPacket header, out RtpPacket packet)
    {
        packet = default;
        var csrcCount = bytes[0] & 0x0F;
        var offset = HeaderBytes + 4 * csrcCount;
        if (offset > bytes.Length)
        {
            return RtpError.CsrcTruncated;
        }

        header = header with { CsrcCount = (byte)csrcCount };
        if ((bytes[0] & 0x10) != 0)
        {
            if (offset + 4 > bytes.Length)
            {
                return RtpError.ExtensionTruncated;
            }

            var length = 4 * BinaryPrimitives.ReadUInt16BigEndian(bytes[(offset + 2)..]);
            if (offset + 4 + length > bytes.Length)
            {
                return RtpError.ExtensionTruncated;
            }

            header = header with
            {
                HasExtension = true,
                ExtensionProfile = BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]),
                ExtensionOffset = (ushort)(offset + 4),
                ExtensionLength = (ushort)length,
            };
            offset += 4 + length;
        }

        var padding = (bytes[0] & 0x20) == 0 ? 0 : bytes[^1];
        if ((bytes[0] & 0x20) != 0 && (padding == 0 || padding > bytes.Length - offset))
        {
            return RtpError.PaddingInvalid;
        }

        packet = header with
        {
            PayloadOffset = (ushort)offset,
            PayloadLength = (ushort)(bytes.Length - offset - padding),
        };
        return RtpError.None;
    }
}
