using System.Text;
using Plateau.Sip;
using Plateau.Sip.Sdp;

namespace Plateau.Tests.Sip;

public sealed class SdpTests
{
    private static readonly SdpLocal Local = new(
        "198.51.100.1", 20_000, [SdpCodec.Opus, SdpCodec.G722, SdpCodec.Pcma, SdpCodec.Pcmu]);

    public static TheoryData<string> Phones() =>
        ["linphone", "zoiper", "cisco", "polycom", "polycom-hold", "yealink", "asterisk", "freeswitch", "chromium"];

    [Theory]
    [MemberData(nameof(Phones))]
    public void What_a_real_phone_sends_survives_reading_and_writing(string phone)
    {
        var text = Golden(phone);
        Assert.Equal(Sorted(text), Sorted(SdpWriter.ToText(SdpParser.Parse(text))));
    }

    [Theory]
    [InlineData("linphone", "opus/48000", 96, 101, "203.0.113.7", 7078, 7079)]
    [InlineData("zoiper", "PCMA/8000", 8, 101, "192.0.2.11", 8000, 8001)]
    [InlineData("cisco", "opus/48000", 114, 101, "192.0.2.12", 16630, 16631)]
    [InlineData("polycom", "G722/8000", 9, 127, "192.0.2.13", 2226, 2227)]
    [InlineData("yealink", "G722/8000", 9, 101, "192.0.2.14", 11784, 11785)]
    [InlineData("asterisk", "PCMA/8000", 8, 101, "192.0.2.15", 14802, 14803)]
    [InlineData("freeswitch", "opus/48000", 102, 103, "192.0.2.16", 28554, 28555)]
    public void A_phones_offer_is_answered_with_its_first_codec_that_we_have(
        string phone, string codec, int payloadType, int events, string address, int port, int rtcpPort)
    {
        var offer = SdpParser.Parse(Golden(phone));
        Assert.Equal(SdpRefusal.None, SdpNegotiation.Answer(offer, Local, out var answer, out var agreement));
        Assert.Equal((codec, payloadType), ($"{agreement!.Codec.Name}/{agreement.Codec.ClockHz}", agreement.Codec.PayloadType));
        Assert.Equal(events, agreement.SendEventPayloadType);
        Assert.Equal((address, port, rtcpPort), (agreement.RemoteAddress, agreement.RemotePort, agreement.RemoteRtcpPort));
        Assert.Equal(offer.Media.Count, answer!.Media.Count);
        Assert.Equal(20_000, answer.Media[0].Port);
        Assert.Equal(SdpWriter.ToText(answer), SdpWriter.ToText(SdpParser.Parse(SdpWriter.ToText(answer))));
    }

    [Fact]
    public void Our_own_order_decides_when_we_say_so()
    {
        var offer = SdpParser.Parse(Golden("cisco"));
        var local = Local with { PrefersOwnOrder = true, Codecs = [SdpCodec.Pcma, SdpCodec.G722] };
        SdpNegotiation.Answer(offer, local, out _, out var agreement);
        Assert.Equal("PCMA", agreement!.Codec.Name);
        Assert.Equal(["PCMA", "G722"], agreement.ReceiveCodecs.Select(codec => codec.Name));
    }

    [Fact]
    public void Streams_we_do_not_take_are_refused_in_their_place()
    {
        var offer = SdpParser.Parse(Golden("linphone"));
        SdpNegotiation.Answer(offer, Local, out var answer, out _);
        Assert.Equal(["audio 20000 RTP/AVP 96 0 8 101", "video 0 RTP/AVP 96"], answer!.Media.Select(media => media.ToString()));
    }

    // theirs · ours wanted · what we then do
    [Theory]
    [InlineData("sendrecv", SdpDirection.SendReceive, SdpDirection.SendReceive, false)]
    [InlineData("sendonly", SdpDirection.SendReceive, SdpDirection.ReceiveOnly, true)]
    [InlineData("recvonly", SdpDirection.SendReceive, SdpDirection.SendOnly, false)]
    [InlineData("inactive", SdpDirection.SendReceive, SdpDirection.Inactive, true)]
    [InlineData("sendrecv", SdpDirection.SendOnly, SdpDirection.SendOnly, false)]
    [InlineData("sendonly", SdpDirection.SendOnly, SdpDirection.Inactive, true)]
    [InlineData("recvonly", SdpDirection.ReceiveOnly, SdpDirection.Inactive, false)]
    public void A_direction_is_mirrored_and_cut_down_to_what_we_want(
        string theirs, SdpDirection wanted, SdpDirection expected, bool isHeld)
    {
        var offer = SdpParser.Parse(Golden("asterisk").Replace("sendrecv", theirs, StringComparison.Ordinal));
        SdpNegotiation.Answer(offer, Local with { Direction = wanted }, out var answer, out var agreement);
        Assert.Equal((expected, isHeld), (agreement!.Direction, agreement.IsHeldByPeer));
        Assert.Equal(expected, answer!.DirectionOf(answer.Media[0]));
    }

    [Fact]
    public void The_address_zero_is_the_old_way_to_hold()
    {
        var offer = SdpParser.Parse(Golden("polycom").Replace("c=IN IP4 192.0.2.13", "c=IN IP4 0.0.0.0", StringComparison.Ordinal));
        SdpNegotiation.Answer(offer, Local, out _, out var agreement);
        Assert.True(agreement!.IsHeldByPeer);
        Assert.Equal(SdpDirection.ReceiveOnly, agreement.Direction);
        Assert.False(agreement.MaySend);
        SdpNegotiation.Answer(SdpParser.Parse(Golden("polycom-hold")), Local, out _, out agreement);
        Assert.True(agreement!.IsHeldByPeer);
    }

