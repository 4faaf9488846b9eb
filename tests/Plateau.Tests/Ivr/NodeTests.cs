using Plateau.Contracts;
using Plateau.Core.Ivr;

namespace Plateau.Tests.Ivr;

public sealed class NodeTests
{
    private const string Bye = "\"bye\": { \"type\": \"hangup\" }";

    [Fact]
    public void Digits_are_collected_up_to_the_terminator_and_too_few_are_asked_for_again() => FlowScenario.Run($$$"""
        {
          "start": { "type": "collect", "prompts": ["Votre numéro ?"], "variable": "account", "digitsMin": 3,
                     "digitsMax": 6, "interDigitMs": 2000, "invalidPrompts": ["Trop court."], "next": "say" },
          "say": { "type": "say", "text": "Compte {{account|digits}}.", "next": "bye" }, {{{Bye}}}
        }
        """, """
        at  | input  | effects
        0   | start  | answer, play Votre numéro ? (fr)
        2   | played | -
        3   | key 1  | -
        4   | key 2  | -
        6   | tick   | play Trop court. (fr) + Votre numéro ? (fr)
        7   | key 1  | stop
        8   | key 2  | -
        9   | key 3  | -
        9.5 | key #  | play Compte un deux trois. (fr)
        12  | played | clear FlowEnded
        """);

    [Fact]
    public void Secret_digits_are_masked_in_the_trace_and_left_out_of_the_record()
    {
        var set = FlowScenario.Compile(FlowScenario.Flow($$"""
            {
              "start": { "type": "collect", "variable": "card", "digitsMax": 4, "secret": true, "next": "set" },
              "set": { "type": "set", "values": { "masked": "'x' + card", "open": "length(card)" }, "next": "public" },
              "public": { "type": "set", "values": { "plain": "1" }, "next": "bye" }, {{Bye}}
            }
            """));
        var machine = FlowScenario.Machine(set);
        var effects = new List<FlowEffect>();
        machine.Start(FlowScenario.Monday, effects);
        foreach (var digit in "4971")
        {
            machine.Apply(FlowScenario.Monday, new FlowDigit(digit), effects);
        }

        Assert.Contains(new FlowTrace("main/start", "•••• → set"), effects);
        Assert.DoesNotContain("4971", string.Concat(effects), StringComparison.Ordinal);
        Assert.Equal("""{"plain":1}""", machine.Variables!.ToJsonString());
        Assert.Equal([new FlowMaskDigits(true), new FlowMaskDigits(false)], effects.OfType<FlowMaskDigits>());
    }

    [Fact]
    public void A_caller_chooses_the_language_and_hears_prompts_in_it_or_in_the_centres() => FlowScenario.Run($$"""
        {
          "start": { "type": "language", "next": "play", "options": { "1": "fr", "2": "en" }, "prompts": [
            { "text": "Pour le français, tapez 1.", "language": "fr" }, { "text": "For English, press 2.", "language": "en" } ] },
          "play": { "type": "play", "next": "bye", "prompts": [
            { "prompt": "welcome" }, { "prompt": "french-only" }, { "text": { "fr": "Fin.", "en": "End." } } ] }, {{Bye}}
        }
        """, """
        at | input  | effects
        0  | start  | answer, play Pour le français, tapez 1. (fr) + For English, press 2. (en)
        3  | key 2  | stop, language en, play [welcome] Hello. (en) + [french-only] Merci. (fr) + End. (en)
        9  | played | clear FlowEnded
        """);

    [Theory]
    [InlineData("2026-11-23T09:00:00Z", "queue sales")]
    [InlineData("2026-11-23T17:00:00Z", "answer, play Fermé. (fr)")] // 18:00 in Paris.
    [InlineData("2026-11-11T09:00:00Z", "answer, play Férié. (fr)")]
    public void Hours_branch_by_the_wall_clock_of_the_centre(string at, string effects) => FlowScenario.Run("""
        {
          "start": { "type": "hours", "hours": "office", "open": "queue", "closed": "closed", "holiday": "holiday" },
          "queue": { "type": "queue", "queue": "sales" },
          "closed": { "type": "hangup", "prompts": ["Fermé."] },
          "holiday": { "type": "hangup", "prompts": ["Férié."] }
        }
        """, $"0 | start | {effects}", Instant.Parse(at));

