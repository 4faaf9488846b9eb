using System.Buffers.Binary;

namespace Plateau.Media.Rtp;

/// <summary>Walks over the packets of one compound RTCP datagram; never throws.</summary>
/// <remarks>
/// Use: <c>while (parser.MoveNext()) { … parser.Current … }</c>, then look at <see cref="Error"/>.
/// Source: RFC 3550 §6.1, §6.4, §A.2. Compound packets are required to begin with SR or RR; reduced-size RTCP
/// (RFC 5506) is not offered by us and so not accepted.
/// </remarks>
public ref struct RtcpParser
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _offset;

    /// <summary>A parser before the first packet.</summary>
    /// <param name="bytes">One whole datagram.</param>
    public RtcpParser(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        Error = bytes.Length < 8 ? RtcpError.TooShort
            : bytes.Length > Limits.PacketBytesMax ? RtcpError.TooLong
            : RtcpError.None;
    }

    /// <summary>The packet the parser stands on.</summary>
    public RtcpPacket Current { get; private set; }

    /// <summary>Why the walk ended early; <see cref="RtcpError.None"/> while all is well.</summary>
    public RtcpError Error { get; private set; }

    /// <summary>Whether bytes are RTCP and not RTP when both share a port: second byte 192 to 223 (RFC 5761
    /// §4).</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> bytes) => bytes.Length >= 2 && bytes[1] is >= 192 and <= 223;

    /// <summary>Steps to the next packet.</summary>
    /// <returns>False at the end or at the first error.</returns>
    public bool MoveNext()
    {
        if (Error != RtcpError.None || _offset == _bytes.Length)
        {
            return false;
        }

        Error = Read(out var packet);
        Current = packet;
        return Error == RtcpError.None;
    }

    private RtcpError Read(out RtcpPacket packet)
    {
        packet = default;
        var rest = _bytes[_offset..];
        if (rest.Length < 4)
        {
            return RtcpError.TooShort;
        }

        if (rest[0] >> 6 != 2)
        {
            return RtcpError.WrongVersion;
        }

        var type = (RtcpPacketType)rest[1];
        if (_offset == 0 && type is not (RtcpPacketType.SenderReport or RtcpPacketType.ReceiverReport))
        {
            return RtcpError.NoReportFirst;
        }

        var total = 4 * (BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) + 1);
        if (total > rest.Length)
        {
            return RtcpError.LengthInvalid;
        }

        var padding = 0;
        if ((rest[0] & 0x20) != 0)
        {
            padding = rest[total - 1];
            if (padding == 0 || padding > total - 4 || total != rest.Length)
            {
                return RtcpError.PaddingInvalid;
            }
        }

        packet = new RtcpPacket(type, rest[0] & 0x1F, _offset + 4, total - 4 - padding);
        _offset += total;
        return packet.Length < ContentBytesMin(packet) ? RtcpError.ContentTruncated : RtcpError.None;
    }

    private static int ContentBytesMin(in RtcpPacket packet) => packet.Type switch
    {
        RtcpPacketType.SenderReport => 24 + packet.Count * RtcpReportBlock.Bytes,
        RtcpPacketType.ReceiverReport => 4 + packet.Count * RtcpReportBlock.Bytes,
        RtcpPacketType.Bye => 4 * packet.Count,
        _ => 0,
    };
}
