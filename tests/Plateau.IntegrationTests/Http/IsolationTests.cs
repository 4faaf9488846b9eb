using System.Text;
using System.Text.Json.Nodes;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Contracts;
using Plateau.Contracts.Calls;

namespace Plateau.IntegrationTests.Http;

/// <summary>Acceptance 18 in small: every route of the document with the ids of another tenant.</summary>
public sealed class IsolationTests(ApiServer server) : IClassFixture<ApiServer>
{
    /// <summary>Ids that exist at acme, by the name of the route's parameter.</summary>
    private static readonly Dictionary<string, string> AcmeIds = new()
    {
        ["call"] = new CallId(1).ToString(), ["recording"] = new CallId(1).ToString(), ["agent"] = "a.durand",
        ["queue"] = "sales", ["offer"] = new OfferId(1).ToString(), ["callback"] = new CallbackId(1).ToString(),
        ["slot"] = "1", ["prompt"] = "hello", ["language"] = "fr", ["webhook"] = "acme-hook", ["version"] = "1",
        ["key"] = "0123456789abcdef",
    };

    private static readonly Dictionary<string, string> AcmeItems = new()
    {
        ["skills"] = "fr", ["hours"] = "week", ["queues"] = "sales", ["agents"] = "a.durand", ["prompts"] = "hello",
        ["dispositions"] = "sold", ["notReadyReasons"] = "lunch", ["entryPoints"] = "+33199000001", ["flows"] = "welcome",
        ["trunks"] = "carrier", ["phones"] = "p1", ["teams"] = "team", ["serviceLevels"] = "level",
    };

