using BenchmarkDotNet.Attributes;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Codecs;
using Plateau.Media.Mixing;
using Plateau.Media.Rtp;

namespace Plateau.Benchmarks.Media;

/// <summary>One tick of a call with two legs, without the kernel: a packet in and a packet out on each side.</summary>
/// <remarks>The allocation column must say 0 B (Plateau.Tests asserts the same).</remarks>
[MemoryDiagnoser]
public class PacketPathBenchmark : IMediaPath, IMediaEvents
{
    private static readonly MediaEndpoint Party = MediaEndpoint.FromIpV4(0x0A00_0001, 4_000);

    private readonly byte[] _packet = new byte[RtpPacket.HeaderBytes + 160];
    private MediaPlane _plane = new();
    private MediaLeg[] _legs = [];
    private Instant _now = Instant.FromUnixSeconds(1);
    private int _frame;

    /// <summary>Packets that left; keeps the work from being optimised away.</summary>
    public long Sent { get; private set; }

    /// <summary>What the agent speaks; the customer speaks PCMA.</summary>
    [Params("PCMA", "PCMU", "G722")]
    public string AgentCodec { get; set; } = "PCMA";

    /// <summary>A bridge of two.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _plane = new MediaPlane();
        _legs = [Join(1, Codec.Pcma, LegRole.Customer), Join(2, Codec.All.Single(c => c.Name == AgentCodec), LegRole.Agent)];
    }

    /// <summary>20 ms of a call.</summary>
    [Benchmark]
    public void Tick()
    {
        _now += TimeSpan.FromMilliseconds(20);
        _frame++;
        foreach (var leg in _legs)
        {
            var header = new RtpPacket(
                false, (byte)leg.Config!.PayloadType, (ushort)(_frame & 0xFFFF), unchecked((uint)(_frame * 160)), 7);
            RtpWriter.WriteHeader(_packet, header);
            leg.ReceiveRtp(_now, _now, Party, _packet);
        }

        _plane.Tick(_now);
    }

    /// <inheritdoc/>
    public void SendRtp(MediaEndpoint to, ReadOnlySpan<byte> packet) => Sent++;

    /// <inheritdoc/>
    public void SendRtcp(MediaEndpoint to, bool isMuxed, ReadOnlySpan<byte> packet) => Sent++;

    /// <inheritdoc/>
    public void Raise(MediaEvent happened)
    {
        // Only the beginning of media is told here.
    }

    private MediaLeg Join(ulong id, Codec codec, LegRole role)
    {
        var leg = new MediaLeg(new LegId(id), this, this, new MediaLegOptions { Chance = new Prng(id) });
        leg.Configure(_now, new LegMediaConfig { Codec = codec, PayloadType = codec.StaticPayloadType, Rtp = Party });
        _plane.Add(leg);
        _plane.Join(leg, new BridgeId(1), role, null);
        return leg;
    }
}
