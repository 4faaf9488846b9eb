using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;
using Plateau.Sip.Sdp;

namespace Plateau.Benchmarks;

/// <summary>What signalling costs before anything is decided: an INVITE of a trunk in, its answer out.</summary>
[MemoryDiagnoser]
public class SipParseBenchmarks
{
    private const string Invite = """
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
        Content-Length: 247


        """;

    private const string Description = """
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

    private static readonly SdpLocal Local = new("198.51.100.1", 20_000, [SdpCodec.Pcma, SdpCodec.Pcmu]);

    private readonly byte[] _sdp = Bytes(Description);
    private readonly byte[] _invite = [.. Bytes(Invite).AsSpan().TrimEnd("\r\n"u8), .. "\r\n\r\n"u8, .. Bytes(Description)];
    private readonly ArrayBufferWriter<byte> _output = new(4_096);
    private SipRequest _request = null!;

    /// <summary>Checks that the samples are what they should be, and reads one for the writers.</summary>
    [GlobalSetup]
    public void Read()
    {
        var text = Encoding.ASCII.GetString(_invite).Replace("Length: 247", $"Length: {_sdp.Length}", StringComparison.Ordinal);
        Encoding.ASCII.GetBytes(text).CopyTo(_invite, 0);
        _request = SipParser.TryParse(_invite, out var message, out var error)
            ? (SipRequest)message
            : throw new InvalidOperationException(error.ToString());
    }

    /// <summary>Bytes to a checked request.</summary>
    [Benchmark]
    public bool ParseInvite() => SipParser.TryParse(_invite, out _, out _);

    /// <summary>A 200 for it, as bytes.</summary>
    [Benchmark]
    public int AnswerInvite()
    {
        var response = _request.CreateResponse(SipStatus.Ok, "tag");
        response.SetBody("application/sdp", _sdp);
        _output.ResetWrittenCount();
        SipWriter.Write(response, _output);
        return _output.WrittenCount;
    }

    /// <summary>Its offer read, answered and written.</summary>
    [Benchmark]
    public int AnswerOffer()
    {
        SdpParser.TryParse(_sdp, out var offer, out _);
        SdpNegotiation.Answer(offer!, Local, out var answer, out _);
        return SdpWriter.ToBytes(answer!).Length;
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n"));
}