    /// <summary>Bodies that validate, so that a refusal is about the id and not about the body.</summary>
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["/mute"] = "{'agent':'a.durand','muted':true}", ["/hang-up"] = "{}", ["/transfer"] = "{'target':{'queue':'sales'}}",
        ["/consult"] = "{'agent':'a.durand','target':{'queue':'sales'}}", ["/park"] = "{}", ["/digits"] = "{'digits':'1'}",
        ["/recording"] = "{'action':'start'}", ["/monitoring"] = "{'supervisor':'a.durand','mode':'listen'}",
        ["/stop"] = "{'supervisor':'a.durand'}", ["/take-over"] = "{'supervisor':'a.durand'}",
        ["/disposition"] = "{'disposition':'sold'}", ["/move"] = "{'queue':'sales'}", ["/priority"] = "{'priorityS':1}",
        ["/pause"] = "{'reason':'lunch'}", ["/open"] = "{}", ["/queues"] = "{}", ["/skills"] = "{}",
        ["/calls"] = "{'agent':'a.durand','target':{'queue':'sales'}}",
        ["/log-in"] = "{}", ["/log-out"] = "{}", ["/ready"] = "{}", ["/request-wrap-up"] = "{}", ["/end-wrap-up"] = "{}",
        ["/heartbeat"] = "{}", ["/acknowledge"] = "{}", ["/accept"] = "{}", ["/reject"] = "{}", ["/cancel"] = "{}",
    };

    [Fact]
    public async Task No_route_tells_a_foreign_id_from_one_that_does_not_exist()
    {
        await Fill();
        using var stranger = server.Client(ApiServer.OtherKey);
        var leaks = new List<string>();
        var tried = 0;
        foreach (var (method, path) in await Routes(stranger))
        {
            if (!path.Contains('{', StringComparison.Ordinal) || method == "PUT" || path.Contains("versions", StringComparison.Ordinal))
            {
                continue; // A PUT makes a thing of one's own; versions count in every tenant from 1.
            }

            tried++;
            var foreign = await Ask(stranger, method, Fill(path));
            if ((int)foreign.StatusCode is not (403 or 404))
            {
                leaks.Add($"{method} {Fill(path)}: {(int)foreign.StatusCode} {await foreign.Content.ReadAsStringAsync(Stop)}");
            }
        }

        Assert.Empty(leaks);
        Assert.True(tried > 50, $"only {tried} routes were tried");
    }

    [Fact]
    public async Task Every_route_refuses_a_foreign_tenant_by_name_as_if_it_did_not_exist()
    {
        using var stranger = server.Client(ApiServer.OtherKey);
        foreach (var tenant in new[] { "acme", "nobody" })
        {
            stranger.DefaultRequestHeaders.Remove("Plateau-Tenant");
            stranger.DefaultRequestHeaders.Add("Plateau-Tenant", tenant);
            foreach (var (method, path) in await Routes(stranger))
            {
                Assert.Equal((404, "notFound"), await ApiServer.Problem(await Ask(stranger, method, Fill(path))));
            }
        }
    }

    [Fact]
    public async Task Lists_hold_nothing_of_another_tenant()
    {
        await Fill();
        using var stranger = server.Client(ApiServer.OtherKey);
        foreach (var (method, path) in await Routes(stranger))
        {
            if (method == "GET" && !path.Contains('{', StringComparison.Ordinal) && !path.EndsWith("/schema", StringComparison.Ordinal))
            {
                var text = await (await Ask(stranger, method, path)).Content.ReadAsStringAsync(Stop);
                Assert.DoesNotContain("a.durand", text, StringComparison.Ordinal);
                Assert.DoesNotContain("33199001234", text, StringComparison.Ordinal);
                Assert.DoesNotContain("acme", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_document_covers_every_route_and_every_route_its_errors()
    {
        using var client = server.Client();
        var document = await ApiServer.Read(await client.GetAsync("/api/v1/openapi.json", Stop));
        var documented = (await Routes(client)).Select(r => $"{r.Method} {r.Path}").ToHashSet();
        var served = server.Part<IEnumerable<Microsoft.AspNetCore.Routing.EndpointDataSource>>()
            .SelectMany(s => s.Endpoints).OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Where(e => e.Metadata.OfType<Server.Hosting.ScopeNeeded>().Any())
            .SelectMany(e => e.Metadata.OfType<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().Single().HttpMethods
                .Select(m => $"{m} {e.RoutePattern.RawText}"));
        Assert.Equal(served.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        foreach (var (path, operations) in (JsonObject)document["paths"]!)
        {
            foreach (var (method, operation) in (JsonObject)operations!)
            {
                Assert.True(operation!["responses"]!["404"] is not null, $"{method} {path} has no 404");
                Assert.False(string.IsNullOrEmpty((string?)operation["summary"]), $"{method} {path} has no summary");
                Assert.True(method is not ("put" or "post") || operation["requestBody"] is not null || IsBodiless(path),
                    $"{method} {path} has no body");
            }
        }
    }

    private static bool IsBodiless(string path) => path.EndsWith("/restore", StringComparison.Ordinal)
        || path.EndsWith("/revive", StringComparison.Ordinal) || path.EndsWith("/test", StringComparison.Ordinal);

    private async Task Fill()
    {
        var tenant = server.Tenant();
        if (tenant.Writer.Written == 0)
        {
            tenant.Sinks.Store!(SampleRecords.Entries(1, 1, 1, 1));
            tenant.Sinks.Fact!(new FactRecord(
                tenant.Events.LastSequence + 1, SampleRecords.Noon, tenant.Id,
                new CallStarted(new CallId(1), CallDirection.Inbound, "+33199001234", "+33199000001")));
            await tenant.WaitUntilWritten(4).WaitAsync(ApiServer.Patience, Stop);
            using var owner = server.Client();
            await owner.PutAsync("/api/v1/webhooks/acme-hook", ApiServer.Json("{'url':'https://hook.invalid/'}"), Stop);
        }
    }

    private static string Fill(string path)
    {
        var text = new StringBuilder();
        var steps = path.Split('/');
        for (var i = 1; i < steps.Length; i++)
        {
            var step = steps[i];
            var value = !step.StartsWith('{') ? step
                : step == "{id}" ? AcmeItems[steps[i - 1]]
                : AcmeIds[step[1..^1]];
            text.Append('/').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    private static async Task<IReadOnlyList<(string Method, string Path)>> Routes(HttpClient client)
    {
        var document = await ApiServer.Read(await client.GetAsync("/api/v1/openapi.json", Stop));
        return [.. ((JsonObject)document["paths"]!).SelectMany(p => ((JsonObject)p.Value!)
            .Select(o => (o.Key.ToUpperInvariant(), p.Key)))];
    }

    private static Task<HttpResponseMessage> Ask(HttpClient client, string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
        {
            var body = path.Contains("/consult/", StringComparison.Ordinal) ? null
                : Bodies.GetValueOrDefault("/" + path.Split('/')[^1]);
            request.Content = path.Contains("/audio/", StringComparison.Ordinal)
                ? new ByteArrayContent([1]) { Headers = { ContentType = new("audio/wav") } }
                : ApiServer.Json(body ?? "{'agent':'a.durand'}");
        }

        return client.SendAsync(request, Stop);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
