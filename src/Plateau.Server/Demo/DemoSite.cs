using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Plateau.Contracts;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Hosting;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Demo;

/// <summary>Where a demo lives: the retailer's configuration, free ports on loopback, an API key, folders.</summary>
/// <param name="Config">The server's configuration.</param>
/// <param name="Folders">Where it keeps what.</param>
/// <param name="Key">The API key.</param>
/// <param name="Sip">SIP address.</param>
/// <param name="Trunk">Where the simulated callers are.</param>
internal sealed record DemoSite(
    ServerConfig Config, ServerFolders Folders, string Key, IPEndPoint Sip, IPEndPoint Trunk)
{
    /// <summary>The number that people are told to call.</summary>
    public const string Number = CallerPlans.MenuNumber;

    private const string Resource = "retailer.json";
    private const int UsualPort = 5060;
    private const int DrainS = 10;
    private static readonly IPAddress CallersAddress = IPAddress.Parse("127.0.0.2");

    /// <summary>The address of the API.</summary>
    public string Api => $"http://{Config.Http.Address}:{Config.Http.Port}/api/v1";

    /// <summary>What to type in a second terminal to call in.</summary>
    public string CallCommand =>
        $"./plateau call {Number}{(Sip.Port == UsualPort ? "" : $" --server {Sip}")} --dtmf 1";

    /// <summary>The journal's folder of the tenant.</summary>
    public string Journal => Path.Combine(Folders.Journal, Config.Tenants[0].Tenant.Value);

    /// <summary>Puts a site together; ports are the usual ones, or the next free ones.</summary>
    public static DemoSite Build(DemoOptions options)
    {
        var sip = new IPEndPoint(IPAddress.Loopback, FreePort(IPAddress.Loopback, UsualPort, step: 10));
        var trunk = new IPEndPoint(CallersAddress, FreePort(CallersAddress, 5062, step: 10));
        var key = "demo-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var address = sip.Address.ToString();
        var config = new ServerConfig
        {
            Folder = options.Folder,
            Prompts = Path.Combine(options.VoiceFolder, "prompts"),
            Sip = new SipServerConfig
            {
                Listeners =
                [
                    new SipListenerConfig(SipTransportKind.Udp, address, sip.Port),
                    new SipListenerConfig(SipTransportKind.Tcp, address, sip.Port),
                ],
                AdvertisedAddress = address,
                Domain = address,
            },
            Rtp = new RtpServerConfig { Address = address, AdvertisedAddress = address, Threads = 1 },
            Http = new HttpServerConfig { Port = FreePort(IPAddress.Loopback, 8080, step: 1) },
            ApiKeys = [new ApiKeyConfig("demo", key, Scopes: [ApiScope.Read, ApiScope.Operate, ApiScope.Configure])],
            Limits = new ServerLimitsConfig { DrainS = DrainS },
            Tenants = [Retailer(trunk)],
        };
        return new DemoSite(config, ServerFolders.Of(config, Environment.CurrentDirectory), key, sip, trunk);
    }

    /// <summary>The embedded tenant, whose trunk leads to the simulated callers.</summary>
    public static CentreConfig Retailer(IPEndPoint trunk)
    {
        using var text = typeof(DemoSite).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException(Resource);
        using var bytes = new MemoryStream();
        text.CopyTo(bytes);
        var reading = ConfigParser.ParseCentre(bytes.ToArray(), static c => c);
        var retailer = reading.Value
            ?? throw new InvalidOperationException(string.Join('\n', reading.Errors.Select(e => e.In("en"))));
        var carrier = retailer.Trunks[0] with { Hosts = [new TrunkHostConfig(trunk.Address.ToString(), trunk.Port)] };
        return retailer with { Trunks = [carrier] };
    }

    /// <summary>The first port from the usual one on that is free for both UDP and TCP.</summary>
    private static int FreePort(IPAddress address, int usual, int step)
    {
        const int TriesMax = 100;
        for (var port = usual; port < usual + (TriesMax * step); port += step)
        {
            if (IsFree(address, port, SocketType.Dgram, ProtocolType.Udp)
                && IsFree(address, port, SocketType.Stream, ProtocolType.Tcp))
            {
                return port;
            }
        }

        throw new IOException($"No free port from {usual} on.");
    }

    private static bool IsFree(IPAddress address, int port, SocketType type, ProtocolType protocol)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, type, protocol);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
