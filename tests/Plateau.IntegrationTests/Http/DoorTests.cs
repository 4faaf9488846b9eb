using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Plateau.IntegrationTests.Http;

/// <summary>Who comes in, what may be sent, and how a refusal looks.</summary>
public sealed class DoorTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Without_a_key_or_with_a_wrong_one_nothing_is_told()
    {
        using var nobody = server.Client(null);
        using var guesser = server.Client("wrong");
        Assert.Equal((401, "keyNeeded"), await ApiServer.Problem(await nobody.GetAsync("/api/v1/queues", Stop)));
        Assert.Equal((401, "keyNeeded"), await ApiServer.Problem(await guesser.GetAsync("/api/v1/queues", Stop)));
        Assert.Equal((401, "keyNeeded"), await ApiServer.Problem(await nobody.GetAsync("/api/v1/no-such-thing", Stop)));
    }

    [Fact]
    public async Task A_key_that_may_read_may_neither_operate_nor_configure()
    {
        using var reader = server.Client(ApiServer.ReadKey);
        Assert.True((await reader.GetAsync("/api/v1/queues", Stop)).IsSuccessStatusCode);
        Assert.Equal((403, "scopeMissing"), await ApiServer.Problem(
            await reader.PostAsync("/api/v1/agents/a.durand/ready", ApiServer.Json("{}"), Stop)));
        Assert.Equal((403, "scopeMissing"), await ApiServer.Problem(
            await reader.DeleteAsync("/api/v1/configuration/queues/sales", Stop)));
    }

    [Fact]
    public async Task A_key_for_several_tenants_must_name_one()
    {
        using var all = server.Client(ApiServer.AllKey);
        Assert.Equal((400, "tenantNeeded"), await ApiServer.Problem(await all.GetAsync("/api/v1/configuration", Stop)));
        all.DefaultRequestHeaders.Add("Plateau-Tenant", "other");
        Assert.Equal("other", (string?)(await ApiServer.Read(await all.GetAsync("/api/v1/configuration", Stop)))["tenant"]);
    }

    [Fact]
    public async Task Problems_speak_the_language_asked_for()
    {
        using var client = server.Client(null);
        client.DefaultRequestHeaders.Add("Accept-Language", "fr");
        var problem = await ApiServer.Read(await client.GetAsync("/api/v1/queues", Stop));
        Assert.StartsWith("Il faut une clé", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'agent': 'a.durand', 'agnet': 'x'}", "unknownMember", "/agnet")]
    [InlineData("{}", "missingMember", "/agent")]
    [InlineData("{'agent': 7}", "wrongType", "/agent")]
    [InlineData("{'agent': 'a b'}", "wrongValue", "/agent")]
    [InlineData("{'agent': 'a', 'agent': 'b'}", "doubleMember", "/agent")]
    [InlineData("[]", "wrongType", "")]
    [InlineData("{'agent': ", "syntax", "")]
    public async Task A_body_that_does_not_validate_is_refused_with_pointers(string body, string code, string pointer)
    {
        using var client = server.Client();
        var response = await client.PostAsync("/api/v1/calls/0000000000001/hold", ApiServer.Json(body), Stop);
        var (status, problem) = await ApiServer.Problem(response);
        Assert.Equal((400, code == "syntax" ? "badJson" : "invalid"), (status, problem));
        var error = (JsonObject)(await ApiServer.Read(response))["errors"]![0]!;
        Assert.Equal((code, pointer), ((string?)error["code"], (string?)error["pointer"]));
    }

    [Fact]
    public async Task A_body_of_another_kind_or_too_large_is_refused()
    {
        using var client = server.Client();
        Assert.Equal((415, "notJson"), await ApiServer.Problem(await client.PostAsync(
            "/api/v1/calls", new StringContent("x", Encoding.UTF8, "text/plain"), Stop)));
        await using var small = new ApiServer { Limits = "'bodyBytesMax': 1024" };
        await small.InitializeAsync();
        using var sender = small.Client();
        Assert.Equal((413, "bodyTooLarge"), await ApiServer.Problem(
            await sender.PostAsync("/api/v1/calls", ApiServer.Json(new string(' ', 2_048)), Stop)));
    }

    [Theory]
    [InlineData("/api/v1/records/calls?from=yesterday")]
    [InlineData("/api/v1/records/calls?limit=0")]
    [InlineData("/api/v1/records/calls?direction=sideways")]
    [InlineData("/api/v1/records/calls?cursor=nonsense")]
    [InlineData("/api/v1/records/agent-intervals?cursor=nonsense")]
    public async Task A_wrong_parameter_is_named_and_not_ignored(string address)
    {
        using var client = server.Client();
        Assert.Equal((400, "badParameter"), await ApiServer.Problem(await client.GetAsync(address, Stop)));
    }

    [Fact]
    public async Task What_does_not_exist_and_wrong_methods_are_problems_too()
    {
        using var client = server.Client();
        Assert.Equal((404, "notFound"), await ApiServer.Problem(await client.GetAsync("/api/v1/no-such-thing", Stop)));
        Assert.Equal((405, "methodNotAllowed"), await ApiServer.Problem(await client.PatchAsync("/api/v1/queues", null, Stop)));
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_to_wait()
    {
        await using var slow = new ApiServer { Limits = "'requestsPerSecondMax': 1" };
        await slow.InitializeAsync();
        using var client = slow.Client();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 14; i++)
        {
            answers.Add(await client.GetAsync("/api/v1/queues", Stop));
        }

        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.True(answers.Count(a => a.IsSuccessStatusCode) >= 10);
        Assert.Equal((429, "tooManyRequests"), await ApiServer.Problem(refused));
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_source_that_guesses_keys_is_shut_out_even_with_a_right_one()
    {
        await using var strict = new ApiServer { Limits = "'wrongKeysPerMinuteMax': 3" };
        await strict.InitializeAsync();
        using var guesser = strict.Client("wrong");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((401, "keyNeeded"), await ApiServer.Problem(await guesser.GetAsync("/api/v1/queues", Stop)));
        }

        using var holder = strict.Client();
        Assert.Equal((429, "tooManyWrongKeys"), await ApiServer.Problem(await holder.GetAsync("/api/v1/queues", Stop)));
    }

    [Fact]
    public async Task Keys_can_be_made_used_and_revoked_and_their_secret_is_kept_nowhere()
    {
        using var client = server.Client();
        var made = await ApiServer.Read(await client.PostAsync(
            "/api/v1/keys", ApiServer.Json("{'name': 'board', 'scopes': ['read']}"), Stop));
        var secret = (string)made["secret"]!;
        using var board = server.Client(secret);
        Assert.True((await board.GetAsync("/api/v1/queues", Stop)).IsSuccessStatusCode);
        Assert.Equal((403, "scopeMissing"), await ApiServer.Problem(
            await board.PostAsync("/api/v1/calls", ApiServer.Json("{}"), Stop)));
        Assert.DoesNotContain(secret.Split('_')[2], await client.GetStringAsync("/api/v1/keys", Stop), StringComparison.Ordinal);

        var key = (string)made["entry"]!["key"]!;
        using var stranger = server.Client(ApiServer.OtherKey);
        Assert.Equal((404, "notFound"), await ApiServer.Problem(await stranger.DeleteAsync($"/api/v1/keys/{key}", Stop)));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/keys/{key}", Stop)).StatusCode);
        var lines = (JsonArray)(await ApiServer.Read(await client.GetAsync("/api/v1/audit?action=key.revoke", Stop)))["items"]!;
        Assert.Contains(lines, l => (string?)l!["subject"] == key && (string?)l["actor"] == "acme");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
