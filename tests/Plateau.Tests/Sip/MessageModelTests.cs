using System.Net;
using System.Text;
using Plateau.Sip.Messages;

namespace Plateau.Tests.Sip;

public sealed class MessageModelTests
{
    [Theory]
    [InlineData("sip:alice@example.com")]
    [InlineData("sip:alice:secret@example.com:5070;transport=tcp;lr?Subject=hi&Priority=urgent")]
    [InlineData("sips:[2001:db8::1]:5061")]
    [InlineData("sip:user;par=u%40example.net@example.com")]
    [InlineData("tel:+33199001234;phone-context=example.com")]
    [InlineData("urn:service:sos")]
    [InlineData("sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@h.example")]
    public void A_uri_leaves_as_it_came(string text)
    {
        Assert.True(SipUri.TryParse(text, out var uri));
        Assert.Equal(text, uri.ToString());
    }

    [Theory]
    [InlineData("alice@example.com")]
    [InlineData("sip:")]
    [InlineData("sip:@example.com")]
    [InlineData("sip:alice@")]
    [InlineData("sip:alice@example.com:70000")]
    [InlineData("sip:alice@example.com; lr")]
    [InlineData("sip:alice@example.com;;lr")]
    [InlineData("sip:al%4ice@example.com")]
    [InlineData("sip:alice@[2001:db8::g]")]
    [InlineData("<sip:alice@example.com>")]
    [InlineData("sip:al ice@example.com")]
    [InlineData("tel:")]
    public void A_uri_that_breaks_the_grammar_is_refused(string text) => Assert.False(SipUri.TryParse(text, out _));

    [Theory]
    [InlineData("sip:%61lice@atlanta.example;transport=TCP", "sip:alice@AtLanTa.example;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.example", "sip:carol@chicago.example;newparam=5", true)]
    [InlineData("sip:carol@chicago.example;newparam=6", "sip:carol@chicago.example;newparam=5", false)]
    [InlineData("sip:ALICE@atlanta.example", "sip:alice@atlanta.example", false)]
    [InlineData("sip:bob@biloxi.example", "sip:bob@biloxi.example:5060", false)]
    [InlineData("sip:bob@biloxi.example", "sip:bob@biloxi.example;transport=udp", false)]
    [InlineData("sip:carol@chicago.example", "sip:carol@chicago.example?Subject=next", false)]
    [InlineData("tel:+33-1-99-00-12-34", "tel:+33199001234", true)]
    public void Uris_are_compared_as_rfc_3261_section_19_1_4_says(string left, string right, bool equivalent)
    {
        Assert.Equal(equivalent, SipUri.Parse(left).IsEquivalentTo(SipUri.Parse(right)));
        Assert.Equal(equivalent, SipUri.Parse(right).IsEquivalentTo(SipUri.Parse(left)));
    }

    [Fact]
    public void A_user_is_escaped_when_a_uri_is_made_and_unescaped_when_it_is_read()
    {
        var uri = SipUri.Sip("*21#été@x", "example.com", 5060);
        Assert.Equal("sip:*21%23%C3%A9t%C3%A9%40x@example.com:5060", uri.ToString());
        Assert.Equal("*21#été@x", SipUri.Parse(uri.ToString()).DecodedUser);
    }

    [Theory]
    [InlineData("\"A. G. Bell\" <sip:agb@bell.example> ;tag=a48s", "A. G. Bell", "sip:agb@bell.example", "a48s")]
    [InlineData("sip:+12125551212@server.example;tag=887s", null, "sip:+12125551212@server.example", "887s")]
    [InlineData("Anonymous <sip:c8oqz84zk7z@privacy.example>;tag=hyh8", "Anonymous", "sip:c8oqz84zk7z@privacy.example", "hyh8")]
    [InlineData("caller<sip:caller@example.com;lr>;tag=323", "caller", "sip:caller@example.com;lr", "323")]
    [InlineData("\"a \\\"b\\\\\" <sip:x@y.example>", "a \"b\\", "sip:x@y.example", null)]
    public void A_party_has_a_name_an_address_and_a_tag(string text, string? name, string uri, string? tag)
    {
        Assert.True(NameAddress.TryParse(text, out var address));
        Assert.Equal((name, uri, tag), (address.DisplayName, address.Uri.ToString(), address.Tag));
        Assert.Equal(address, NameAddress.Parse(address.ToString()));
    }

    [Theory]
    [InlineData("\"open <sip:x@y.example>")]
    [InlineData("<sip:x@y.example")]
    [InlineData("sip:x@y.example?Route=%3Csip:z%3E")]
    [InlineData("<sip:x@y.example>;;")]
    [InlineData("<sip:x@y.example>;tag=")]
    [InlineData("")]
    public void A_party_that_breaks_the_grammar_is_refused(string text) => Assert.False(NameAddress.TryParse(text, out _));

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", "UDP", "192.0.2.1", 0, true)]
    [InlineData("SIP / 2.0 /  TCP   first.example : 4000 ; branch = z9hG4bKa", "TCP", "first.example", 4000, true)]
    [InlineData("SIP/2.0/UDP [2001:db8::9]:5060;branch=z9hG4bK", "UDP", "[2001:db8::9]", 5060, false)]
    [InlineData("SIP/2.0/sctp host.example", "SCTP", "host.example", 0, false)]
    public void A_via_is_a_hop(string text, string transport, string host, int port, bool hasBranch)
    {
        Assert.True(Via.TryParse(text, out var via));
        Assert.Equal((transport, host, port, hasBranch), (via.Transport, via.Host, via.Port, via.HasRfc3261Branch));
    }

