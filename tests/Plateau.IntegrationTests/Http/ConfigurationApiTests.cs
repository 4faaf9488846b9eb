using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Plateau.IntegrationTests.Http;

public sealed class ConfigurationApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_queue_is_added_changed_read_and_removed()
    {
        using var client = server.Client();
        var put = await client.PutAsync(
            "/api/v1/configuration/queues/gold", ApiServer.Json("{'id': 'gold', 'ringS': 20}"), Stop);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(20, (int)(await ApiServer.Read(await client.GetAsync("/api/v1/configuration/queues/gold", Stop)))["ringS"]!);
        await client.PutAsync("/api/v1/configuration/queues/gold", ApiServer.Json("{'id': 'gold', 'ringS': 25}"), Stop);
        Assert.Equal(25, server.Tenant().Configs.Config.Queues.Single(q => q.Id.Value == "gold").RingS);
        Assert.Equal(HttpStatusCode.NoContent,
            (await client.DeleteAsync("/api/v1/configuration/queues/gold", Stop)).StatusCode);
        Assert.Equal((404, "notFound"), await ApiServer.Problem(
            await client.GetAsync("/api/v1/configuration/queues/gold", Stop)));
    }

    [Fact]
    public async Task A_rule_broken_inside_an_item_is_told_with_a_pointer_into_the_item()
    {
        using var client = server.Client();
        var response = await client.PutAsync("/api/v1/configuration/queues/sales", ApiServer.Json(
            "{'id': 'sales', 'members': [{'agent': 'nobody'}], 'ringS': 900}"), Stop);
        Assert.Equal((400, "invalid"), await ApiServer.Problem(response));
        var errors = ((JsonArray)(await ApiServer.Read(response))["errors"]!)
            .Select(e => $"{e!["pointer"]} {e["code"]}").Order(StringComparer.Ordinal);
        Assert.Equal(["/members/0/agent danglingReference", "/ringS outOfRange"], errors);
    }

    [Fact]
    public async Task What_others_refer_to_cannot_be_removed()
    {
        using var client = server.Client();
        var response = await client.DeleteAsync("/api/v1/configuration/hours/week", Stop);
        Assert.Equal((400, "invalid"), await ApiServer.Problem(response));
        Assert.Equal("/queues/0/hours", (string?)(await ApiServer.Read(response))["errors"]![0]!["pointer"]);
    }

    [Fact]
    public async Task The_id_of_the_address_and_of_the_body_must_agree()
    {
        using var client = server.Client();
        Assert.Equal((400, "idMismatch"), await ApiServer.Problem(await client.PutAsync(
            "/api/v1/configuration/queues/sales", ApiServer.Json("{'id': 'help'}"), Stop)));
    }

    [Fact]
    public async Task Secrets_are_never_shown_and_survive_a_round_trip()
    {
        using var client = server.Client();
        var text = await client.GetStringAsync("/api/v1/configuration", Stop);
        Assert.DoesNotContain("secret\":\"p", text, StringComparison.Ordinal);
        Assert.DoesNotContain("carrier-secret", text, StringComparison.Ordinal);
        Assert.True((await client.PutAsync("/api/v1/configuration", ApiServer.Json(text), Stop)).IsSuccessStatusCode);
        Assert.Equal("phone-secret", server.Tenant().Configs.Config.Phones[0].Secret);
        Assert.Equal("carrier-secret", server.Tenant().Configs.Config.Trunks[0].Account!.Secret);
        Assert.DoesNotContain("-secret", await client.GetStringAsync("/api/v1/configuration/phones/p1", Stop), StringComparison.Ordinal);
        var version = server.Tenant().Configs.Version;
        Assert.DoesNotContain("-secret",
            await client.GetStringAsync($"/api/v1/configuration/versions/{version}", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_edit_at_once_do_not_overwrite_each_other()
    {
        using var client = server.Client();
        var read = await client.GetAsync("/api/v1/configuration", Stop);
        var tag = read.Headers.ETag!;
        var text = await read.Content.ReadAsStringAsync(Stop);
        Assert.True((await Put(client, text, tag)).IsSuccessStatusCode);
        Assert.Equal((412, "versionMoved"), await ApiServer.Problem(await Put(client, text, tag)));
    }

    [Fact]
    public async Task A_plan_tells_what_would_change_by_name_and_changes_nothing()
    {
        using var client = server.Client();
        var config = (JsonObject)JsonNode.Parse(await client.GetStringAsync("/api/v1/configuration", Stop))!;
        config["name"] = "Acme";
        config["queues"]![0]!["ringS"] = 33;
        ((JsonArray)config["queues"]!).RemoveAt(1);
        ((JsonArray)config["skills"]!).Add(JsonNode.Parse("""{ "id": "en", "name": "English" }"""));
        var before = server.Tenant().Configs.Version;
        var plan = await ApiServer.Read(await client.PostAsync(
            "/api/v1/configuration/plan", ApiServer.Json(config.ToJsonString()), Stop));
        var changes = ((JsonArray)plan["changes"]!).Select(c => $"{c!["kind"]} {c["path"]}");
        Assert.Equal(["change name", "add skills/en", "change queues/sales/ringS", "remove queues/help"], changes);
        Assert.Equal(before, server.Tenant().Configs.Version);
    }

    [Fact]
    public async Task An_old_version_can_be_put_into_force_again_bit_by_bit()
    {
        using var client = server.Client();
        var old = server.Tenant().Configs.Version;
        var text = await client.GetStringAsync("/api/v1/configuration", Stop);
        await client.PutAsync("/api/v1/configuration/skills/es", ApiServer.Json("{'id': 'es'}"), Stop);
        Assert.NotEqual(text, await client.GetStringAsync("/api/v1/configuration", Stop));
        Assert.True((await client.PostAsync($"/api/v1/configuration/versions/{old}/restore", null, Stop)).IsSuccessStatusCode);
        Assert.Equal(text, await client.GetStringAsync("/api/v1/configuration", Stop));
        var versions = (JsonArray)JsonNode.Parse(await client.GetStringAsync("/api/v1/configuration/versions", Stop))!;
        Assert.Equal($"restored from {old}", (string?)versions[0]!["comment"]);
    }

    [Fact]
    public async Task A_flow_can_be_checked_before_it_is_saved()
    {
        using var client = server.Client();
        var good = await ApiServer.Read(await client.PostAsync("/api/v1/flows/validate", ApiServer.Json(
            "{'id': 'new', 'start': 'a', 'nodes': {'a': {'type': 'hangup'}}}"), Stop));
        Assert.True((bool)good["isValid"]!);
        var bad = await ApiServer.Read(await client.PostAsync("/api/v1/flows/validate", ApiServer.Json(
            "{'id': 'new', 'start': 'a', 'nodes': {'a': {'type': 'queue', 'queue': 'nowhere'}}}"), Stop));
        Assert.False((bool)bad["isValid"]!);
        Assert.StartsWith("/nodes/a", (string?)bad["errors"]![0]!["pointer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_audio_is_no_prompt()
    {
        using var client = server.Client();
        var noise = new ByteArrayContent([1, 2, 3, 4]);
        Assert.Equal((422, "notAudio"), await ApiServer.Problem(
            await client.PutAsync("/api/v1/prompts/hello/audio/fr", noise, Stop)));
        Assert.Equal((404, "notFound"), await ApiServer.Problem(
            await client.PutAsync("/api/v1/prompts/nobody/audio/fr", noise, Stop)));
    }

    private static Task<HttpResponseMessage> Put(HttpClient client, string text, EntityTagHeaderValue tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/configuration") { Content = ApiServer.Json(text) };
        request.Headers.IfMatch.Add(tag);
        return client.SendAsync(request, Stop);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
