using System.Text.Json;
using System.Text.Json.Nodes;
using Plateau.Contracts;

namespace Plateau.Benchmarks.Peers;

/// <summary>Plateau's configuration for the side-by-side load: the same numbers as the other side's dial
/// plan.</summary>
/// <remarks>Callers come from 127.0.0.2, agents' phones answer at 127.0.0.3:5070 without registering.</remarks>
internal static class PeersConfig
{
    private const int AgentsMax = 2_000;
    private static readonly int[] QueueSizes = [50, 500, AgentsMax];

    /// <summary>Writes the configuration as JSON.</summary>
    /// <param name="folder">Folder of data and recordings.</param>
    /// <param name="key">API key with all scopes.</param>
    internal static string Write(string folder, string key)
    {
        var config = new JsonObject
        {
            ["data"] = folder,
            ["sip"] = new JsonObject
            {
                ["listeners"] = new JsonArray(Object("transport", "udp", "address", "127.0.0.1", "port", 5060)),
                ["advertisedAddress"] = "127.0.0.1",
            },
            ["rtp"] = Object("address", "127.0.0.1", "portMin", 20_000, "portMax", 31_999, "threads", 1),
            ["http"] = Object("address", "127.0.0.1", "port", 8089),
            ["journal"] = Object("mode", "write"),
            ["limits"] = Object("requestsPerSecondMax", 10_000),
            ["apiKeys"] = new JsonArray(new JsonObject
            {
                ["name"] = "bench", ["key"] = key, ["scopes"] = new JsonArray("read", "operate", "configure"),
            }),
            ["tenants"] = new JsonArray(Tenant()),
        };
        return config.ToJsonString(new JsonSerializerOptions(PlateauJson.Options) { WriteIndented = true });
    }

    private static JsonObject Tenant() => new()
    {
        ["tenant"] = "bench",
        ["callsMax"] = 5_000,
        ["agents"] = Array(AgentsMax, i => Object("id", $"a{i}", "phone", $"a{i}")),
        ["phones"] = Array(
            AgentsMax,
            i => new JsonObject
            {
                ["id"] = $"a{i}", ["secret"] = $"unused-{i:0000}-secret", ["address"] = "127.0.0.3:5070",
                ["codecs"] = new JsonArray("PCMU"),
            }),
        ["queues"] = new JsonArray([.. QueueSizes.SelectMany(size => new JsonNode[]
        {
            Queue($"q{size}", size, "never"), Queue($"rec{size}", size, "always"),
        })]),
        ["flows"] = new JsonArray(Answer(), Menu()),
        ["entryPoints"] = new JsonArray(
        [
            Object("number", "0199000001", "flow", "answer"), Object("number", "0199000002", "flow", "menu"),
            .. QueueSizes.SelectMany(size => new JsonNode[]
            {
                Object("number", $"019901{size:0000}", "queue", $"q{size}"),
                Object("number", $"019902{size:0000}", "queue", $"rec{size}"),
            }),
        ]),
        ["trunks"] = new JsonArray(new JsonObject
        {
            ["id"] = "callers", ["hosts"] = new JsonArray(Object("host", "127.0.0.2", "port", 5062)),
            ["codecs"] = new JsonArray("PCMU"), ["probeS"] = 0,
            ["inboundRules"] = new JsonArray(
            [
                Object("pattern", "^answer$", "replacement", "0199000001"),
                Object("pattern", "^ivru$", "replacement", "0199000002"),
                .. QueueSizes.SelectMany(size => new JsonNode[]
                {
                    Object("pattern", $"^queue-q{size}$", "replacement", $"019901{size:0000}"),
                    Object("pattern", $"^qrec-q{size}$", "replacement", $"019902{size:0000}"),
                }),
            ]),
        }),
    };

    private static JsonObject Queue(string id, int size, string recording) => new()
    {
        ["id"] = id,
        ["selection"] = "longestIdle",
        ["members"] = Array(size, i => Object("agent", $"a{i}")),
        ["wrapUp"] = "none",
        ["recording"] = recording,
        ["announcements"] = Object("position", "no", "estimatedWait", false),
    };

    private static JsonObject Answer() => new()
    {
        ["id"] = "answer",
        ["start"] = "answer",
        ["nodes"] = new JsonObject
        {
            ["answer"] = Object("type", "answer", "next", "wait"),
            ["wait"] = Object("type", "collect", "variable", "keys", "digitsMax", 20, "timeoutS", 60, "next", "end"),
            ["end"] = Object("type", "hangup"),
        },
    };

    private static JsonObject Menu() => new()
    {
        ["id"] = "menu",
        ["start"] = "menu",
        ["language"] = "en",
        ["nodes"] = new JsonObject
        {
            ["menu"] = new JsonObject
            {
                ["type"] = "menu",
                ["prompts"] = new JsonArray(
                    "Welcome to the menu. For orders press one, for deliveries press two, for technical help press "
                    + "three, or stay on the line and an adviser will take your call as soon as possible."),
                ["options"] = Object("1", "thanks"),
                ["default"] = "thanks",
            },
            ["thanks"] = Object("type", "say", "text", "Thank you for your call and goodbye, we wish you a day.", "next", "end"),
            ["end"] = Object("type", "hangup"),
        },
    };

    private static JsonArray Array(int count, Func<int, JsonNode> item) =>
        new([.. Enumerable.Range(0, count).Select(item)]);

    private static JsonObject Object(params object[] pairs)
    {
        var result = new JsonObject();
        for (var i = 0; i < pairs.Length; i += 2)
        {
            result[(string)pairs[i]] = JsonSerializer.SerializeToNode(pairs[i + 1]);
        }

        return result;
    }
}