    [Fact]
    public void Conditions_see_variables_the_call_and_the_clock() => FlowScenario.Run("""
        {
          "start": { "type": "set", "values": { "score": "2 * 3", "agent": "'a-' + text(score)" }, "next": "branch" },
          "branch": { "type": "branch", "default": "bye", "cases": [
            { "when": "now.weekday > 5", "next": "bye" },
            { "when": "score == 6 and call.called == '+33199001234' and isOpen('office')", "next": "transfer" } ] },
          "transfer": { "type": "transfer", "agent": "{{agent}}", "ringS": 20, "failed": "number" },
          "number": { "type": "transfer", "number": "0261910001", "failed": "mailbox" },
          "mailbox": { "type": "transfer", "mailbox": "sales" },
          "bye": { "type": "hangup", "cause": "busy" }
        }
        """, """
        at | input          | effects
        0  | start          | transfer a-6
        20 | failed noAnswer | transfer 0261910001
        40 | failed busy    | transfer mailbox sales
        """);

    [Fact]
    public void A_web_server_is_asked_and_its_answer_taken_apart() => FlowScenario.Run("""
        {
          "start": { "type": "http", "method": "POST", "url": "https://crm.example/find?n={{call.caller}}",
                     "body": { "caller": "{{call.caller}}", "said": "a \"{{call.label}}\"", "n": 1 }, "timeoutMs": 2000, "retries": 1,
                     "response": { "customer.name": "customer.name", "tier": "tiers[1]", "vip": "vip" },
                     "defaults": { "tier": 3 }, "next": "say", "error": "error" },
          "say": { "type": "hangup", "prompts": ["{{customer.name}} {{tier}} {{vip}} {{http.status}}"] },
          "error": { "type": "hangup", "prompts": ["{{http.error}} {{tier}}"] }
        }
        """, """
        at | input  | effects
        0  | start  | POST https://crm.example/find?n=%2B33639980001 {"caller":"+33639980001","said":"a \"\"","n":1}
        1  | http 503 | POST https://crm.example/find?n=%2B33639980001 {"caller":"+33639980001","said":"a \"\"","n":1}
        2  | http 200 {"customer":{"name":"Zoé"},"tiers":[1,2],"vip":true} | answer, play Zoé 2 true 200 (fr)
        """);

    [Theory]
    [InlineData("2 | http 404", "answer, play status 404 3 (fr)")]
    [InlineData("2 | http 0", "answer, play timeout 3 (fr)")]
    [InlineData("2 | http 200 <html>", "answer, play answer is not JSON 3 (fr)")]
    [InlineData("3 | tick", "answer, play timeout 3 (fr)")] // The driver never answered at all.
    public void A_failed_request_gives_the_declared_defaults(string answer, string effects) => FlowScenario.Run("""
        {
          "start": { "type": "http", "url": "http://crm.example/x", "timeoutMs": 2000, "response": { "tier": "tier" },
                     "defaults": { "tier": 3 }, "next": "say" },
          "say": { "type": "hangup", "prompts": ["{{http.error}} {{tier}}"] }
        }
        """, $"""
        at | input    | effects
        0  | start    | GET http://crm.example/x
        {answer} | {effects}
        """);

    [Fact]
    public void A_form_and_headers_are_filled_in_and_a_header_cannot_be_split()
    {
        var set = FlowScenario.Compile(FlowScenario.Flow("""
            {
              "start": { "type": "set", "values": { "a": "'x&y=z'", "b": "'p'" }, "next": "http" },
              "http": { "type": "http", "method": "POST", "url": "http://crm.example/", "form": { "a": "{{a}}" },
                        "headers": { "X-B": "{{b}}" }, "next": "set" },
              "set": { "type": "set", "values": { "b": "'line\nbreak'" }, "next": "http" }
            }
            """));
        var machine = FlowScenario.Machine(set);
        var effects = new List<FlowEffect>();
        machine.Start(FlowScenario.Monday, effects);
        var request = Assert.Single(effects.OfType<FlowCallHttp>());
        Assert.Equal(("a=x%26y%3Dz", "p"), (request.Body, request.Headers["X-B"]));
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["content-type"]);

