using System.Text;
using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Parsing;

namespace Plateau.Tests.Sip;

public sealed class StreamParserTests
{
    private const string One = "OPTIONS sip:a SIP/2.0\r\nContent-Length: 5\r\n\r\nhello";
    private const string Two = "SIP/2.0 200 OK\r\nl :\r\n 0\r\n\r\n";

    [Fact]
    public void Messages_come_out_whole_however_the_stream_is_cut()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var chance = new Prng(seed);
            var stream = Encoding.ASCII.GetBytes(One + Two + "\r\n" + One + One + Two);
            var parser = new SipStreamParser();
            var messages = new List<string>();
            for (var at = 0; at < stream.Length;)
            {
                var length = Math.Min(1 + chance.NextBelow(40), stream.Length - at);
                parser.Append(stream.AsSpan(at, length));
                at += length;
                while (parser.Next(out var message) == SipStreamOutcome.Message)
                {
                    messages.Add(Encoding.ASCII.GetString(message.Span));
                }
            }

            Assert.True(messages.SequenceEqual([One, Two, One, One, Two]), $"seed {seed}: {string.Join('|', messages)}");
        }
    }

    [Fact]
    public void Two_line_ends_are_a_ping_and_one_is_a_pong()
    {
        var parser = new SipStreamParser();
        parser.Append("\r\n\r\n"u8);
        Assert.Equal(SipStreamOutcome.Ping, parser.Next(out _));
        parser.Append("\r\n"u8);
        Assert.Equal(SipStreamOutcome.NeedMore, parser.Next(out _));
        Assert.Equal(0, parser.PendingBytes);
    }

    [Theory]
    [InlineData("OPTIONS sip:a SIP/2.0\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: 1\r\nl: 2\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: 65536\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    public void A_stream_whose_next_message_cannot_be_found_is_broken(string text)
    {
        var parser = new SipStreamParser();
        parser.Append(Encoding.ASCII.GetBytes(text));
        Assert.Equal(SipStreamOutcome.Broken, parser.Next(out _));
        parser.Append("OPTIONS"u8);
        Assert.Equal(0, parser.PendingBytes);
    }

    [Fact]
    public void Headers_or_line_ends_without_end_break_the_stream_within_the_limits()
    {
        foreach (var text in new[] { "X: aaaaaaaaaaaaaaaaaaaaaaa\r\n", "\r\n\r\n" })
        {
            var parser = new SipStreamParser();
            var fed = 0;
            SipStreamOutcome outcome;
            do
            {
                parser.Append(Encoding.ASCII.GetBytes(text));
                fed += text.Length;
                outcome = parser.Next(out _);
                Assert.True(fed <= Limits.MessageBytesMax, $"{fed} bytes were taken");
            }
            while (outcome != SipStreamOutcome.Broken);
        }
    }
}
