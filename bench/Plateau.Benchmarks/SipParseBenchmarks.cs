using System.Buffers;
using BenchmarkDotNet.Attributes;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;
using Plateau.Sip.Sdp;

namespace Plateau.Benchmarks;

/// <summary>What signalling costs before anything is decided: an INVITE of a trunk in, its answer out.</summary>
[MemoryDiagnoser]
public class SipParseBenchmarks
{
    private static readonly SdpLocal Local = new("198.51.100.1", 20_000, [SdpCodec.Pcma, SdpCodec.Pcmu]);

    private readonly ArrayBufferWriter<byte> _output = new(4_096);
    private readonly SipRequest _request = SipSample.Request();

    /// <summary>Bytes to a checked request.</summary>
    [Benchmark]
    public bool ParseInvite() => SipParser.TryParse(SipSample.Invite, out _, out _);

    /// <summary>A 200 for it, as bytes.</summary>
    [Benchmark]
    public int AnswerInvite()
    {
        var response = _request.CreateResponse(SipStatus.Ok, "tag");
        response.SetBody("application/sdp", SipSample.Sdp);
        _output.ResetWrittenCount();
        SipWriter.Write(response, _output);
        return _output.WrittenCount;
    }

    /// <summary>Its offer read, answered and written.</summary>
    [Benchmark]
    public int AnswerOffer()
    {
        SdpParser.TryParse(SipSample.Sdp, out var offer, out _);
        SdpNegotiation.Answer(offer!, Local, out var answer, out _);
        return SdpWriter.ToBytes(answer!).Length;
    }
}
