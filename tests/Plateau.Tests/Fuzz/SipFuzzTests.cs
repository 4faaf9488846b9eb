using System.Text;
using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Auth;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;
using Plateau.Sip.Sdp;
using Plateau.Tests.Sip;

namespace Plateau.Tests.Fuzz;

/// <summary>Bytes nobody meant: nothing but named errors comes out, and what was read is the same after writing
/// it.</summary>
public sealed class SipFuzzTests
{
    private const int RunsPerSeed = 400;

    private const string Rich = """
        INVITE sip:0199001234@centre.example;user=phone SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport, SIP/2.0/TLS [2001:db8::1];branch=z9hG4bKb
        From: "Zoë \"Z\" <x>" <sip:z@example.com;transport=tcp?Subject=a&B=c>;tag=1;x="q;,"
        To: sip:0199001234@centre.example
        Call-ID: abc@192.0.2.1
        CSeq: 4711 INVITE
        Contact: <sip:z@192.0.2.1>;q=0.5, "B" <tel:+33199001234>
        Record-Route: <sip:p1.example;lr>,<sip:p2.example;lr>
        Max-Forwards: 70
        Session-Expires: 1800;refresher=uac
        Replaces: x@y;to-tag=1;from-tag=2;early-only
        Reason: Q.850;cause=16;text="Bye, \"now\""
        Authorization: Digest username="a", realm="r", nonce="n", uri="sip:x", response="00", qop=auth, nc=00000001, cnonce="c"
        Subject: folded
         value
        k: timer, 100rel
        Content-Type: application/sdp
        Content-Length: 10

        v=0
        s=-
        x=

        """;

    public static TheoryData<ulong> Seeds() => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_mutated_message_is_read_or_refused_by_name_and_written_as_it_was_read(ulong seed)
    {
        var original = ParserTests.Bytes(Rich);
        Assert.True(SipParser.TryParse(original, out _, out var wrong), wrong?.ToString());
        var chance = new Prng(seed);
        for (var run = 0; run < RunsPerSeed; run++)
        {
            var bytes = Mutation.Of(original, chance);
            Guard(seed, run, bytes, () =>
            {
                var treatment = SipTreatment.Of(bytes, SipCapabilities.Default);
                _ = treatment.CreateResponse("us") is { } response ? SipWriter.ToBytes(response) : [];
                if (treatment.Message is { } message)
                {
                    TouchEveryHeader(message.Headers);
                    var written = SipWriter.ToBytes(message);
                    Assert.True(SipParser.TryParse(written, out var again, out var error), error?.ToString());
                    Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(SipWriter.ToBytes(again)));
                }
                else
                {
                    Assert.NotNull(treatment.Error);
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_mutated_description_is_read_or_refused_by_name_and_written_as_it_was_read(ulong seed)
    {
        var chance = new Prng(seed);
        var phones = SdpTests.Phones().Select(row => Encoding.UTF8.GetBytes(SdpTests.Golden(row.Data))).ToList();
        var local = new SdpLocal("198.51.100.1", 20_000, [SdpCodec.Opus, SdpCodec.G722, SdpCodec.Pcma, SdpCodec.Pcmu]);
        for (var run = 0; run < RunsPerSeed; run++)
        {
            var bytes = Mutation.Of(phones[chance.NextBelow(phones.Count)], chance);
            Guard(seed, run, bytes, () =>
            {
                if (!SdpParser.TryParse(bytes, out var session, out var error))
                {
                    Assert.NotEqual(SdpError.None, error);
                    return;
                }

                var written = SdpWriter.ToText(session);
                Assert.Equal(written, SdpWriter.ToText(SdpParser.Parse(written)));
                if (SdpNegotiation.Answer(session, local, out var answer, out _) == SdpRefusal.None)
                {
                    Assert.Equal(SdpWriter.ToText(answer!), SdpWriter.ToText(SdpParser.Parse(SdpWriter.ToText(answer!))));
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_mutated_stream_yields_whole_messages_or_breaks_and_never_hoards(ulong seed)
    {
        var original = ParserTests.Bytes(Rich + Rich + Rich);
        var chance = new Prng(seed);
        for (var run = 0; run < RunsPerSeed / 4; run++)
        {
            var bytes = Mutation.Of(original, chance);
            Guard(seed, run, bytes, () =>
            {
                var parser = new SipStreamParser();
                foreach (var chunk in bytes.Chunk(1 + chance.NextBelow(300)))
                {
                    parser.Append(chunk);
                    SipStreamOutcome outcome;
                    do
                    {
                        outcome = parser.Next(out var message);
                        _ = SipParser.TryParse(message.Span, out _, out _);
                    }
                    while (outcome is SipStreamOutcome.Message or SipStreamOutcome.Ping);

                    Assert.True(parser.PendingBytes <= Limits.MessageBytesMax);
                }
            });
        }
    }

    private static void TouchEveryHeader(SipHeaders headers)
    {
        _ = (headers.TopVia?.RPort, headers.Vias, headers.Contacts, headers.Routes, headers.RecordRoutes, headers.Allow);
        _ = (headers.SessionExpires, headers.MinSessionExpiresSeconds, headers.Replaces, headers.Reasons, headers.RAck);
        _ = (headers.RSeq, headers.ReferTo, headers.ReferredBy, headers.Privacy, headers.Diversions, headers.HistoryInfo);
        _ = (headers.RetryAfterSeconds, headers.Event, headers.SubscriptionState, headers.ContentType, headers.Supported);
        _ = (headers.From!.Uri.DecodedUser, headers.From.Uri.DecodedHeaders(), headers.PAssertedIdentities);
        foreach (var header in headers.GetAll(SipHeaderName.Authorization))
        {
            _ = DigestAuthorization.TryParse(header, out _);
            _ = DigestChallenge.TryParse(header, out _);
        }
    }

    private static void Guard(ulong seed, int run, byte[] bytes, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}, run {run}: {e.Message}\n{Encoding.Latin1.GetString(bytes)}\n{e.StackTrace}");
        }
    }
}
