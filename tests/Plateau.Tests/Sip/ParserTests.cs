using System.Text;
using Plateau.Sip;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;

namespace Plateau.Tests.Sip;

/// <summary>Bad messages of the kinds RFC 4475 lists, written for this project.</summary>
public sealed class ParserTests
{
    private const string Rest = """
        Via: SIP/2.0/UDP 192.0.2.5;branch=z9hG4bKk
        From: <sip:a@example.com>;tag=1
        To: <sip:b@example.com>
        Call-ID: c1
        CSeq: 1 OPTIONS
        Max-Forwards: 70

        """;

    [Theory]
    [InlineData("OPTIONS sip:b@example.com SIP/2.0", "accept")]
    [InlineData("OPTIONS sips:b@example.com sip/2.0", "accept")]
    [InlineData("OPTIONS tel:+33199001234 SIP/2.0", "accept")]
    [InlineData("OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0", "accept")]
    [InlineData("OPTIONS sip:sips%3Auser%40example.com@example.net SIP/2.0", "accept")]
    [InlineData("OPTIONS sip:b@example.com?Route=%3Csip:example.com%3E SIP/2.0", "400")]
    [InlineData("OPTIONS sip:b@example.com; lr SIP/2.0", "400")]
    [InlineData("OPTIONS sip:b@example.com", "400")]
    [InlineData("OPTIONS sip:b@example.com HTTP/1.1", "400")]
    [InlineData("OPTIONS sip:b@example.com SIP/7.0", "505")]
    [InlineData("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0", "416")]
    [InlineData("OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0", "416")]
    [InlineData("INVITE sip:b@example.com SIP/2.0", "400")]
    [InlineData("NOVEL sip:b@example.com SIP/2.0", "400")]
    [InlineData("ACK sip:b@example.com SIP/2.0", "drop")]
    [InlineData("SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое", "accept")]
    [InlineData("SIP/2.0 200", "accept")]
    [InlineData("SIP/2.0 4294967301 better not break the receiver", "drop")]
    [InlineData("SIP/2.0 099 low", "drop")]
    [InlineData("SIP/3.0 200 OK", "drop")]
    [InlineData("garbage", "drop")]
    public void A_start_line_decides_what_becomes_of_a_message(string startLine, string expected) =>
        Assert.Equal(expected, Treat($"{startLine}\n{Rest}\n"));

    [Theory]
    [InlineData("Via", "SIP/2.0/UDP 192.0.2.5;branch=z9hG4bK", "accept")]
    [InlineData("Via", "SIP/2.0/UDP 192.0.2.15;;,;,,", "400")]
    [InlineData("Via", "SIP/2.0/UDP", "400")]
    [InlineData("From", "caller<sip:caller@example.com>;tag=323", "accept")]
    [InlineData("From", "\"Unclosed <sip:a@example.com>;tag=1", "400")]
    [InlineData("From", "<sip:a@example.com>;tag=1;;", "400")]
    [InlineData("To", "\"Watson, Thomas\" < sip:b@example.org >", "accept")]
    [InlineData("To", "isbn:2983792873", "accept")]
    [InlineData("Call-ID", "c1@x@y", "400")]
    [InlineData("Call-ID", "", "400")]
    [InlineData("CSeq", "36893488147419103232 OPTIONS", "400")]
    [InlineData("CSeq", "2147483648 OPTIONS", "400")]
    [InlineData("CSeq", "1 INVITE", "400")]
    [InlineData("CSeq", "OPTIONS", "400")]
    [InlineData("Max-Forwards", "256", "400")]
    [InlineData("Max-Forwards", "0", "accept")]
    [InlineData("Content-Length", "-999", "400")]
    [InlineData("Content-Length", "9999", "400")]
    [InlineData("Content-Length", "0", "accept")]
    [InlineData("Contact", "sip:+33199002222@gw1.example.net;unknownparam", "accept")]
    [InlineData("Contact", "sip:b@example.com?Route=%3Csip:sip.example.com%3E", "400")]
    [InlineData("Contact", "<sip:a@example.com>, <sip:b@example.com;", "400")]
    [InlineData("Route", "<sip:[::1>", "400")]
    [InlineData("Expires", "10000000000000000000000", "accept")]
    [InlineData("Date", "Fri, 01 Jan 2010 16:00:00 EST", "accept")]
    [InlineData("Require", "nothingSupportsThis", "420")]
    [InlineData("Require", "timer", "accept")]
    [InlineData("Authorization", "NoOneKnowsThisScheme opaque-data=here", "401")]
    public void A_header_decides_what_becomes_of_a_message(string name, string value, string expected)
    {
        var lines = Rest.Split('\n').Where(line => line.Length > 0 && !line.StartsWith(name + ":", StringComparison.Ordinal));
        Assert.Equal(expected, Treat($"OPTIONS sip:b@example.com SIP/2.0\n{string.Join('\n', lines)}\n{name}: {value}\n\n"));
    }

