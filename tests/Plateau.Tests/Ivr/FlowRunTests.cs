using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Ivr;
using Plateau.Tests.Tidy;

namespace Plateau.Tests.Ivr;

public sealed class FlowRunTests
{
    private const string Nodes = """
        {
          "start": { "type": "play", "prompts": [{ "prompt": "welcome" }], "next": "menu" },
          "menu": { "type": "menu", "prompts": ["Tapez 1 pour un conseiller."], "options": { "1": "queue" }, "default": "record" },
          "queue": { "type": "queue", "queue": "sales", "default": "record" },
          "record": { "type": "record", "mailbox": "sales", "prompts": ["Après le bip."], "next": "bye" },
          "bye": { "type": "hangup", "prompts": ["Au revoir."] }
        }
        """;

    [Fact]
    public void A_run_tells_what_is_heard_pressed_and_done_at_which_virtual_time()
    {
        var lines = Run(new FlowScript { Start = FlowScenario.Monday, Caller = Caller, Keys = "1#", QueueExits = [QueueExit.Timeout] });

        Assert.Equal(
            """
            0.0 Node main/start
            0.0 Done main/start answered
            0.0 Heard main/start Bonjour.
            0.5 Node main/menu
            0.5 Heard main/menu Tapez 1 pour un conseiller.
            2.8 Pressed main/menu 1
            2.8 Branch main/menu 1 → queue
            2.8 Node main/queue
            2.8 Done main/queue queue sales
            22.8 Branch main/queue timeout → record
            22.8 Node main/record
            22.8 Heard main/record Après le bip.
            23.7 Done main/record message for sales
            24.2 Pressed main/record #
            24.2 Branch main/record 0 s → bye
            24.2 Node main/bye
            24.2 Heard main/bye Au revoir.
            24.9 End main/bye hung up: FlowEnded
            """,
            Told(lines));
    }

    [Fact]
    public void An_impatient_caller_breaks_in_and_a_silent_one_is_asked_again()
    {
        var impatient = Run(new FlowScript { Start = FlowScenario.Monday, Caller = Caller, Keys = "1", IsImpatient = true });
        var silent = Run(new FlowScript { Start = FlowScenario.Monday, Caller = Caller, Keys = "t,1" });

        Assert.Equal("answered by an agent of sales", impatient[^1].Text);
        Assert.True(impatient[^1].At < TimeSpan.FromSeconds(2));
        Assert.Equal(2, silent.Count(l => l.Text.StartsWith("Tapez", StringComparison.Ordinal)));
        Assert.Equal("answered by an agent of sales", silent[^1].Text);
    }

    [Fact]
    public void A_flow_that_waits_for_ever_or_talks_too_long_is_cut_off()
    {
        var set = FlowScenario.Compile(FlowScenario.Flow("""{ "start": { "type": "queue", "queue": "sales" } }"""));
        var left = FlowRun.Run(set, set.Find(new FlowId("main"))!, new FlowScript
        {
            Start = FlowScenario.Monday, Caller = Caller, QueueExits = [QueueExit.Timeout], LengthMax = TimeSpan.FromSeconds(5),
        });

        Assert.Equal("the longest time of a run is over", left[^1].Text);
    }

    [Theory]
    [InlineData("1", "accueil/commandes")]
    [InlineData("3", "accueil/technique")]
    [InlineData("92", "accueil/livraison")]
    [InlineData("", "accueil/commandes")]
    public void The_demos_flow_leads_every_caller_to_an_agent(string keys, string place)
    {
        var (set, flow) = Demo();

        var lines = FlowRun.Run(set, flow, new FlowScript { Start = FlowScenario.Monday, Caller = Caller, Keys = keys });

        Assert.Equal(place, lines[^1].Node);
        Assert.StartsWith("answered by an agent", lines[^1].Text, StringComparison.Ordinal);
        Assert.Equal(keys.StartsWith('9'), lines.Any(l => l.Text.StartsWith("For an order", StringComparison.Ordinal)));
    }

    private static FlowCaller Caller => new(new CallId(1), "+33639980001", "+33199001234", "fr");

    private static IReadOnlyList<FlowLine> Run(FlowScript script)
    {
        var set = FlowScenario.Compile(FlowScenario.Flow(Nodes));
        return FlowRun.Run(set, set.Find(new FlowId("main"))!, script);
    }

    private static string Told(IEnumerable<FlowLine> lines) => string.Join('\n', lines.Select(l =>
        string.Create(CultureInfo.InvariantCulture, $"{l.At.TotalSeconds:0.0} {l.Kind} {l.Node} {l.Text}").TrimEnd()));

    /// <summary>The demo's flow as it is shipped, with the names it refers to.</summary>
    private static (FlowSet Set, Flow Flow) Demo()
    {
        var demo = JsonNode.Parse(House.Read("src/Plateau.Server/Demo/retailer.json"))!;
        var tenant = demo["tenants"]?[0] ?? demo;
        var config = FlowScenario.Centre([.. tenant["flows"]!.AsArray().Select(f => f.Deserialize<FlowConfig>(PlateauJson.Options)!)])
            with
            {
                Queues = [.. tenant["queues"]!.AsArray().Select(q => new QueueConfig { Id = new QueueId((string)q!["id"]!) })],
                Hours = [new() { Id = new HoursId("toujours"), IsAlwaysOpen = true }],
                Prompts = [.. tenant["prompts"]!.AsArray().Select(p => new PromptConfig(new PromptId((string)p!["id"]!)))],
            };
        var set = FlowSet.Compile(config);
        Assert.Empty(set.Errors);
        return (set, set.Find(new FlowId("accueil"))!);
    }
}
