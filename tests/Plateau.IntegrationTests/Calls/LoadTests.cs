using System.Globalization;
using System.Net.Http.Json;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Telephony;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;

namespace Plateau.IntegrationTests.Calls;

/// <summary>A rush: 200 calls, 20 a second, with audio both ways, through a queue to forty agents.</summary>
[Collection(CallsCollection.Name)]
public sealed class LoadTests
{
    private const int Calls = 200;
    private static readonly string[] Crowd =
        [.. Enumerable.Range(1, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"agent{i:00}"))];

    [Fact]
    public async Task Two_hundred_calls_at_twenty_a_second_are_all_answered_and_nothing_is_left_behind()
    {
        await using var world = await CallWorld.Start(
            config => config with
            {
                Agents = [.. Crowd.Select(name => new AgentConfig { Id = new AgentId(name), Phone = new PhoneId(name) })],
                Phones =
                [
                    .. Crowd.Select(name => new PhoneConfig
                    {
                        Id = new PhoneId(name), Secret = SmallCentre.SecretOf(name), Codecs = ["PCMA"],
                    }),
                ],
                EntryPoints = [.. config.EntryPoints.Where(entry => entry.Agent is null)],
            },
            queue => queue with
            {
                Members = [.. Crowd.Select(name => new QueueMemberConfig(new AgentId(name)))],
                Recording = RecordingPolicy.Never,
            });
        var tone = Party.Tone(1_010, TimeSpan.FromSeconds(1));
        world.Inside.Otherwise = call =>
        {
            call.Answer();
            call.Say([tone], again: true);
        };
        await world.LogIn(Crowd);

        await new Sipp
        {
            Scenario = "talk_and_hang_up", ServerPort = world.Centre.SipPort, Number = SmallCentre.QueueNumber,
            Calls = Calls, CallsPerSecond = 20, EchoesRtp = true,
            Keys = new Dictionary<string, string> { ["talk_ms"] = "1500" },
        }.Run(TimeSpan.FromSeconds(90));

        await world.Facts.Seen<CallRecorded>(times: Calls);
        await world.Written();
        var records = (await world.Centre.Api.GetFromJsonAsync<Page>(
            "/api/v1/records/calls?limit=500", PlateauJson.Options))!.Items;
        Assert.Equal(Calls, records.Count);
        Assert.All(records, record =>
        {
            Assert.Equal((ClearingCause.Normal, ClearingSide.Customer), (record.Cause, record.EndedBy));
            Assert.Equal(QueueExit.Answered, Assert.Single(record.QueueVisits).Exit);
        });
        var quality = records.SelectMany(r => r.Legs).Select(leg => leg.Quality).ToList();
        Assert.DoesNotContain(null, quality);
        Assert.Equal(0, quality.Sum(q => (long)q!.PacketsLost));
        Assert.Equal(0, world.Centre.Tenant.Floor.CallsUp);
        Assert.Equal(0, await world.Centre.LegsUp());
    }

    internal sealed record Page(IReadOnlyList<CallRecord> Items, string? Next);
}
