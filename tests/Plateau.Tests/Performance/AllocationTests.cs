using System.Buffers;
using System.Text.Json;
using Plateau.Benchmarks;
using Plateau.Benchmarks.Routing;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Calls;
using Plateau.Media.Codecs;
using Plateau.Media.Rtp;
using Plateau.Server.Storage;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;
using Plateau.Tests.Media;
using Plateau.Tests.Tidy;

namespace Plateau.Tests.Performance;

/// <summary>Nothing allocates more than bench/expected-allocations.json says.</summary>
/// <remarks>
/// Bytes of this thread over a thousand operations after as many to warm up. The debug build allocates a little more
/// than the release build that BenchmarkDotNet measures; the file holds for both.
/// </remarks>
public sealed class AllocationTests
{
    private const int Operations = 1_000;

    private static readonly Expectation Expected = JsonSerializer.Deserialize<Expectation>(
        House.Read("bench/expected-allocations.json"), JsonSerializerOptions.Web)!;

    private static readonly SortedDictionary<string, Func<Action>> Known = new(StringComparer.Ordinal)
    {
        ["centre: call offered to an idle agent at once, all inputs"] = () => Centre().ServeAtOnce,
        ["centre: call that waited, all inputs"] = () => Centre().ServeOneWhoWaits,
        ["journal: entry encoded"] = JournalEntryEncoded,
        ["media: 20 ms of a bridged call, both packets"] = BridgedCall,
        ["media: G.711 frame decoded"] = G711Decoded,
        ["media: G.711 frame encoded"] = G711Encoded,
        ["media: RTP packet parsed"] = RtpParsed,
        ["sip: INVITE parsed"] = InviteParsed,
        ["sip: answer made and written"] = AnswerWritten,
        ["sip: whole call, both parties"] = SipCalled,
    };

    public static TheoryData<string> Names => [.. Known.Keys];

    [Fact]
    public void Every_expectation_is_measured_and_everything_measured_is_expected() =>
        Assert.Equal(Known.Keys, Expected.BytesPerOperation.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void No_more_is_allocated_than_expected(string name)
    {
        var operation = Known[name]();
        Repeat(operation);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(operation);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Operations;

        var expected = Expected.BytesPerOperation[name];
        Assert.True(
            bytes <= expected * (100 + Expected.TolerancePercent) / 100,
            $"{name}: {bytes} bytes, at most {expected} + {Expected.TolerancePercent} % expected");
    }

    [Fact]
    public void The_packet_path_is_expected_to_allocate_nothing() => Assert.All(
        Expected.BytesPerOperation.Where(e => e.Key.StartsWith("media:", StringComparison.Ordinal)),
        e => Assert.Equal(0, e.Value));

    [Fact]
    public void A_decision_allocates_the_same_however_many_agents_are_no_candidates()
    {
        var few = Measure(Centre(new RoutingSize(200, 10, 100, 0)));
        var many = Measure(Centre(new RoutingSize(200, 10, 100, 2_000)));
        Assert.True(many <= few * 1.25, $"{many} bytes instead of {few}");
    }

    private static double Measure(RoutingWorld world)
    {
        Repeat(world.ServeAtOnce);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(world.ServeAtOnce);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Repeat(Action operation)
    {
        for (var i = 0; i < Operations; i++)
        {
            operation();
        }
    }

    private static RoutingWorld Centre(RoutingSize? size = null) => new(size ?? new RoutingSize(200, 10, 100, 0));

    private static Action JournalEntryEncoded()
    {
        var frames = new FrameBuffer();
        var input = new LegOffered(new LegId(123_456_789), "+33639980123", "+33199001234", new TrunkId("carrier"), null);
        return () =>
        {
            frames.Clear();
            frames.Add(new JournalEntry(1_000, new Instant(1_700_000_000_000_000), input));
        };
    }

    private static Action BridgedCall()
    {
        var world = new MixingWorld();
        world.Join(Codec.Pcma, 440, LegRole.Customer).Keeps = false;
        world.Join(Codec.Pcma, 1_000, LegRole.Agent).Keeps = false;
        return () => world.Run(1);
    }

    private static Action G711Decoded()
    {
        var (octets, pcm) = (new byte[160], new short[160]);
        return () => G711.Decode(G711Law.A, octets, pcm);
    }

    private static Action G711Encoded()
    {
        var (octets, pcm) = (new byte[160], new short[160]);
        return () => G711.Encode(G711Law.A, pcm, octets);
    }

    private static Action RtpParsed()
    {
        var packet = new byte[RtpPacket.HeaderBytes + 160];
        RtpWriter.WriteHeader(packet, new RtpPacket(false, 8, 1, 160, 7));
        Assert.Equal(default, RtpPacket.TryParse(packet, out _));
        return () => RtpPacket.TryParse(packet, out _);
    }

    private static Action InviteParsed()
    {
        SipSample.Request();
        return static () => SipParser.TryParse(SipSample.Invite, out _, out _);
    }

    private static Action AnswerWritten()
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        var request = SipSample.Request();
        return () =>
        {
            var response = request.CreateResponse(SipStatus.Ok, "tag");
            response.SetBody("application/sdp", SipSample.Sdp);
            output.ResetWrittenCount();
            SipWriter.Write(response, output);
        };
    }

    private static Action SipCalled()
    {
        var call = new SipCall();
        Assert.Equal((7, 0), (call.Run(), call.Left));
        return () => call.Run();
    }

    /// <summary>The file.</summary>
    private sealed record Expectation(string About, int TolerancePercent, SortedDictionary<string, long> BytesPerOperation);
}
