using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Server.Hosting;
using Plateau.Server.Tenancy;

namespace Plateau.IntegrationTests.Http;

/// <summary>A real server on a free loopback port with SQLite in a temporary folder, and two tenants: acme and
/// other.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    public const string AllKey = "test-key-that-may-do-everything-everywhere";
    public const string AcmeKey = "test-key-that-may-do-everything-at-acme";
    public const string OtherKey = "test-key-that-may-do-everything-at-other";
    public const string ReadKey = "test-key-that-may-only-read-at-acme";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Centre = """
        'skills': [{ 'id': 'fr' }],
        'hours': [{ 'id': 'week', 'periods': [{ 'days': ['monday'], 'from': '09:00', 'to': '18:00' }] }],
        'queues': [{ 'id': 'sales', 'hours': 'week' }, { 'id': 'help' }],
        'agents': [{ 'id': 'a.durand', 'phone': 'PHONE', 'skills': { 'fr': 5 } }],
        'prompts': [{ 'id': 'hello', 'texts': { 'fr': 'Bonjour' } }],
        'dispositions': [{ 'id': 'sold' }],
        'notReadyReasons': [{ 'id': 'lunch' }],
        'entryPoints': [{ 'number': '+33199000001', 'queue': 'sales' }],
        'flows': [{ 'id': 'welcome', 'start': 'bye', 'nodes': { 'bye': { 'type': 'hangup' } } }],
        'trunks': [{ 'id': 'carrier', 'hosts': [{ 'host': '192.0.2.1' }],
                     'account': { 'user': '0199000001', 'secret': 'carrier-secret', 'registers': false } }],
        'phones': [{ 'id': 'PHONE', 'secret': 'phone-secret' }]
        """;

    private readonly TemporaryFolder _folder = new();
    private WebApplication? _server;

    /// <summary>Members of the limits; set before the server starts.</summary>
    public string Limits { get; init; } = "'requestsPerSecondMax': 10000, 'wrongKeysPerMinuteMax': 10000";

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        var text = $$"""
            {
              'http': { 'port': 0 }, 'sip': { 'listeners': [] }, 'journal': { 'mode': 'write' },
              'limits': { {{Limits}} },
              'apiKeys': [
                { 'name': 'all', 'key': '{{AllKey}}', 'scopes': ['read', 'operate', 'configure'] },
                { 'name': 'acme', 'key': '{{AcmeKey}}', 'scopes': ['read', 'operate', 'configure'], 'tenants': ['acme'] },
                { 'name': 'other', 'key': '{{OtherKey}}', 'scopes': ['read', 'operate', 'configure'], 'tenants': ['other'] },
                { 'name': 'reader', 'key': '{{ReadKey}}', 'tenants': ['acme'] }
              ],
              'tenants': [
                { 'tenant': 'acme', {{Centre.Replace("PHONE", "p1")}} },
                { 'tenant': 'other', 'name': 'Other' }
              ]
            }
            """.Replace('\'', '"');
        var reading = ConfigParser.ParseServer(Encoding.UTF8.GetBytes(text));
        Assert.Empty(reading.Errors);
        _server = ServerHost.Build(reading.Value!, ServerFolders.Of(reading.Value!, _folder.Path));
        await ServerHost.StartTenants(_server);
        await _server.StartAsync();
        Address = new Uri(_server.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    internal T Part<T>()
        where T : notnull => _server!.Services.GetRequiredService<T>();

    internal TenantHost Tenant(string name = "acme") => Part<TenantHosts>().Find(new TenantId(name))!;

    public HttpClient Client(string? key = AcmeKey)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = Patience };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    /// <summary>A JSON body, with ' for ".</summary>
    public static StringContent Json(string text) => new(text.Replace('\'', '"'), Encoding.UTF8, "application/json");

    public static async Task<JsonNode> Read(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    /// <summary>The problem's status and code; fails when the answer is no problem document.</summary>
    public static async Task<(int Status, string Code)> Problem(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await Read(response);
        Assert.Equal((int)response.StatusCode, (int)problem["status"]!);
        Assert.StartsWith("urn:plateau:problem:", (string)problem["type"]!, StringComparison.Ordinal);
        return ((int)response.StatusCode, (string)problem["code"]!);
    }

    /// <summary>Opens the event stream.</summary>
    public async Task<ClientWebSocket> Events(string query = "", string key = AcmeKey)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + key);
        using var soon = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new Uri($"ws://{Address.Authority}/api/v1/events{query}"), soon.Token);
        return socket;
    }

    /// <summary>The next message of a stream; null when it was closed.</summary>
    public static async Task<JsonNode?> Next(ClientWebSocket socket)
    {
        using var soon = new CancellationTokenSource(Patience);
        using var text = new MemoryStream();
        var buffer = new byte[16_384];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, soon.Token);
            text.Write(buffer, 0, part.Count);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.EndOfMessage)
            {
                return JsonNode.Parse(text.ToArray());
            }
        }
    }
}
