using System.Text;
using Plateau.Contracts;
using Plateau.Media.Rtp;

namespace Plateau.Tests.Media;

/// <summary>RTCP: reports there and back, and what is not RTCP.</summary>
public sealed class RtcpTests
{
    private static readonly RtcpReportBlock Block = new(0xAABB, 51, -3, 0x0001_FFFF, 240, 0x1234_5678, 65_536);

    [Fact]
    public void A_compound_of_all_kinds_is_read_back()
    {
        var bytes = new byte[256];
        var statement = new RtcpSenderStatement(0x0123_4567_89AB_CDEF, 160, 10, 1_600);
        var writer = new RtcpWriter(bytes);
        writer.SenderReport(1, statement, [Block, Block with { Ssrc = 7, CumulativeLost = 0x7F_FFFF }]);
        writer.ReceiverReport(2, [Block]);
        writer.SourceDescription(1, "leg@floor"u8);
        writer.Bye(1);
        var datagram = bytes.AsSpan(0, writer.Written);

        var parser = new RtcpParser(datagram);
        Assert.True(parser.MoveNext());
        Assert.Equal((RtcpPacketType.SenderReport, 2), (parser.Current.Type, parser.Current.Count));
        Assert.Equal(1u, parser.Current.Ssrc(datagram));
        Assert.Equal(statement, parser.Current.SenderStatement(datagram));
        Assert.Equal(Block, parser.Current.ReportBlock(datagram, 0));
        Assert.Equal(0x7F_FFFF, parser.Current.ReportBlock(datagram, 1).CumulativeLost);
        Assert.True(parser.MoveNext());
        Assert.Equal(Block, parser.Current.ReportBlock(datagram, 0));
        Assert.True(parser.MoveNext());
        Assert.Equal("leg@floor", Encoding.UTF8.GetString(parser.Current.CanonicalName(datagram)));
        Assert.True(parser.MoveNext());
        Assert.Equal((RtcpPacketType.Bye, 1u), (parser.Current.Type, parser.Current.Ssrc(datagram)));
        Assert.False(parser.MoveNext());
        Assert.Equal(RtcpError.None, parser.Error);
    }

    [Theory]
    [InlineData("80C9", RtcpError.TooShort)]
    [InlineData("40C9000100000001", RtcpError.WrongVersion)]
    [InlineData("80CA000100000001", RtcpError.NoReportFirst)]
    [InlineData("80C9000200000001", RtcpError.LengthInvalid)]
    [InlineData("81C9000100000001", RtcpError.ContentTruncated)]
    [InlineData("80C8000100000001", RtcpError.ContentTruncated)]
    [InlineData("A0C9000100000000", RtcpError.PaddingInvalid)]
    [InlineData("A0C900020000000100000004", RtcpError.None)]
    [InlineData("80C900010000000180", RtcpError.TooShort)]
    public void What_is_no_compound_is_named(string hex, RtcpError expected)
    {
        var parser = new RtcpParser(Convert.FromHexString(hex));
        while (parser.MoveNext())
        {
        }

        Assert.Equal(expected, parser.Error);
    }

    [Fact]
    public void No_bytes_make_the_parser_throw()
    {
        for (ulong seed = 1; seed <= 20_000; seed++)
        {
            var chance = new Prng(seed);
            var bytes = new byte[chance.NextBelow(100)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)chance.NextBelow(256);
            }

            if (bytes.Length > 3)
            {
                bytes[0] = (byte)(0x80 | (bytes[0] & 0x03));
                bytes[1] = (byte)(200 + chance.NextBelow(5));
                bytes[2] = 0;
                bytes[3] = (byte)chance.NextBelow(25);
            }

            var parser = new RtcpParser(bytes);
            while (parser.MoveNext())
            {
                var packet = parser.Current;
                packet.CanonicalName(bytes);
                for (var i = 0; packet.Type <= RtcpPacketType.ReceiverReport && i < packet.Count; i++)
                {
                    packet.ReportBlock(bytes, i);
                }
            }
        }
    }

    /// <summary>The worked example of RFC 3550 §6.4.1, figure 2.</summary>
    [Fact]
    public void The_round_trip_of_the_standard_s_example_is_6125_ms()
    {
        var block = Block with { LastSenderReport = 0xB705_2000, DelaySinceLast = 0x0005_4000 };

        Assert.Equal(6_125, block.RoundTrip(0xB710_8000)!.Value.TotalMilliseconds, 3);
        Assert.Null((block with { LastSenderReport = 0 }).RoundTrip(0xB710_8000));
    }

    [Fact]
    public void An_instant_becomes_seconds_since_1900()
    {
        var ntp = NtpTime.From(new Instant(1_500_000));

        Assert.Equal(2_208_988_801u, (uint)(ntp >> 32));
        Assert.Equal(0x8000_0000u, (uint)(ntp & uint.MaxValue));
        Assert.Equal((uint)((ntp >> 16) & uint.MaxValue), NtpTime.Compact(new Instant(1_500_000)));
    }

    [Fact]
    public void Lost_packets_are_counted_per_interval_and_in_all()
    {
        var reception = default(ReceptionState);
        for (var i = 0; i < 100; i++)
        {
            if (i is < 10 or >= 20)
            {
                Assert.True(reception.Count((ushort)((65_500 + i) & 0xFFFF), (uint)(160 * i), (uint)(160 * i)));
            }
        }

        var block = reception.Report(5, 0, 0);

        Assert.Equal((25, 10), (block.FractionLost, block.CumulativeLost));
        Assert.Equal(65_536u + 63, block.HighestSequence);
        Assert.Equal(0u, block.JitterTicks);
        Assert.Equal(0, reception.Report(5, 0, 0).FractionLost);
        Assert.Equal(10, reception.LostTotal);
    }

    [Fact]
    public void Jitter_follows_the_formula_of_the_standard()
    {
        var reception = default(ReceptionState);
        var expected = 0.0;
        var before = 0;
        for (var i = 0; i < 500; i++)
        {
            var delay = i * 37 % 80;
            reception.Count((ushort)i, (uint)(160 * i), (uint)(160 * i + delay));
            expected += i == 0 ? 0 : (Math.Abs(delay - before) - expected) / 16;
            before = delay;
        }

        Assert.InRange(reception.JitterTicks, expected - 2, expected + 2);
    }

    [Fact]
    public void A_wild_sequence_number_is_believed_when_the_next_one_confirms_it()
    {
        var reception = default(ReceptionState);
        reception.Count(100, 0, 0);

        Assert.False(reception.Count(30_000, 160, 160));
        Assert.True(reception.Count(101, 160, 160));
        Assert.False(reception.Count(40_000, 320, 320));
        Assert.True(reception.Count(40_001, 480, 480));
        Assert.Equal(1u, reception.Received);
        Assert.Equal(3, reception.ReceivedTotal);
    }
}
