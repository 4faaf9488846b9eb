using Plateau.Contracts.Calls;
using Plateau.Core.Ivr;

namespace Plateau.Tests.Ivr;

public sealed class FlowLimitTests
{
    private const string Goodbye =
        "play Nous ne pouvons pas traiter votre appel pour le moment. Veuillez rappeler plus tard. Au revoir. (fr)";

    [Fact]
    public void A_flow_that_loops_says_goodbye_and_hangs_up() => FlowScenario.Run(
        """{ "start": { "type": "set", "values": { "n": "1" }, "next": "start" } }""", $"""
        at | input  | effects
        0  | start  | answer, {Goodbye}
        5  | played | clear LimitReached
        6  | key 1  | -
        """);

    [Fact]
    public void Goodbye_ends_even_if_nobody_tells_that_it_was_played() => FlowScenario.Run(
        """{ "start": { "type": "set", "values": { "n": "1" }, "next": "start" } }""", $"""
        at | input  | effects
        0  | start  | answer, {Goodbye}
        20 | tick   | clear LimitReached
        """);

    [Fact]
    public void A_fault_leads_to_the_error_node_once() => FlowScenario.Run("""
        {
          "start": { "type": "set", "values": { "n": "1 / zero" }, "next": "start" },
          "sorry": { "type": "say", "text": "{{error.name}} {{error.node}}", "next": "again" },
          "again": { "type": "set", "values": { "n": "1 / zero" }, "next": "start" }
        }
        """, $"""
        at | input  | effects
        0  | start  | answer, play ExpressionFailed main/start (fr)
        3  | played | {Goodbye}
        """, error: "sorry");

    [Fact]
    public void A_flow_that_plays_for_ever_without_the_caller_doing_anything_is_ended()
    {
        var machine = FlowScenario.Machine(FlowScenario.Compile(FlowScenario.Flow(
            """{ "start": { "type": "say", "text": "Patientez.", "next": "start" } }""")));
        var effects = new List<FlowEffect>();
        machine.Start(FlowScenario.Monday, effects);
        var playings = 0;
        for (var now = FlowScenario.Monday; !machine.IsOver; now += TimeSpan.FromSeconds(1))
        {
            machine.Apply(now, new FlowPlayed(true), effects);
            Assert.True(++playings < 200, "the flow never ends");
        }

        Assert.Equal(FlowLimits.NodesWithoutCallerMax + 1, playings);
        Assert.Equal(new FlowClear(ClearingCause.LimitReached), effects[^1]);
    }

    [Fact]
    public void A_flow_that_calls_itself_is_stopped_at_the_depth() => Assert.Contains(
        new FlowTrace("main/start", "fault TooDeep: main"),
        Effects("""{ "start": { "type": "subFlow", "flow": "main", "next": "start" } }"""));

    [Fact]
    public void Two_flows_that_transfer_to_each_other_are_stopped() => Assert.Contains(
        new FlowTrace("main/start", "fault TooManyNodesWithoutCaller"),
        Effects("""{ "start": { "type": "transfer", "flow": "main" } }"""));

    [Fact]
    public void A_variable_that_doubles_is_stopped_at_its_length() => Assert.Contains(
        "fault ExpressionFailed: a TextTooLong",
        string.Concat(Effects("""
            { "start": { "type": "set", "values": { "a": "'0123456789'" }, "next": "twice" },
              "twice": { "type": "set", "values": { "a": "a + a" }, "next": "twice" } }
            """)), StringComparison.Ordinal);

    [Fact]
    public void Variables_are_counted_over_all_sub_flows()
    {
        var values = string.Join(',', Enumerable.Range(0, 45).Select(i => $"\"v{i}\": \"1\""));
        Assert.Contains("fault TooManyVariables", string.Concat(Effects(
            $$"""
            { "start": { "type": "set", "values": { {{values}} }, "next": "sub" },
              "sub": { "type": "subFlow", "flow": "main", "next": "start" } }
            """)), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_are_counted()
    {
        var machine = FlowScenario.Machine(FlowScenario.Compile(FlowScenario.Flow(
            """{ "start": { "type": "http", "url": "http://crm.example/", "next": "start" } }""")));
        var effects = new List<FlowEffect>();
        machine.Start(FlowScenario.Monday, effects);
        for (var i = 0; i < 30; i++)
        {
            machine.Apply(FlowScenario.Monday, new FlowHttpAnswered(200, string.Empty, null), effects);
        }

        Assert.Equal(FlowLimits.HttpPerCallMax, effects.OfType<FlowCallHttp>().Count());
        Assert.Contains(new FlowTrace("main/start", "fault TooManyHttpRequests"), effects);
    }

    private static List<FlowEffect> Effects(string nodes)
    {
        var effects = new List<FlowEffect>();
        FlowScenario.Machine(FlowScenario.Compile(FlowScenario.Flow(nodes))).Start(FlowScenario.Monday, effects);
        return effects;
    }
}
