using Plateau.Contracts;
using Plateau.Media;
using Plateau.Media.Rtp;

namespace Plateau.Tests.Media;

/// <summary>RTP packets: reading, writing, and what is not one.</summary>
public sealed class RtpTests
{
    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(3, false, 0)]
    [InlineData(15, true, 0)]
    [InlineData(0, true, 4)]
    [InlineData(2, true, 255)]
    public void What_is_written_is_read_back(int csrcCount, bool hasExtension, byte padding)
    {
        var bytes = new byte[Limits.PacketBytesMax];
        uint[] csrcs = [.. Enumerable.Range(0, csrcCount).Select(i => 0xC0DE_0000u + (uint)i)];
        byte[] extension = hasExtension ? [1, 2, 3, 4, 5, 6, 7, 8] : [];
        byte[] payload = [9, 8, 7, 6, 5];
        var header = new RtpPacket(true, 101, 65_535, 0xFFFF_FFF0, 0xDEAD_BEEF)
        {
            HasExtension = hasExtension, ExtensionProfile = hasExtension ? (ushort)0xBEDE : (ushort)0,
        };

        var length = RtpWriter.Write(bytes, header, csrcs, extension, payload, padding);
        var error = RtpPacket.TryParse(bytes.AsSpan(0, length), out var read);

        Assert.Equal(RtpError.None, error);
        Assert.Equal(header.Marker, read.Marker);
        Assert.Equal((101, 65_535), (read.PayloadType, read.Sequence));
        Assert.Equal((header.Timestamp, header.Ssrc), (read.Timestamp, read.Ssrc));
        Assert.Equal(csrcs, Enumerable.Range(0, read.CsrcCount).Select(i => read.Csrc(bytes, i)));
        Assert.Equal(extension, bytes.AsSpan(read.ExtensionOffset, read.ExtensionLength).ToArray());
        Assert.Equal(payload, read.Payload(bytes.AsSpan(0, length)).ToArray());
    }

    [Theory]
    [InlineData("80", RtpError.TooShort)]
    [InlineData("8000000000000000000000", RtpError.TooShort)]
    [InlineData("400000000000000000000000", RtpError.WrongVersion)]
    [InlineData("810000000000000000000000", RtpError.CsrcTruncated)]
    [InlineData("8F0000000000000000000000AAAAAAAA", RtpError.CsrcTruncated)]
    [InlineData("900000000000000000000000", RtpError.ExtensionTruncated)]
    [InlineData("900000000000000000000000BEDE0002AAAAAAAA", RtpError.ExtensionTruncated)]
    [InlineData("A00000000000000000000000", RtpError.PaddingInvalid)]
    [InlineData("A0000000000000000000000000", RtpError.PaddingInvalid)]
    [InlineData("A0000000000000000000000003", RtpError.PaddingInvalid)]
    [InlineData("A0000000000000000000000001", RtpError.None)]
    public void What_is_no_packet_is_named(string hex, RtpError expected) =>
        Assert.Equal(expected, RtpPacket.TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void A_datagram_larger_than_the_limit_is_refused() =>
        Assert.Equal(RtpError.TooLong, RtpPacket.TryParse(Oversized(), out _));

    [Fact]
    public void Rewriting_changes_the_identity_and_nothing_else()
    {
        var bytes = new byte[64];
        var header = new RtpPacket(false, 0, 7, 70, 700) { HasExtension = true, ExtensionProfile = 1 };
        var length = RtpWriter.Write(bytes, header, [42], [1, 2, 3, 4], [5, 6, 7], 4);

        RtpWriter.Rewrite(bytes, new RtpPacket(true, 8, 9, 90, 900));

        Assert.Equal(RtpError.None, RtpPacket.TryParse(bytes.AsSpan(0, length), out var read));
        Assert.Equal((true, 8, 9), (read.Marker, read.PayloadType, read.Sequence));
        Assert.Equal((90u, 900u, 42u), (read.Timestamp, read.Ssrc, read.Csrc(bytes, 0)));
        Assert.Equal([5, 6, 7], read.Payload(bytes.AsSpan(0, length)).ToArray());
    }

    [Fact]
    public void No_bytes_make_the_parser_throw_or_point_outside()
    {
        for (ulong seed = 1; seed <= 20_000; seed++)
        {
            var chance = new Prng(seed);
            var bytes = new byte[chance.NextBelow(80)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)chance.NextBelow(256);
            }

            if (bytes.Length > 0 && chance.NextBelow(4) > 0)
            {
                bytes[0] = (byte)(0x80 | (bytes[0] & 0x3F));
            }

            if (RtpPacket.TryParse(bytes, out var packet) == RtpError.None)
            {
                Assert.True(packet.PayloadOffset + packet.PayloadLength <= bytes.Length, $"seed {seed}");
                Assert.True(packet.ExtensionOffset + packet.ExtensionLength <= bytes.Length, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void An_endpoint_compares_by_value_whatever_family_it_came_as()
    {
        var plain = MediaEndpoint.From(System.Net.IPAddress.Parse("127.0.0.1"), 4_000);
        var mapped = MediaEndpoint.From(System.Net.IPAddress.Parse("::ffff:127.0.0.1"), 4_000);

        Assert.Equal(plain, mapped);
        Assert.Equal(plain, MediaEndpoint.FromIpV4(0x7F00_0001, 4_000));
        Assert.Equal("127.0.0.1:4000", plain.ToString());
        Assert.NotEqual(plain, MediaEndpoint.From(System.Net.IPAddress.IPv6Loopback, 4_000));
    }

    private static byte[] Oversized()
    {
        var bytes = new byte[Limits.PacketBytesMax + 1];
        bytes[0] = 0x80;
        return bytes;
    }
}
