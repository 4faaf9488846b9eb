using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;

namespace Plateau.IntegrationTests.Calls;

/// <summary>The process is killed, the database goes away, while people talk.</summary>
[Collection(CallsCollection.Name)]
public sealed class OutageTests
{
    [Fact]
    public async Task After_kill_9_interrupted_calls_are_recorded_once_callbacks_wait_on_and_agents_keep_their_status()
    {
        using var folder = new TemporaryFolder();
        var queue = (QueueConfig q) => q with { Callback = new CallbackConfig { OfferAfterS = 0 } };
        var tenant = SmallCentre.Config(queue);
        var (sip, http) = (FreePort.Udp(), FreePort.Tcp());
        await File.WriteAllTextAsync(folder["server.json"], JsonSerializer.Serialize(
            RunningCentre.Configure(tenant, sip, http), PlateauJson.Options));
        await using var server = ForeignProcess.Start(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Plateau.Server.dll"), "serve", "--config", folder["server.json"]]);
        var at = new IPEndPoint(IPAddress.Loopback, sip);
        await server.Printed("Listening on http", FactLog.Patience);
        using (var outside = new Telephones(CallWorld.CarrierAddress, 0, at, folder.Path))
        using (var inside = new Telephones("127.0.0.1", 0, at, folder.Path))
        using (var api = RunningCentre.ApiAt($"http://127.0.0.1:{http}"))
        {
            await UpToTheKill(api, outside, inside);
            server.Kill();
            await server.Exit(FactLog.Patience);
        }

        await using var again = await RunningCentre.Start(tenant, folder);
        var state = again.Tenant.Writer;
        await again.Tenant.Driver.Query(_ => true);
        await again.Tenant.WaitUntilWritten(state.Written + state.Waiting).WaitAsync(FactLog.Patience);
        var records = (await again.Api.GetFromJsonAsync<LoadTests.Page>("/api/v1/records/calls", PlateauJson.Options))!.Items;
        var interrupted = records.Where(r => r.Cause == ClearingCause.Restart).ToList();
        Assert.Equal(["0639980001", "0639980002"], interrupted.Select(r => Ten(r.Caller)).Order());
        Assert.All(interrupted, r => Assert.Equal(ClearingSide.System, r.EndedBy));
        Assert.Equal(records.Count, records.DistinctBy(r => r.Call).Count());
        var floor = again.Tenant.Floor.Snapshot();
        Assert.DoesNotContain(floor.Calls, call => interrupted.Any(r => r.Call == call.Call));
        Assert.Equal("0639980003", Ten(Assert.Single(floor.Callbacks).Number));
        Assert.Equal(AgentStatus.Paused, again.Tenant.Floor.Agent(new AgentId("bob"))!.Status);
        Assert.Equal(AgentStatus.Ready, again.Tenant.Floor.Agent(new AgentId("ada"))!.Status);
    }

    [Fact]
    public async Task While_the_database_is_away_calls_go_on_and_their_records_appear_when_it_is_back()
    {
        await using var postgres = await PostgresServer.TryStart();
        Assert.SkipWhen(postgres is null, "PostgreSQL is not installed (Debian: postgresql)");
        var connection = await postgres!.NewDatabase();
        await using var world = await CallWorld.Start(server: config => config with
        {
            Database = new DatabaseConfig(DatabaseKind.Postgres, connection),
        });
        await world.LogIn("ada");
        var first = await world.Connect();

        await postgres.Crash();
        Assert.Equal("customer: ada; ada: customer", await Hearing.Of(first.Customer, first.Agent));
        var before = world.Facts.Count;
        first.Customer.Call.HangUp();
        await world.Facts.AgentIs("ada", AgentState.Idle, before);
        var second = await world.Connect();
        Assert.Equal("customer: ada; ada: customer", await Hearing.Of(second.Customer, second.Agent));
        second.Customer.Call.HangUp();
        await world.Facts.Seen<CallRecorded>(times: 2);
        await postgres.Start();

        Assert.Equal(ClearingCause.Normal, (await world.Record(first.Id)).Cause);
        Assert.Equal(ClearingCause.Normal, (await world.Record(second.Id)).Cause);
    }

    /// <summary>One talks to ada, one waits, one has asked for a callback, bob is at lunch.</summary>
    private static async Task UpToTheKill(HttpClient api, Telephones outside, Telephones inside)
    {
        await inside.Register("bob");
        await Post(api, "agents/bob/log-in", new { });
        await Post(api, "agents/bob/pause", new { reason = "lunch" });
        await inside.Register("ada");
        await Post(api, "agents/ada/log-in", new { });
        var first = outside.Call("first", 457, SmallCentre.QueueNumber, "0639980001");
        await (await inside.Offered("ada")).Answer();
        await first.Connected();
        await outside.Call("second", 457, SmallCentre.QueueNumber, "0639980002").Connected();
        var third = outside.Call("third", 457, SmallCentre.QueueNumber, "0639980003");
        await third.Connected();
        third.Call.SendDigits("1");
        await third.Ended();
    }

    private static async Task Post(HttpClient api, string route, object body)
    {
        var answer = await api.PostAsJsonAsync("/api/v1/" + route, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Ten(string number) => number.Replace("+33", "0", StringComparison.Ordinal);
}
