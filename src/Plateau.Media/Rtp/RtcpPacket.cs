using System.Buffers.Binary;

namespace Plateau.Media.Rtp;

/// <summary>The RTCP packet types we know (RFC 3550 §12.1).</summary>
public enum RtcpPacketType : byte
{
    /// <summary>Sender report, SR.</summary>
    SenderReport = 200,

    /// <summary>Receiver report, RR.</summary>
    ReceiverReport = 201,

    /// <summary>Source description, SDES.</summary>
    SourceDescription = 202,

    /// <summary>Goodbye, BYE.</summary>
    Bye = 203,

    /// <summary>Application-defined, APP; skipped.</summary>
    Application = 204,
}

/// <summary>Why bytes are not a compound RTCP packet.</summary>
public enum RtcpError
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>Fewer bytes than a header has.</summary>
    TooShort,

    /// <summary>More than <see cref="Limits.PacketBytesMax"/> bytes.</summary>
    TooLong,

    /// <summary>Version is not 2.</summary>
    WrongVersion,

    /// <summary>A length field runs beyond the end.</summary>
    LengthInvalid,

    /// <summary>Padding that is 0, too long, or not on the last packet.</summary>
    PaddingInvalid,

    /// <summary>The first packet is neither SR nor RR (RFC 3550 §6.1).</summary>
    NoReportFirst,

    /// <summary>Fewer bytes than the count field promises.</summary>
    ContentTruncated,
}

/// <summary>What a sender says of itself (RFC 3550 §6.4.1).</summary>
/// <param name="NtpTimestamp">Wall clock of the report: seconds since 1900 in the upper, fraction in the lower
/// half.</param>
/// <param name="RtpTimestamp">The same instant on the RTP clock.</param>
/// <param name="Packets">Packets sent since the stream began, modulo 2^32.</param>
/// <param name="PayloadBytes">Payload bytes sent since the stream began, modulo 2^32.</param>
public readonly record struct RtcpSenderStatement(ulong NtpTimestamp, uint RtpTimestamp, uint Packets, uint PayloadBytes)
{
    /// <summary>The middle 32 bits of the NTP time, which a report block echoes.</summary>
    public uint CompactNtp => (uint)(NtpTimestamp >> 16);
}

/// <summary>What a receiver says of one source it hears (RFC 3550 §6.4.1).</summary>
/// <param name="Ssrc">The source.</param>
/// <param name="FractionLost">Share lost since the last report, 1/256.</param>
/// <param name="CumulativeLost">Packets lost since the beginning, 24 bits signed.</param>
/// <param name="HighestSequence">Highest sequence number received, extended by cycles.</param>
/// <param name="JitterTicks">Interarrival jitter, RTP clock ticks.</param>
/// <param name="LastSenderReport">Compact NTP time of the last SR from that source; 0 when none.</param>
/// <param name="DelaySinceLast">Time since that SR, 1/65 536 s.</param>
public readonly record struct RtcpReportBlock(
    uint Ssrc, byte FractionLost, int CumulativeLost, uint HighestSequence, uint JitterTicks, uint LastSenderReport,
    uint DelaySinceLast)
{
    /// <summary>Bytes of a block.</summary>
    public const int Bytes = 24;

    /// <summary>Round-trip time as the receiver of this block sees it, or null when it says nothing.</summary>
    /// <param name="nowCompactNtp">When the block arrived, compact NTP time.</param>
    /// <remarks>Source: RFC 3550 §6.4.1, figure 2.</remarks>
    public TimeSpan? RoundTrip(uint nowCompactNtp)
    {
        var units = (int)(nowCompactNtp - LastSenderReport - DelaySinceLast);
        return LastSenderReport == 0 || units < 0 || units > 60 * 65_536
            ? null
            : TimeSpan.FromMicroseconds(units * 1_000_000L / 65_536);
    }
}

/// <summary>One packet of a compound RTCP datagram and where its content lies.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Count">Report blocks, chunks or sources it announces, 0 to 31.</param>
/// <param name="Offset">Where its content (after the 4-byte header) begins in the datagram, bytes.</param>
/// <param name="Length">Bytes of content without padding.</param>
public readonly record struct RtcpPacket(RtcpPacketType Type, int Count, int Offset, int Length)
{
    /// <summary>The source that sent it, for SR, RR and BYE; 0 when there is none.</summary>
    public uint Ssrc(ReadOnlySpan<byte> bytes) =>
        Length < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(bytes[Offset..]);

    /// <summary>The sender information of an SR.</summary>
    public RtcpSenderStatement SenderStatement(ReadOnlySpan<byte> bytes)
    {
        var content = bytes.Slice(Offset + 4, 20);
        return new RtcpSenderStatement(
            BinaryPrimitives.ReadUInt64BigEndian(content),
            BinaryPrimitives.ReadUInt32BigEndian(content[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(content[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(content[16..]));
    }

    /// <summary>One report block of an SR or RR.</summary>
    /// <param name="bytes">The datagram.</param>
    /// <param name="index">0 up to but not including <see cref="Count"/>.</param>
    public RtcpReportBlock ReportBlock(ReadOnlySpan<byte> bytes, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
        var first = Offset + (Type == RtcpPacketType.SenderReport ? 24 : 4);
        var block = bytes.Slice(first + index * RtcpReportBlock.Bytes, RtcpReportBlock.Bytes);
        var loss = BinaryPrimitives.ReadUInt32BigEndian(block[4..]);
        return new RtcpReportBlock(
            BinaryPrimitives.ReadUInt32BigEndian(block),
            (byte)(loss >> 24),
            (int)(loss << 8) >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[20..]));
    }

    /// <summary>The CNAME of the first chunk of an SDES, UTF-8; empty when there is none.</summary>
    public ReadOnlySpan<byte> CanonicalName(ReadOnlySpan<byte> bytes)
    {
        var content = bytes.Slice(Offset, Length);
        var offset = 4;
        while (offset + 2 <= content.Length && content[offset] != 0)
        {
            var length = content[offset + 1];
            if (offset + 2 + length > content.Length)
            {
                return [];
            }

            if (content[offset] == 1)
            {
                return content.Slice(offset + 2, length);
            }

            offset += 2 + length;
        }

        return [];
    }
}
