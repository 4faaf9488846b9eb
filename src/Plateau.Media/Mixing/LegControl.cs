using Plateau.Contracts;
using Plateau.Media.Rtp;

namespace Plateau.Media.Mixing;

/// <summary>One leg's RTCP: reports sent every five seconds or so, and what the party reports of us.</summary>
/// <remarks>Source: RFC 3550 §6.2 (interval, here with the 5 s minimum and its random spread), §6.4.</remarks>
internal sealed class LegControl
{
    private const int IntervalMsMin = 2_500;
    private const int IntervalMsSpread = 5_000;

    private readonly byte[] _packet = new byte[256];
    private readonly byte[] _canonicalName;
    private readonly Prng _chance;
    private Instant _next = Instant.Never;
    private uint _lastSenderReport;
    private Instant _lastSenderReportAt;

    /// <summary>Control without any report yet.</summary>
    /// <param name="canonicalName">CNAME, UTF-8: must not tell who or where we are (RFC 7022).</param>
    /// <param name="chance">Spreads the reports.</param>
    public LegControl(byte[] canonicalName, Prng chance)
    {
        _canonicalName = canonicalName;
        _chance = chance;
    }

    /// <summary>Round-trip time, if any report told.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>Share of our packets that the party says it lost lately, 0 to 1.</summary>
    public double RemoteFractionLost { get; private set; }

    /// <summary>Whether the party has said goodbye.</summary>
    public bool HasSaidBye { get; private set; }

    /// <summary>When the next report is due.</summary>
    public Instant NextDeadline => _next;

    /// <summary>Begins to report.</summary>
    public void Start(Instant now)
    {
        if (_next.IsNever)
        {
            Schedule(now);
        }
    }

    /// <summary>Reads a compound packet; malformed ones are ignored from the first error on.</summary>
    public void Receive(Instant now, uint ourSsrc, ReadOnlySpan<byte> bytes)
    {
        var parser = new RtcpParser(bytes);
        while (parser.MoveNext())
        {
            var packet = parser.Current;
            if (packet.Type == RtcpPacketType.Bye)
            {
                HasSaidBye = true;
                continue;
            }

            if (packet.Type == RtcpPacketType.SenderReport)
            {
                _lastSenderReport = packet.SenderStatement(bytes).CompactNtp;
                _lastSenderReportAt = now;
            }

            if (packet.Type is RtcpPacketType.SenderReport or RtcpPacketType.ReceiverReport)
            {
                ReadBlocks(now, ourSsrc, packet, bytes);
            }
        }
    }

    /// <summary>Writes the report that is due.</summary>
    /// <returns>The packet, valid until the next call.</returns>
    public ReadOnlySpan<byte> Report(Instant now, LegInbound inbound, LegOutbound outbound, bool isLast = false)
    {
        Schedule(now);
        Span<RtcpReportBlock> blocks = stackalloc RtcpReportBlock[1];
        var count = 0;
        if (inbound.Ssrc != 0)
        {
            var delay = _lastSenderReport == 0 ? 0 : (now - _lastSenderReportAt).TotalSeconds * 65_536;
            blocks[0] = inbound.Report(_lastSenderReport, (uint)Math.Min(delay, uint.MaxValue));
            count = 1;
        }

        var writer = new RtcpWriter(_packet);
        if (outbound.Packets > 0)
        {
            var info = new RtcpSenderStatement(
                NtpTime.From(now), outbound.Clock, (uint)outbound.Packets, (uint)outbound.PayloadBytes);
            writer.SenderReport(outbound.Ssrc, info, blocks[..count]);
        }
        else
        {
            writer.ReceiverReport(outbound.Ssrc, blocks[..count]);
        }

        writer.SourceDescription(outbound.Ssrc, _canonicalName);
        if (isLast)
        {
            writer.Bye(outbound.Ssrc);
        }

        return _packet.AsSpan(0, writer.Written);
    }

    private void ReadBlocks(Instant now, uint ourSsrc, RtcpPacket packet, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < packet.Count; i++)
        {
            var block = packet.ReportBlock(bytes, i);
            if (block.Ssrc == ourSsrc)
            {
                RoundTrip = block.RoundTrip(NtpTime.Compact(now)) ?? RoundTrip;
                RemoteFractionLost = block.FractionLost / 256.0;
            }
        }
    }

    private void Schedule(Instant now) =>
        _next = now + TimeSpan.FromMilliseconds(IntervalMsMin + _chance.NextBelow(IntervalMsSpread));
}
