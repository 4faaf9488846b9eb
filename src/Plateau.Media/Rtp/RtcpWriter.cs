using System.Buffers.Binary;

namespace Plateau.Media.Rtp;

/// <summary>Writes compound RTCP packets into memory of the caller.</summary>
/// <remarks>Each method appends one packet at <see cref="Written"/>. Source: RFC 3550 §6.4 to §6.6.</remarks>
public ref struct RtcpWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    /// <summary>Bytes written so far.</summary>
    public int Written { get; private set; }

    /// <summary>Appends a sender report.</summary>
    /// <param name="ssrc">Our source.</param>
    /// <param name="info">What we say of our stream.</param>
    /// <param name="blocks">At most <see cref="Limits.ReportBlocksMax"/>.</param>
    public void SenderReport(uint ssrc, in RtcpSenderStatement info, scoped ReadOnlySpan<RtcpReportBlock> blocks)
    {
        var content = Begin(RtcpPacketType.SenderReport, blocks.Length, 24 + RtcpReportBlock.Bytes * blocks.Length);
        BinaryPrimitives.WriteUInt32BigEndian(content, ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(content[4..], info.NtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(content[12..], info.RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(content[16..], info.Packets);
        BinaryPrimitives.WriteUInt32BigEndian(content[20..], info.PayloadBytes);
        WriteBlocks(content[24..], blocks);
    }

    /// <summary>Appends a receiver report; without blocks it only keeps the path open.</summary>
    public void ReceiverReport(uint ssrc, scoped ReadOnlySpan<RtcpReportBlock> blocks)
    {
        var content = Begin(RtcpPacketType.ReceiverReport, blocks.Length, 4 + RtcpReportBlock.Bytes * blocks.Length);
        BinaryPrimitives.WriteUInt32BigEndian(content, ssrc);
        WriteBlocks(content[4..], blocks);
    }

    /// <summary>Appends a source description with a CNAME.</summary>
    /// <param name="ssrc">Our source.</param>
    /// <param name="canonicalName">UTF-8, at most 255 bytes.</param>
    public void SourceDescription(uint ssrc, ReadOnlySpan<byte> canonicalName)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(canonicalName.Length, 255);

        // At least one zero byte ends the list of items, then zeros to the word boundary (§6.5).
        var length = (4 + 2 + canonicalName.Length + 1 + 3) & ~3;
        var content = Begin(RtcpPacketType.SourceDescription, 1, length);
        content.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(content, ssrc);
        content[4] = 1;
        content[5] = (byte)canonicalName.Length;
        canonicalName.CopyTo(content[6..]);
    }

    /// <summary>Appends a goodbye.</summary>
    public void Bye(uint ssrc) => BinaryPrimitives.WriteUInt32BigEndian(Begin(RtcpPacketType.Bye, 1, 4), ssrc);

    private Span<byte> Begin(RtcpPacketType type, int count, int contentBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Limits.ReportBlocksMax);
        var packet = _bytes.Slice(Written, 4 + contentBytes);
        packet[0] = (byte)(0x80 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(contentBytes / 4));
        Written += packet.Length;
        return packet[4..];
    }

    private static void WriteBlocks(Span<byte> content, scoped ReadOnlySpan<RtcpReportBlock> blocks)
    {
        foreach (var block in blocks)
        {
            BinaryPrimitives.WriteUInt32BigEndian(content, block.Ssrc);
            BinaryPrimitives.WriteInt32BigEndian(
                content[4..], (block.FractionLost << 24) | (block.CumulativeLost & 0xFF_FFFF));
            BinaryPrimitives.WriteUInt32BigEndian(content[8..], block.HighestSequence);
            BinaryPrimitives.WriteUInt32BigEndian(content[12..], block.JitterTicks);
            BinaryPrimitives.WriteUInt32BigEndian(content[16..], block.LastSenderReport);
            BinaryPrimitives.WriteUInt32BigEndian(content[20..], block.DelaySinceLast);
            content = content[RtcpReportBlock.Bytes..];
        }
    }
}
