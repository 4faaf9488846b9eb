using System.Net;
using System.Security.Cryptography;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>The ways out of the house: the transports as the control plane sees them.</summary>
/// <param name="Send">Sends one message; false when there is no transport for the flow.</param>
/// <param name="FlowTo">The flow to a peer; null when there is no transport of that kind.</param>
internal sealed record SipPaths(
    Func<SipFlow, ReadOnlyMemory<byte>, bool> Send, Func<SipTransport, IPEndPoint, SipFlow?> FlowTo);

/// <summary>What the telephony of this server is started with.</summary>
internal sealed record SipDriverOptions
{
    /// <summary>What the endpoint says about itself.</summary>
    public SipEndpointConfig Endpoint { get; init; } = new();

    /// <summary>Domain of the phones and realm of their passwords.</summary>
    public string Domain { get; init; } = "plateau.invalid";

    /// <summary>Address written into SDP; null for the address the SIP flow leaves from.</summary>
    public string? MediaAddress { get; init; }

    /// <summary>Node number of the ids of incoming legs, 0 to 1,023; no two living sources share one.</summary>
    public required int Node { get; init; }

    /// <summary>Inputs waiting for the telephony thread; more datagrams are dropped: SIP repeats them.</summary>
    public int QueueMax { get; init; } = 20_000;

    /// <summary>Silence after which a trunk's host is given up for a call and the next one is tried.</summary>
    public TimeSpan TrunkSilenceMax { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Key of the nonces and seed of ids; new for each start.</summary>
    public byte[] Secret { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>Where the time comes from; the driver never lets it go backwards.</summary>
    public Func<Instant> Clock { get; init; } = static () => Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);

    /// <summary>From the configuration of the server.</summary>
    /// <param name="config">Listeners, domain, addresses.</param>
    /// <param name="node">Node number of the ids of incoming legs.</param>
    public static SipDriverOptions From(ServerConfig config, int node) => new()
    {
        Endpoint = new SipEndpointConfig { AdvertisedHost = config.Sip.AdvertisedAddress },
        Domain = config.Sip.Domain,
        MediaAddress = config.Rtp.AdvertisedAddress ?? config.Sip.AdvertisedAddress,
        Node = node,
    };
}