    [Theory]
    [InlineData("Call-ID: c2")]
    [InlineData("i: c2")]
    [InlineData("CSeq: 1 OPTIONS")]
    [InlineData("Max-Forwards: 70")]
    [InlineData("To: <sip:c@example.com>")]
    [InlineData("Content-Length: 0\nContent-Length: 0")]
    [InlineData("Content-Length: 0\nl: 1")]
    public void A_second_value_of_a_single_header_is_refused(string line) =>
        Assert.Equal("400", Treat($"OPTIONS sip:b@example.com SIP/2.0\n{Rest}{line}\n\n"));

    [Theory]
    [InlineData("Via")]
    [InlineData("From")]
    [InlineData("To")]
    [InlineData("Call-ID")]
    [InlineData("CSeq")]
    public void A_message_without_a_mandatory_header_is_refused_or_dropped(string name)
    {
        var lines = Rest.Split('\n').Where(line => !line.StartsWith(name + ":", StringComparison.Ordinal));
        var text = $"OPTIONS sip:b@example.com SIP/2.0\n{string.Join('\n', lines)}\n";
        Assert.Equal(name == "Via" ? "drop" : "400", Treat(text));
        Assert.Equal("drop", Treat(text.Replace("OPTIONS sip:b@example.com SIP/2.0", "SIP/2.0 200 OK", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("application/sdp", "", "accept")]
    [InlineData("Application / SDP;charset=x", "", "accept")]
    [InlineData("application/unknownformat", "", "415")]
    [InlineData("application/unknownformat", "Content-Disposition: render;handling=optional\n", "accept")]
    [InlineData("application/sdp", "Content-Encoding: gzip\n", "415")]
    [InlineData("application/sdp", "Accept: text/nobodyKnowsThis\n", "406")]
    [InlineData("application/sdp", "Accept: text/x, application/*\n", "accept")]
    public void The_body_of_an_invite_must_be_one_we_can_read(string type, string extra, string expected)
    {
        var text = $"INVITE sip:b@example.com SIP/2.0\n{Rest.Replace("OPTIONS", "INVITE", StringComparison.Ordinal)}";
        Assert.Equal(expected, Treat($"{text}Content-Type: {type}\n{extra}\nv=0"));
    }

    [Fact]
    public void A_method_we_do_not_take_is_refused_with_those_we_take()
    {
        var capabilities = new SipCapabilities { Methods = [SipMethod.Invite] };
        var treatment = SipTreatment.Of(Bytes($"OPTIONS sip:b@example.com SIP/2.0\n{Rest}\n"), capabilities);
        Assert.Equal(405, treatment.Status);
        Assert.Equal([SipMethod.Invite], treatment.CreateResponse("us")!.Headers.Allow);
        var novel = Rest.Replace("OPTIONS", "NOVEL", StringComparison.Ordinal);
        Assert.Equal(501, SipTreatment.Of(Bytes($"NOVEL sip:b@example.com SIP/2.0\n{novel}\n"), capabilities).Status);
    }

    [Fact]
    public void A_response_that_crossed_two_hops_is_not_ours() =>
        Assert.Equal("drop", Treat($"SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKj\n{Rest}\n"));

    [Fact]
    public void Limits_are_named_outcomes()
    {
        var many = string.Concat(Enumerable.Repeat("Y: 1\n", Limits.HeaderCountMax));
        Assert.Equal("513", Treat($"OPTIONS sip:b@example.com SIP/2.0\n{Rest}{many}\n"));
        var longLine = "Y: " + new string('a', Limits.HeaderBytesMax);
        Assert.Equal("513", Treat($"OPTIONS sip:b@example.com SIP/2.0\n{Rest}{longLine}\n\n"));
        var longUri = "sip:" + new string('a', Limits.StartLineBytesMax) + "@example.com";
        Assert.Equal("414", Treat($"OPTIONS {longUri} SIP/2.0\n{Rest}\n"));
        Assert.Equal("drop", Treat(new string('a', Limits.MessageBytesMax + 1)));
        var loop = string.Concat(Enumerable.Repeat("Via: SIP/2.0/UDP 192.0.2.5;branch=z9hG4bKk\n", Limits.ViaCountMax));
        Assert.Equal("483", Treat($"OPTIONS sip:b@example.com SIP/2.0\n{loop}{Rest}\n"));
    }

    [Fact]
    public void A_refusal_says_what_was_wrong_without_repeating_the_peer()
    {
        Assert.False(SipParser.TryParse(
            Bytes($"OPTIONS sip:b@example.com SIP/2.0\n{Rest}Max-Forwards: x\n\n"), out _, out var error));
        Assert.Equal(SipParseCause.RepeatedHeader, error.Cause);
        Assert.Equal("SIP/2.0 400 Bad Request (Max-Forwards)", error.CreateResponse("us")!.StartLine);
        Assert.Equal("us", error.CreateResponse("us")!.Headers.To!.Tag);
    }

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    private static string Treat(string text)
    {
        var treatment = SipTreatment.Of(Bytes(text), SipCapabilities.Default);
        return treatment.Verdict == SipVerdict.Reject
            ? treatment.CreateResponse("us")!.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : treatment.Verdict.ToString().ToLowerInvariant();
    }
}
