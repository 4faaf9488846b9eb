using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Calls;

namespace Plateau.IntegrationTests.Http;

/// <summary>What the one on call at night looks at.</summary>
public sealed class OperationTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_server_at_work_lives_and_is_ready()
    {
        using var client = server.Client(null);
        Assert.Equal("live", await client.GetStringAsync("/health/live", Stop));
        var parts = (JsonArray)JsonNode.Parse(await client.GetStringAsync("/health/ready", Stop))!;
        Assert.Contains(parts, p => (string?)p!["part"] == "centre acme");
        Assert.All(parts, p => Assert.True((bool)p!["isReady"]!));
    }

    [Fact]
    public async Task Figures_follow_the_floor_and_have_the_form_of_prometheus()
    {
        var tenant = server.Tenant();
        var last = tenant.Events.LastSequence;
        var now = Instant.Parse("2026-11-22T12:00:00Z");
        tenant.Sinks.Fact!(new FactRecord(
            last + 1, now, tenant.Id, new CallStarted(new CallId(9), CallDirection.Inbound, "+33199001234", "+33199000001")));
        tenant.Sinks.Fact(new FactRecord(
            last + 2, now, tenant.Id, new CallQueued(new CallId(9), new QueueId("sales"), now, 1, null)));
        using var client = server.Client(null);
        var text = await client.GetStringAsync("/metrics", Stop);
        Assert.Contains("plateau_queue_waiting{tenant=\"acme\",queue=\"sales\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("plateau_calls{tenant=\"acme\",state=\"Queued\"} 1\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.Matches(@"^(# (HELP|TYPE) [a-z_0-9]+ .*|[a-z_0-9]+(\{.*\})? -?[0-9.E+-]+)$", line));

        tenant.Sinks.Fact(new FactRecord(
            last + 3, now, tenant.Id, new CallCleared(new CallId(9), ClearingCause.Abandoned, ClearingSide.Customer)));
        text = await client.GetStringAsync("/metrics", Stop);
        Assert.Contains("plateau_queue_waiting{tenant=\"acme\",queue=\"sales\"} 0\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("state=\"Queued\"", text, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
