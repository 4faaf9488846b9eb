using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Plateau.Contracts;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.IntegrationTests.Peers;
using Plateau.Server.Hosting;

namespace Plateau.IntegrationTests.Fixtures;

/// <summary>A whole server on loopback with one tenant: real SIP, RTP, HTTP, SQLite; gone with the test.</summary>
internal sealed class RunningCentre : IAsyncDisposable
{
    internal const string Key = "test-key-0123456789abcdef-0123456789";

    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;
    private readonly WebApplication _server;

    private RunningCentre(WebApplication server, ServerConfig config, TemporaryFolder folder, bool ownsFolder)
    {
        _server = server;
        _folder = folder;
        _ownsFolder = ownsFolder;
        Config = config;
        SipPort = config.Sip.Listeners[0].Port;
        Tenant = server.Services.GetRequiredService<TenantHosts>().All.First();
        var address = server.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First();
        Api = ApiAt(address);
    }

    internal ServerConfig Config { get; }

    internal TenantHost Tenant { get; }

    /// <summary>SIP port on 127.0.0.1, UDP and TCP.</summary>
    internal int SipPort { get; }

    /// <summary>The API with a key that may do everything.</summary>
    internal HttpClient Api { get; }

    internal string RecordingsFolder => Path.Combine(_folder.Path, "data", "recordings");

    /// <summary>A server on loopback with one tenant.</summary>
    internal static ServerConfig Configure(CentreConfig tenant, int sipPort, int httpPort)
    {
        var rtp = FreePort.Range(800);
        return new ServerConfig
        {
            Folder = "data",
            Sip = new SipServerConfig
            {
                Listeners =
                [
                    new SipListenerConfig(SipTransportKind.Udp, "127.0.0.1", sipPort),
                    new SipListenerConfig(SipTransportKind.Tcp, "127.0.0.1", sipPort),
                ],
                AdvertisedAddress = "127.0.0.1",
                Domain = "127.0.0.1",
            },
            Rtp = new RtpServerConfig { Address = "127.0.0.1", PortMin = rtp, PortMax = rtp + 799, Threads = 1 },
            Http = new HttpServerConfig { Port = httpPort },
            Journal = new JournalConfig(JournalMode.Write),
            ApiKeys = [new ApiKeyConfig("tests", Key, Scopes: [ApiScope.Read, ApiScope.Operate, ApiScope.Configure])],
            Tenants = [tenant],
        };
    }

    /// <summary>The API with the key that may do everything.</summary>
    internal static HttpClient ApiAt(string address)
    {
        var api = new HttpClient { BaseAddress = new Uri(address) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return api;
    }

    /// <summary>Legs that telephony knows.</summary>
    internal Task<int> LegsUp()
    {
        var sip = _server.Services.GetRequiredService<Lines>().Floor!.Sip;
        return sip.AskAsync(() => sip.Legs.Count);
    }

    /// <summary>Starts a server and waits until it takes calls.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="folder">Where it keeps everything; null for a folder of its own.</param>
    /// <param name="change">Last changes of the server's configuration.</param>
    internal static async Task<RunningCentre> Start(
        CentreConfig tenant, TemporaryFolder? folder = null, Func<ServerConfig, ServerConfig>? change = null)
    {
        var kept = folder ?? new TemporaryFolder();
        var config = Configure(tenant, FreePort.Udp(), 0);
        config = change?.Invoke(config) ?? config;
        var server = ServerHost.Build(config, ServerFolders.Of(config, kept.Path));
        await ServerHost.StartTenants(server);
        await server.StartAsync();
        return new RunningCentre(server, config, kept, folder is null);
    }

    /// <summary>Asks the centre for something and expects it to be granted.</summary>
    internal async Task<AnswerRequest> Grant(Func<RequestId, CentreRequest> make)
    {
        var answer = await Tenant.Driver.Ask(make).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(answer.Error is null, $"{answer.Error}: {answer.Detail}");
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }
}