    [Fact]
    public void A_hop_behind_a_nat_is_completed_with_where_the_request_came_from()
    {
        var source = new IPEndPoint(IPAddress.Parse("203.0.113.9"), 40_001);
        var via = Via.Create("UDP", "10.0.0.5", 5060, "z9hG4bKx").CompletedFrom(source);
        Assert.Equal("SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bKx;rport=40001;received=203.0.113.9", via.ToString());
        var silent = Via.Create("UDP", "203.0.113.9", 5060, "z9hG4bKx", withRPort: false);
        Assert.Same(silent, silent.CompletedFrom(source));
    }

    [Fact]
    public void A_response_repeats_what_identifies_its_request_and_tags_the_callee()
    {
        var request = SampleInvite();
        request.Headers.PushVia(Via.Create("UDP", "proxy.example", 5060, "z9hG4bKp"));
        var response = request.CreateResponse(SipStatus.BusyHere, toTag: "callee");
        Assert.Equal("SIP/2.0 486 Busy Here", response.StartLine);
        Assert.Equal(request.Headers.GetAll(SipHeaderName.Via), response.Headers.GetAll(SipHeaderName.Via));
        Assert.Equal("callee", response.Headers.To!.Tag);
        Assert.Equal(new CSeq(1, SipMethod.Invite), response.Headers.CSeq);
        Assert.Null(request.CreateResponse(SipStatus.Trying, toTag: "callee").Headers.To!.Tag);
    }

    [Fact]
    public void Headers_keep_their_order_and_unknown_ones_are_not_lost()
    {
        var request = SampleInvite();
        request.Headers.Add(SipHeaderName.Of("x-Strange"), "1");
        request.Headers.Add(SipHeaderName.Of("K"), "timer, 100rel");
        request.SetBody("text/plain", "hé"u8.ToArray());
        var text = Encoding.UTF8.GetString(SipWriter.ToBytes(request));
        Assert.Equal(
            """
            INVITE sip:0199001234@example.com SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport
            From: "Alice" <sip:alice@example.com>;tag=1
            To: <sip:0199001234@example.com>
            Call-ID: a@192.0.2.1
            CSeq: 1 INVITE
            x-Strange: 1
            Supported: timer, 100rel
            Content-Type: text/plain
            Content-Length: 3

            hé
            """.ReplaceLineEndings("\r\n"),
            text);
        Assert.True(request.Headers.Supports("100REL"));
    }

    [Fact]
    public void A_header_value_cannot_smuggle_another_header_in() =>
        Assert.Throws<ArgumentException>(() => SampleInvite().Headers.Add(SipHeaderName.Subject, "x\r\nVia: y"));

    [Fact]
    public void Typed_headers_read_what_they_write()
    {
        var headers = new SipHeaders
        {
            SessionExpires = new SessionExpires(1800, "uac"),
            RAck = new RAck(4_000_000_000, 7, SipMethod.Invite),
            Replaces = new Replaces(new SipCallId("a@b"), "t", "f", true),
            Reasons = [SipReason.Q850(16, "Normal \"clearing\""), SipReason.Sip(487)],
            RetryAfterSeconds = 5,
            Privacy = ["id", "critical"],
            Allow = [SipMethod.Invite, new SipMethod("ODD")],
        };
        Assert.Equal("1800;refresher=uac", headers.Get(SipHeaderName.SessionExpires));
        Assert.Equal(new SessionExpires(1800, "uac"), headers.SessionExpires);
        Assert.Equal(new RAck(4_000_000_000, 7, SipMethod.Invite), headers.RAck);
        Assert.Equal(new Replaces(new SipCallId("a@b"), "t", "f", true), headers.Replaces);
        Assert.Equal([SipReason.Q850(16, "Normal \"clearing\""), SipReason.Sip(487)], headers.Reasons);
        Assert.Equal(5, headers.RetryAfterSeconds);
        Assert.Equal(["id", "critical"], headers.Privacy);
        Assert.Equal([SipMethod.Invite, new SipMethod("ODD")], headers.Allow);
    }

    private static SipRequest SampleInvite()
    {
        var request = new SipRequest(SipMethod.Invite, SipUri.Parse("sip:0199001234@example.com"));
        request.Headers.PushVia(Via.Create("UDP", "192.0.2.1", 5060, "z9hG4bKa"));
        request.Headers.From = new NameAddress(SipUri.Parse("sip:alice@example.com")) { DisplayName = "Alice" }.WithTag("1");
        request.Headers.To = new NameAddress(SipUri.Parse("sip:0199001234@example.com"));
        request.Headers.CallId = new SipCallId("a@192.0.2.1");
        request.Headers.CSeq = new CSeq(1, SipMethod.Invite);
        return request;
    }
}