    [Fact]
    public void Our_offer_lists_digits_at_every_clock_and_the_answer_concludes_it()
    {
        var offer = SdpNegotiation.Offer(Local);
        Assert.Equal("audio 20000 RTP/AVP 111 9 8 0 101 110", offer.Media[0].ToString());
        SdpNegotiation.Answer(offer, Local with { Port = 30_000, Codecs = [SdpCodec.Pcmu, SdpCodec.Pcma] }, out var answer, out var theirs);
        Assert.Equal(SdpRefusal.None, SdpNegotiation.Conclude(offer, answer!, Local, out var ours));
        Assert.Equal("PCMA", ours!.Codec.Name);
        Assert.Equal("PCMA", theirs!.Codec.Name);
        Assert.Equal((30_000, 101, 101), (ours.RemotePort, ours.SendEventPayloadType, ours.ReceiveEventPayloadType));
        Assert.Equal(SdpDirection.SendReceive, ours.Direction);
    }

    [Fact]
    public void Two_ends_with_their_own_payload_types_send_what_the_other_named()
    {
        var offer = SdpNegotiation.Offer(Local with { Codecs = [SdpCodec.Opus] });
        var answer = SdpParser.Parse("""
            v=0
            o=- 1 1 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 4000 RTP/AVP 98 99
            a=rtpmap:98 OPUS/48000/2
            a=rtpmap:99 telephone-event/48000
            """);
        SdpNegotiation.Conclude(offer, answer, Local with { Codecs = [SdpCodec.Opus] }, out var agreement);
        Assert.Equal((98, 111), (agreement!.Codec.PayloadType, agreement.ReceivePayloadType));
        Assert.Equal((99, 110), (agreement.SendEventPayloadType, agreement.ReceiveEventPayloadType));
    }

    [Theory]
    [InlineData("audio 4000 RTP/AVP 18", SdpRefusal.NoCommonCodec)]
    [InlineData("audio 0 RTP/AVP 8", SdpRefusal.NoAudio)]
    [InlineData("video 4000 RTP/AVP 31", SdpRefusal.NoAudio)]
    [InlineData("audio 4000 RTP/SAVP 8", SdpRefusal.UnsupportedProtocol)]
    public void An_offer_without_anything_we_have_is_refused(string media, SdpRefusal expected)
    {
        var offer = SdpParser.Parse($"v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm={media}\n");
        Assert.Equal(expected, SdpNegotiation.Answer(offer, Local, out var answer, out _));
        Assert.Null(answer);
    }

    [Fact]
    public void What_a_browser_adds_can_be_read()
    {
        var session = SdpParser.Parse(Golden("chromium"));
        var media = session.Media[0];
        Assert.Equal("Xy1Z", session.GetInherited(media, "ice-ufrag"));
        Assert.Equal("actpass", media.Get("setup"));
        Assert.True(media.HasRtcpMux);
        Assert.Equal(2, media.GetAll("extmap").Count());
        Assert.Equal("111/111", media.Codecs.Single(codec => codec.Name == "red").FormatParameters);
    }

    [Theory]
    [InlineData("", SdpError.Empty)]
    [InlineData("v=1\n", SdpError.UnsupportedVersion)]
    [InlineData("v=0\ns=-\n", SdpError.MalformedOrigin)]
    [InlineData("v=0\no=- 1 1 IN IP4\n", SdpError.MalformedOrigin)]
    [InlineData("v=0\no=- 1 1 IN IP4 x\nhello\n", SdpError.MalformedLine)]
    [InlineData("v=0\no=- 1 1 IN IP4 x\nc=IN IP6 192.0.2.1\n", SdpError.MalformedConnection)]
    [InlineData("v=0\no=- 1 1 IN IP4 x\nm=audio 4000 RTP/AVP\n", SdpError.MalformedMedia)]
    [InlineData("v=0\no=- 1 1 IN IP4 x\nm=audio 65536 RTP/AVP 0\n", SdpError.MalformedMedia)]
    [InlineData("v=0\no=- 1 1 IN IP4 x\nm=audio 4000 RTP/AVP 0\n", SdpError.MissingConnection)]
    public void A_bad_description_has_a_named_error(string text, SdpError expected)
    {
        Assert.False(SdpParser.TryParse(Encoding.UTF8.GetBytes(text), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Descriptions_have_limits()
    {
        const string Head = "v=0\no=- 1 1 IN IP4 x\nc=IN IP4 192.0.2.1\n";
        Check(Head + string.Concat(Enumerable.Repeat("a=x\n", Limits.SdpLineCountMax)));
        Check(Head + string.Concat(Enumerable.Repeat("m=audio 1 RTP/AVP 0\n", Limits.SdpMediaCountMax + 1)));
        Check(Head + "a=" + new string('x', Limits.SdpBytesMax));

        static void Check(string text)
        {
            Assert.False(SdpParser.TryParse(Encoding.UTF8.GetBytes(text), out _, out var error));
            Assert.Equal(SdpError.TooLarge, error);
        }
    }

    internal static string Golden(string name) => File.ReadAllText(
        Path.Combine(SharedCorpus.RepositoryRoot, "tests", "Plateau.Tests", "Sip", "Golden", name + ".sdp"));

    /// <summary>b= may move behind c=; nothing else may change, so lines are compared as a set with counts.</summary>
    private static IEnumerable<string> Sorted(string text) =>
        text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
}
