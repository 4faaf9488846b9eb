using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Plateau.Contracts.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Server.Storage;

namespace Plateau.IntegrationTests.Http;

/// <summary>Records, decisions, intervals and recordings of the calls that <see cref="SampleRecords"/> makes.</summary>
public sealed class RecordApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const int Calls = 7;
    private static readonly SemaphoreSlim Once = new(1, 1);

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_double_newest_first()
    {
        using var client = await Filled();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ApiServer.Read(await client.GetAsync(
                "/api/v1/records/calls?limit=3" + (cursor is null ? string.Empty : $"&cursor={cursor}"), Stop));
            seen.AddRange(((JsonArray)page["items"]!).Select(i => (string)i!["call"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(1, Calls).Reverse().Select(n => Id(n)), seen);
    }

    [Theory]
    [InlineData("number=9900123", Calls)]
    [InlineData("number=555", 0)]
    [InlineData("queue=sales", Calls)]
    [InlineData("queue=help", 0)]
    [InlineData("agent=a.durand", Calls)]
    [InlineData("disposition=sold&direction=inbound&cause=normal&answered=true", Calls)]
    [InlineData("answered=false", 0)]
    [InlineData("from=2026-11-22T12:00:03Z&to=2026-11-22T12:00:05Z", 2)]
    public async Task Searches_find_what_they_should(string query, int expected)
    {
        using var client = await Filled();
        var page = await ApiServer.Read(await client.GetAsync("/api/v1/records/calls?" + query, Stop));
        Assert.Equal(expected, ((JsonArray)page["items"]!).Count);
    }

    [Fact]
    public async Task A_record_and_why_it_went_where_it_went_are_told()
    {
        using var client = await Filled();
        var record = await ApiServer.Read(await client.GetAsync($"/api/v1/records/calls/{Id(1)}", Stop));
        Assert.Equal("+33199001234", (string?)record["caller"]);
        Assert.Equal(2, ((JsonArray)record["legs"]!).Count);
        var decisions = (JsonArray)await ApiServer.Read(await client.GetAsync($"/api/v1/records/calls/{Id(1)}/decisions", Stop));
        Assert.Equal("chosen", (string?)decisions[0]!["candidates"]![0]!["reason"]);
        var intervals = await ApiServer.Read(await client.GetAsync("/api/v1/records/agent-intervals?agent=a.durand", Stop));
        Assert.Equal(Calls, ((JsonArray)intervals["items"]!).Count);
    }

    [Fact]
    public async Task Csv_defuses_what_a_spreadsheet_would_run_and_the_export_is_audited()
    {
        using var client = await Filled();
        var response = await client.GetAsync("/api/v1/records/calls.csv", Stop);
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync(Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Calls + 1, lines.Length);
        Assert.Contains("'+33199001234", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK", lines[^1], StringComparison.Ordinal);
        var audit = await ApiServer.Read(await client.GetAsync("/api/v1/audit?action=export.calls", Stop));
        Assert.NotEmpty((JsonArray)audit["items"]!);
    }

    [Fact]
    public async Task A_recording_is_served_in_ranges_to_its_tenant_only_and_each_listening_is_audited()
    {
        using var client = await Filled();
        var folder = Path.Combine(server.Tenant().Folders.Recordings, "acme", "2026", "11");
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, "2.opus"), [0, 1, 2, 3, 4, 5, 6, 7], Stop);
        var address = $"/api/v1/recordings/{Id(2)}/audio";
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(2, 4);
        var part = await client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal([2, 3, 4], await part.Content.ReadAsByteArrayAsync(Stop));
        var audit = await ApiServer.Read(await client.GetAsync("/api/v1/audit?action=recording.listen", Stop));
        Assert.Equal(Id(2), (string?)audit["items"]![0]!["subject"]);

        using var stranger = server.Client(ApiServer.OtherKey);
        Assert.Equal((404, "notFound"), await ApiServer.Problem(await stranger.GetAsync(address, Stop)));
        Assert.Equal((410, "audioGone"), await ApiServer.Problem(
            await client.GetAsync($"/api/v1/recordings/{Id(3)}/audio", Stop)));
    }

    [Fact]
    public async Task Reports_are_computed_from_the_records_with_numerator_and_denominator()
    {
        using var client = await Filled();
        var report = await ApiServer.Read(await client.GetAsync(
            "/api/v1/reports/queues/sales?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z", Stop));
        Assert.Equal(Calls, (int)report["tally"]!["answered"]!);
        Assert.Equal("canonical-1", (string?)report["definition"]!["id"]);
        var bins = (JsonArray)await ApiServer.Read(await client.GetAsync(
            "/api/v1/reports/queues/sales/intervals?first=2026-11-22&last=2026-11-22&length=hour", Stop));
        Assert.Equal(24, bins.Count);
        Assert.Equal(Calls, bins.Sum(b => (int)b!["report"]!["tally"]!["answered"]!));
        Assert.True((await client.GetAsync(
            "/api/v1/reports/agents?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z", Stop)).IsSuccessStatusCode);
        Assert.Equal((400, "badParameter"), await ApiServer.Problem(await client.GetAsync(
            "/api/v1/reports/queues/sales?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z", Stop)));
    }

    private static string Id(int n) => new Contracts.CallId((ulong)n).ToString();

    private async Task<HttpClient> Filled()
    {
        await Once.WaitAsync(Stop);
        try
        {
            var tenant = server.Tenant();
            if (tenant.Writer.Written < Calls * 4)
            {
                var entries = SampleRecords.Entries(1, 1, 1, Calls).Select(Poisoned).ToList();
                tenant.Sinks.Store!(entries);
                await tenant.WaitUntilWritten(entries[^1].Ordinal).WaitAsync(ApiServer.Patience, Stop);
            }
        }
        finally
        {
            Once.Release();
        }

        return server.Client();
    }

    /// <summary>The last call's notes are a formula.</summary>
    private static OutboxEntry Poisoned(OutboxEntry entry) => entry.Call is { } call && call.Call.Value == Calls
        ? entry with { Call = call with { Notes = "=HYPERLINK(\"http://evil.invalid\")" } }
        : entry;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
