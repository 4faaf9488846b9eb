using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Server.Hosting;

namespace Plateau.IntegrationTests.Http;

public sealed class StreamApiTests : IAsyncLifetime
{
    private static readonly Instant Noon = Instant.Parse("2026-11-22T12:00:00Z");
    private readonly ApiServer _server = new();
    private long _told;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _told = _server.Tenant().Events.LastSequence;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Events_come_in_order_and_go_on_where_the_reader_left()
    {
        var start = _told;
        using (var first = await _server.Events($"?after={start}"))
        {
            await Attached(first);
            Tell(6);
            for (var i = 1; i <= 3; i++)
            {
                Assert.Equal(start + i, Sequence(await ApiServer.Next(first)));
            }
        }

        using var second = await _server.Events($"?after={start + 3}");
        await Attached(second);
        for (var i = 4; i <= 6; i++)
        {
            Assert.Equal(start + i, Sequence(await ApiServer.Next(second)));
        }
    }

    [Fact]
    public async Task A_reader_who_names_no_place_hears_what_comes_from_now_on()
    {
        Tell(2);
        using var socket = await _server.Events();
        await Attached(socket);
        Tell(1);
        Assert.Equal(_told, Sequence(await ApiServer.Next(socket)));
    }

    [Fact]
    public async Task The_floor_comes_first_and_events_bring_it_forward_without_gap()
    {
        Tell(new CallStarted(new CallId(1), CallDirection.Inbound, "+33199001234", "+33199000001"));
        Tell(new CallQueued(new CallId(1), new QueueId("sales"), Noon, 1, null));
        using var socket = await _server.Events("?floor=true");
        var floor = await ApiServer.Next(socket);
        Assert.Equal("floor", (string?)floor!["kind"]);
        Assert.Equal("queued", (string?)floor["floor"]!["calls"]![0]!["state"]);
        var last = Sequence(floor);
        Tell(new CallCleared(new CallId(1), ClearingCause.Abandoned, ClearingSide.Customer));
        Assert.Equal(last + 1, Sequence(await ApiServer.Next(socket)));
    }

    [Fact]
    public async Task Only_the_types_wanted_are_told()
    {
        var start = _told;
        Tell(new CallStarted(new CallId(1), CallDirection.Inbound, "+33199001234", "+33199000001"));
        Tell(new AgentStateChanged(
            new AgentId("a.durand"), AgentStatus.Ready, AgentState.Idle, null, AgentCause.Agent));
        using var socket = await _server.Events($"?after={start}&types=agentStateChanged");
        await Attached(socket);
        var message = await ApiServer.Next(socket);
        Assert.Equal("agentStateChanged", (string?)message!["fact"]!["type"]);
        Assert.Equal(start + 2, Sequence(message));
    }

    [Fact]
    public async Task Another_tenants_events_are_not_heard()
    {
        using var socket = await _server.Events("?floor=true", ApiServer.OtherKey);
        Assert.Empty((JsonArray)(await ApiServer.Next(socket))!["floor"]!["calls"]!);
        Tell(3);
        var other = _server.Tenant("other");
        var last = other.Events.LastSequence;
        other.Sinks.Fact!(new FactRecord(last + 1, Noon, other.Id, new ConfigApplied("mine")));
        var message = await ApiServer.Next(socket);
        Assert.Equal("configApplied", (string?)message!["fact"]!["type"]);
        Assert.Equal("mine", (string?)message["fact"]!["summary"]);
    }

    [Fact]
    public async Task A_place_that_does_not_exist_closes_the_stream_with_its_name()
    {
        Tell(1);
        using var socket = await _server.Events($"?after={_told + 1000}");
        await Attached(socket);
        Assert.Null(await ApiServer.Next(socket));
        Assert.Equal((4001, "factsGone"), ((int)socket.CloseStatus!.Value, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task A_server_that_stops_says_so_and_is_not_ready()
    {
        using var socket = await _server.Events();
        await Attached(socket);
        await _server.Part<Drain>().Run();
        Assert.Null(await ApiServer.Next(socket));
        Assert.Equal((4003, "draining"), ((int)socket.CloseStatus!.Value, socket.CloseStatusDescription));
        using var client = _server.Client();
        Assert.Equal(503, (int)(await client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal((503, "draining"), await ApiServer.Problem(await client.PostAsync(
            "/api/v1/calls", ApiServer.Json("{'agent': 'a.durand', 'target': {'number': '+33199001234'}}"),
            TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_wrong_filter_and_a_plain_request_are_named_problems()
    {
        using var client = _server.Client();
        Assert.Equal((400, "badParameter"), await ApiServer.Problem(
            await client.GetAsync("/api/v1/events?types=nonsense", TestContext.Current.CancellationToken)));
        Assert.Equal((426, "webSocketNeeded"), await ApiServer.Problem(
            await client.GetAsync("/api/v1/events", TestContext.Current.CancellationToken)));
    }

    /// <summary>Completes when the stream follows, which its first heartbeat tells.</summary>
    private static async Task Attached(ClientWebSocket socket) =>
        Assert.Equal("heartbeat", (string?)(await ApiServer.Next(socket))!["kind"]);

    private void Tell(int facts)
    {
        for (var i = 0; i < facts; i++)
        {
            Tell(new ConfigApplied($"fact {i}"));
        }
    }

    private void Tell(Fact fact)
    {
        var tenant = _server.Tenant();
        tenant.Sinks.Fact!(new FactRecord(++_told, Noon, tenant.Id, fact));
    }

    private static long Sequence(JsonNode? message) => (long)message!["sequence"]!;
}
