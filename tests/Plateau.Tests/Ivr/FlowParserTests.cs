using System.Text.Json;
using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Core.Ivr;
using Plateau.Tests.Tidy;

namespace Plateau.Tests.Ivr;

public sealed class FlowParserTests
{
    [Fact]
    public void Every_error_is_told_with_its_path_and_not_the_first_one_only()
    {
        var set = FlowSet.Compile(FlowScenario.Centre(
            FlowScenario.Flow("""
                {
                  "start": { "type": "menu", "options": { "1": "nowhere", "x": "start" }, "timeoutS": 0, "colour": "red" },
                  "hours": { "type": "hours", "hours": "never-configured", "open": "start", "closed": "start" },
                  "branch": { "type": "branch", "cases": [{ "when": "1 +", "next": "start" }] },
                  "say": { "type": "say", "text": "{{call.nonsense}} {{x|loud}}", "next": "start" },
                  "set": { "type": "set", "values": { "call.caller": "1" }, "next": "start" },
                  "http": { "type": "http", "url": "https://{{host}}/", "timeoutMs": 20000, "response": { "a": "b..c" }, "next": "start" },
                  "share": { "type": "distribute", "shares": [{ "percent": 99, "next": "start" }] },
                  "queue": { "type": "queue", "queue": "unknown", "exits": { "answered": "start" }, "skills": { "english": 11 } },
                  "transfer": { "type": "transfer", "number": "1", "queue": "sales" },
                  "who": { "type": "teleport" }, "what": 7, "": { "type": "hangup" }
                }
                """),
            FlowScenario.Flow("""{ "start": { "type": "hangup", "prompts": [{ "prompt": "no-such" }] }, "h": { "type": "hours", "hours": "no", "open": "h", "closed": "h" } }""", "second")));

        var told = set.Errors.Select(e => e.ToString()).ToList();
        Assert.All(
            new[]
            {
                "main.nodes.start.options.1: no node named 'nowhere'",
                "main.nodes.start.options.x: an option is 1 to 8 of the keys",
                "main.nodes.start.timeoutS: must be a whole number from 1 to 120",
                "main.nodes.start.colour: is not known here",
                "main.nodes.branch.cases.0.when: the end at 4",
                "main.nodes.branch.default: is missing",
                "main.nodes.say.text: 'call.nonsense' is no variable",
                "main.nodes.set.values.call.caller: 'call.caller' is no name of a variable that can be set",
                "main.nodes.http.url: must be http:// or https:// with a host without variables",
                "main.nodes.http.timeoutMs: must be a whole number from 100 to 10000",
                "main.nodes.http.response.a: is no path",
                "main.nodes.share.shares: must add up to 100 percent",
                "main.nodes.queue.exits.answered: is no exit",
                "main.nodes.queue.skills.english: must be a level from 1 to 10",
                "main.nodes.transfer: must have exactly one of",
                "main.nodes.who.type: 'teleport' is no type of node",
                "main.nodes.what: must be an object",
                "main.nodes.: a node's name has 1 to 64 characters",
                "second.nodes.start.prompts.0.prompt: no prompt named 'no-such' is configured",
                "second.nodes.h.hours: no hours named 'no' is configured",
            },
            expected => Assert.Contains(told, t => t.StartsWith(expected, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{ "start": { "type": "hangup", "type": "hangup" } }""", "member twice")]
    [InlineData("""{ "start": { "type": "say", "text": "\ud800", "next": "start" } }""", "not valid Unicode")]
    [InlineData("""{ "other": { "type": "hangup" } }""", "no node named 'start'")]
    [InlineData("""{ "start": { "type": "hangup", "prompts": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]] } }""", "deep")]
    public void A_document_that_cannot_be_read_at_all_is_told(string nodes, string error)
    {
        var errors = new List<FlowError>();

        Assert.Null(FlowParser.Parse(FlowScenario.Flow(nodes), errors));
        Assert.Contains(errors, e => e.Message.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public void A_running_call_keeps_the_version_it_started_with()
    {
        var before = FlowScenario.Compile(
            FlowScenario.Flow("""{ "start": { "type": "say", "text": "un", "next": "sub" }, "sub": { "type": "subFlow", "flow": "s", "next": "bye" }, "bye": { "type": "hangup" } }"""),
            FlowScenario.Flow("""{ "start": { "type": "say", "text": "ancien", "next": "r" }, "r": { "type": "return" } }""", "s"));
        var machine = FlowScenario.Machine(before);
        var effects = new List<FlowEffect>();
        machine.Start(FlowScenario.Monday, effects);
        _ = FlowScenario.Compile(FlowScenario.Flow("""{ "start": { "type": "hangup" } }""", "s"));
        machine.Apply(FlowScenario.Monday, new FlowPlayed(true), effects);

        Assert.Equal("ancien", effects.OfType<FlowPlay>().Last().Items[0].Text);
    }

    [Fact]
    public void The_published_schema_names_exactly_what_the_parser_reads()
    {
        var schema = JsonNode.Parse(House.Read("docs/guide/flow.schema.json"))!;
        var published = schema["$defs"]!["node"]!["oneOf"]!.AsArray()
            .Select(r => (string)r!["$ref"]!).Select(r => r[(r.LastIndexOf('/') + 1)..]).ToList();

        Assert.Equal(FlowParser.NodeTypes.Order(StringComparer.Ordinal), published.Order(StringComparer.Ordinal));
        foreach (var type in FlowParser.NodeTypes)
        {
            var definition = schema["$defs"]![type]!;
            var errors = new List<FlowError>();
            var members = FlowParser.MembersOf(type, errors);
            var missing = errors.Where(e => e.Message == "is missing").Select(e => e.Path["node.".Length..]).Append("type");

            Assert.Equal(type, (string)definition["properties"]!["type"]!["const"]!);
            Assert.Equal(members.Order(StringComparer.Ordinal), Names(definition["properties"]!.AsObject().Select(p => p.Key)));
            Assert.Equal(Names(missing), Names(definition["required"]!.AsArray().Select(r => (string)r!)));
            Assert.False((bool)definition["additionalProperties"]!);
        }
    }

    [Fact]
    public void Every_type_of_node_is_explained_in_the_guide_with_an_example_that_compiles()
    {
        var guide = House.Read("docs/guide/FLOWS.md");
        Assert.All(FlowParser.NodeTypes, type => Assert.Contains($"`{type}`", guide, StringComparison.Ordinal));
        Assert.All(Core.Ivr.Expressions.ExpressionFunction.All.Keys, f => Assert.Contains($"`{f}(", guide, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<FlowFault>(), f => Assert.Contains($"`{f}`", guide, StringComparison.Ordinal));

        var examples = guide.Split("```json").Skip(1).Select(part => part.Split("```")[0]).ToList();
        Assert.NotEmpty(examples);
        var errors = new List<FlowError>();
        foreach (var example in examples)
        {
            FlowParser.Parse(JsonSerializer.Deserialize<FlowConfig>(example, PlateauJson.Options)!, errors);
        }

        Assert.Empty(errors);
    }

    [Fact]
    public void Whatever_is_in_a_document_ends_in_a_flow_that_ends_or_in_named_errors()
    {
        var seeds = new[] { House.Read("docs/guide/FLOWS.md").Split("```json")[1].Split("```")[0] };
        var compiled = 0;
        for (ulong seed = 0; seed < 3_000; seed++)
        {
            var prng = new Prng(seed);
            var document = JsonNode.Parse(seeds[0])!.AsObject();
            for (var i = 1 + prng.NextBelow(3); i > 0; i--)
            {
                Mutate(document["nodes"]!, prng);
            }

            var errors = new List<FlowError>();
            var config = new FlowConfig(new FlowId("main"), (string)document["start"]!, (JsonObject)document["nodes"]!.DeepClone());
            var set = FlowSet.Compile(FlowScenario.Centre(config));
            if (FlowParser.Parse(config, errors) is null)
            {
                Assert.NotEmpty(errors);
                continue;
            }

            compiled++;
            Play(set, prng, seed);
        }

        Assert.True(compiled > 300, $"only {compiled} documents compiled: mutations are too rough to test anything");
    }

    /// <summary>Random inputs at random times: the machine stays within its limits and says nothing after its
    /// end.</summary>
    private static void Play(FlowSet set, Prng prng, ulong seed)
    {
        var machine = FlowScenario.Machine(set);
        var effects = new List<FlowEffect>();
        var now = FlowScenario.Monday;
        machine.Start(now, effects);
        for (var i = 0; i < 200 && !machine.IsOver; i++)
        {
            now = prng.NextBelow(3) == 0 && !machine.NextDeadline.IsNever
                ? Instant.Max(now, machine.NextDeadline)
                : now + TimeSpan.FromMilliseconds(prng.NextBelow(3_000));
            machine.Apply(now, AnyInput(prng), effects);
        }

        var end = effects.FindIndex(e => e is FlowClear);
        Assert.True(end < 0 || end == effects.Count - 1, $"seed {seed}: effects after the end");
        Assert.True(effects.OfType<FlowAnswer>().Count() <= 1, $"seed {seed}: answered twice");
        Assert.True(effects.OfType<FlowCallHttp>().Count() <= FlowLimits.HttpPerCallMax, $"seed {seed}: too many requests");
        Assert.True(
            effects.OfType<FlowTrace>().Count(t => t.Detail.Length == 0)
                <= FlowLimits.NodesPerCallMax + FlowLimits.NodesAfterFaultMax, $"seed {seed}: too many nodes");
    }

    private static FlowInput AnyInput(Prng prng) => prng.NextBelow(8) switch
    {
        0 => new FlowPlayed(prng.NextBelow(2) == 0),
        1 => new FlowQueueLeft((QueueExit)prng.NextBelow(13), prng.NextBelow(2) == 0 ? '1' : null),
        2 => new FlowHttpAnswered(prng.NextBelow(600), prng.NextBelow(2) == 0 ? """{"a":[1,{"b":"x"}]}""" : "\ud800", null),
        3 => new FlowTransferFailed("busy"),
        4 => new FlowMessageRecorded(TimeSpan.FromSeconds(prng.NextBelow(9))),
        5 => new FlowCallbackRegistered(prng.NextBelow(2) == 0),
        6 => new FlowTick(),
        _ => new FlowDigit("0123456789*#ABCD"[prng.NextBelow(16)]),
    };

    private static void Mutate(JsonNode root, Prng prng)
    {
        var at = root;
        while (true)
        {
            var children = at switch
            {
                JsonObject o => o.Select(m => m.Value).Where(v => v is not null).ToList(),
                JsonArray a => [.. a],
                _ => [],
            };
            if (children.Count == 0 || prng.NextBelow(5) == 0)
            {
                break;
            }

            at = children[prng.NextBelow(children.Count)]!;
        }

        JsonNode?[] values =
        [
            null, 0, -1, 1e300, 5, true, "", "start", "bye", "{{x}}", "{{call.caller|digits}}", "{{", "1", "x == 1", "1 / 0",
            new JsonArray(), new JsonObject(), new JsonArray("a", 1), new string('x', 3_000), new JsonObject { ["type"] = "return" },
        ];
        if (at != root)
        {
            at.ReplaceWith(values[prng.NextBelow(values.Length)]?.DeepClone());
        }
    }

    private static List<string> Names(IEnumerable<string> names) => [.. names.Distinct().Order(StringComparer.Ordinal)];
}