        effects.Clear();
        machine.Apply(FlowScenario.Monday, new FlowHttpAnswered(200, "", null), effects);
        Assert.Contains(new FlowTrace("main/http", "fault HttpNotSendable"), effects);
    }

    [Fact]
    public void A_callback_is_offered_and_registered_for_the_callers_number() => FlowScenario.Run($$"""
        {
          "start": { "type": "callback", "queue": "sales", "prompts": ["Tapez 1 pour être rappelé."],
                     "timeoutRetries": 0, "next": "bye", "declined": "queue", "refused": "queue" },
          "queue": { "type": "queue", "queue": "sales" }, {{Bye}}
        }
        """, """
        at | input             | effects
        0  | start             | answer, play Tapez 1 pour être rappelé. (fr)
        2  | key 1             | stop, callback sales +33639980001
        3  | callback refused  | queue sales
        """);

    [Fact]
    public void A_caller_who_does_not_want_to_be_called_back_goes_on() => FlowScenario.Run($$"""
        {
          "start": { "type": "callback", "queue": "sales", "prompts": ["Rappel ?"], "timeoutRetries": 0, "timeoutS": 3,
                     "next": "bye", "declined": "queue" },
          "queue": { "type": "queue", "queue": "sales" }, {{Bye}}
        }
        """, """
        at | input  | effects
        0  | start  | answer, play Rappel ? (fr)
        2  | played | -
        5  | tick   | queue sales
        """);

    [Fact]
    public void A_message_is_recorded_until_a_key_and_an_empty_one_is_told_apart() => FlowScenario.Run($$"""
        {
          "start": { "type": "record", "mailbox": "sales", "prompts": ["Après le bip."], "next": "bye", "empty": "start" }, {{Bye}}
        }
        """, """
        at | input        | effects
        0  | start        | answer, play Après le bip. (fr)
        3  | played       | record sales
        4  | key 1        | -
        5  | key #        | stop message
        5.1| recorded 0.4 | play Après le bip. (fr)
        6  | key 5        | stop, record sales
        9  | recorded 3   | clear FlowEnded
        """);

    [Fact]
    public void A_sub_flow_has_variables_of_its_own_and_returns_values()
    {
        var main = FlowScenario.Flow("""
            {
              "start": { "type": "set", "values": { "x": "1" }, "next": "sub" },
              "sub": { "type": "subFlow", "flow": "double", "parameters": { "n": "21" }, "results": { "answer": "result" }, "next": "say" },
              "say": { "type": "hangup", "prompts": ["{{x}} {{answer}} {{n}}."] }
            }
            """);
        var sub = FlowScenario.Flow("""
            {
              "start": { "type": "set", "values": { "x": "n * 2" }, "next": "return" },
              "return": { "type": "return", "values": { "result": "x" } }
            }
            """, "double");

        FlowScenario.Run(FlowScenario.Compile(main, sub), "0 | start | answer, play 1 42 . (fr)");
    }

    [Fact]
    public void A_share_of_the_calls_is_drawn_by_the_calls_id_so_that_a_replay_draws_the_same()
    {
        var set = FlowScenario.Compile(FlowScenario.Flow("""
            {
              "start": { "type": "distribute", "shares": [ { "percent": 30, "next": "a" }, { "percent": 70, "next": "b" } ] },
              "a": { "type": "queue", "queue": "sales" }, "b": { "type": "queue", "queue": "support" }
            }
            """));
        var first = Enumerable.Range(1, 2_000).Count(call => Goes(set, (ulong)call) == "sales");

        Assert.InRange(first, 540, 660);
        Assert.All(Enumerable.Range(1, 50), call => Assert.Equal(Goes(set, (ulong)call), Goes(set, (ulong)call)));
    }

    private static string Goes(FlowSet set, ulong call)
    {
        var effects = new List<FlowEffect>();
        FlowScenario.Machine(set, call: call).Start(FlowScenario.Monday, effects);
        return effects.OfType<FlowEnterQueue>().Single().Queue.Value;
    }
}
