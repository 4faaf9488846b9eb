using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.IntegrationTests.Peers;
using Plateau.Media.Codecs;
using Plateau.Media.Detection;
using Plateau.Media.Mixing;
using Plateau.Server.Telephony;

namespace Plateau.IntegrationTests.Telephony;

/// <summary>A data plane on loopback with parties around it.</summary>
internal sealed class MediaFloor : IAsyncDisposable
{
    private readonly List<RtpPeer> _peers = [];
    private ulong _lastLeg;

    internal MediaFloor(int threads = 1)
    {
        Folder = Directory.CreateTempSubdirectory("plateau-media-").FullName;
        var first = 30_000 + 200 * Random.Shared.Next(0, 100);
        Driver = new RtpDriver(
            new RtpDriverOptions
            {
                Address = IPAddress.Loopback, PortMin = first, PortMax = first + 199, Threads = threads,
                RecordingsFolder = Folder,
            },
            NullLogger.Instance);
    }

    internal RtpDriver Driver { get; }

    /// <summary>Where recordings lie.</summary>
    internal string Folder { get; }

    /// <summary>A party and its leg, connected but in no bridge.</summary>
    internal (RtpPeer Peer, RtpLeg Leg) Connect(Codec codec, ulong call = 1)
    {
        var peer = new RtpPeer(codec);
        _peers.Add(peer);
        var leg = Driver.TryOpen(new LegId(++_lastLeg), new CallId(call));
        Assert.NotNull(leg);
        leg.Configure(peer.Agreement);
        peer.Call(new IPEndPoint(IPAddress.Loopback, leg.Port));
        return (peer, leg);
    }

    /// <summary>A party in a bridge that says a tone.</summary>
    internal (RtpPeer Peer, RtpLeg Leg) Join(
        Codec codec, double frequencyHz, LegRole role, MonitorMode? mode = null, ulong bridge = 1)
    {
        var (peer, leg) = Connect(codec);
        peer.SayTone(frequencyHz);
        leg.Join(new BridgeId(bridge), role, mode);
        return (peer, leg);
    }

    /// <summary>Waits for an event of a kind.</summary>
    internal async Task<T> NextAsync<T>(Func<T, bool>? filter = null)
        where T : MediaEvent
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await Driver.Events.ReadAsync(limit.Token) is T happened && (filter is null || filter(happened)))
            {
                return happened;
            }
        }
    }

    /// <summary>Level of a tone in a piece of audio, dBov.</summary>
    internal static double Level(short[] heard, double frequencyHz, Codec codec) =>
        ToneMeter.MeasureDbov(heard, frequencyHz, codec.SampleRateHz);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }

        Driver.Dispose();
        Directory.Delete(Folder, true);
    }
}
