using System.Text;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;

namespace Plateau.Benchmarks;

/// <summary>An INVITE as a carrier sends it, with its description.</summary>
internal static class SipSample
{
    private const string InviteText = """
        INVITE sip:+33199001234@198.51.100.1:5060 SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1d32hash46.3;rport
        Max-Forwards: 70
        From: "Client" <sip:+33639980123@192.0.2.1>;tag=9fxced76sl
        To: <sip:+33199001234@198.51.100.1>
        Call-ID: 2xTb9vxSit55XU7p8@192.0.2.1
        CSeq: 102 INVITE
        Contact: <sip:+33639980123@192.0.2.1:5060;transport=udp>
        Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PRACK, UPDATE
        Supported: timer, 100rel, replaces
        Session-Expires: 1800
        Min-SE: 90
        User-Agent: Trunk 1.0
        P-Asserted-Identity: <sip:+33639980123@192.0.2.1>
        Content-Type: application/sdp
        Content-Length: 
        """;

    private const string SdpText = """
        v=0
        o=- 1437281091 1437281091 IN IP4 192.0.2.15
        s=-
        c=IN IP4 192.0.2.15
        t=0 0
        m=audio 14802 RTP/AVP 8 0 101
        a=rtpmap:8 PCMA/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-16
        a=ptime:20
        a=sendrecv

        """;

    internal static byte[] Sdp { get; } = Bytes(SdpText);

    internal static byte[] Invite { get; } = [.. Bytes($"{InviteText.TrimEnd()} {Sdp.Length}\n\n"), .. Sdp];

    /// <summary>The INVITE read; fails when the sample is not what it should be.</summary>
    internal static SipRequest Request() => SipParser.TryParse(Invite, out var message, out var error)
        ? (SipRequest)message
        : throw new InvalidOperationException(error.ToString());

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n"));
}
