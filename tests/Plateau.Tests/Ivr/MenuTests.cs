namespace Plateau.Tests.Ivr;

public sealed class MenuTests
{
    private const string Menu = """
        {
          "start": { "type": "play", "prompts": [{ "prompt": "welcome" }], "next": "menu" },
          "menu": {
            "type": "menu", "prompts": ["Tapez 1 ou 2."], "options": { "1": "sales", "2": "support", "21": "bye" },
            "timeoutPrompts": ["Êtes-vous là ?"], "invalidPrompts": ["Choix inconnu."],
            "timeoutRetries": 1, "invalidRetries": 1, "timeout": "bye", "default": "sales"
          },
          "sales": { "type": "queue", "queue": "sales", "exits": { "timeout": "bye" }, "default": "menu" },
          "support": { "type": "queue", "queue": "support", "priorityS": 60, "skills": { "english": 3 },
                       "keys": { "9": "bye" }, "default": "bye" },
          "bye": { "type": "hangup", "prompts": ["Au revoir."] }
        }
        """;

    [Fact]
    public void A_caller_chooses_after_the_prompt_and_comes_back_from_the_queue() => FlowScenario.Run(Menu, """
        at  | input        | effects
        0   | start        | answer, play [welcome] Bonjour. (fr)
        2   | played       | play Tapez 1 ou 2. (fr)
        4   | played       | -
        6   | key 1        | queue sales
        7   | key 5        | -
        90  | left timeout | play Au revoir. (fr)
        92  | played       | clear FlowEnded
        93  | key 1        | -
        """);

    [Fact]
    public void A_key_breaks_into_the_prompt_and_is_kept_for_the_next_question() => FlowScenario.Run(Menu, """
        at  | input        | effects
        0   | start        | answer, play [welcome] Bonjour. (fr)
        1   | key 1        | stop, queue sales
        """);

    [Fact]
    public void An_option_that_begins_a_longer_one_waits_for_the_inter_digit_time() => FlowScenario.Run(Menu, """
        at   | input       | effects
        0    | start       | answer, play [welcome] Bonjour. (fr)
        1    | key 2       | stop
        3    | tick        | -
        3.5  | tick        | queue support +60 english=3 keys 9
        60   | left keyExit 9 | play Au revoir. (fr)
        """);

    [Fact]
    public void Silence_and_wrong_keys_are_counted_apart_and_lead_to_their_own_branches() => FlowScenario.Run(Menu, """
        at   | input       | effects
        0    | start       | answer, play [welcome] Bonjour. (fr)
        2    | played      | play Tapez 1 ou 2. (fr)
        4    | played      | -
        9    | tick        | play Êtes-vous là ? (fr) + Tapez 1 ou 2. (fr)
        12   | played      | -
        13   | key 7       | play Choix inconnu. (fr) + Tapez 1 ou 2. (fr)
        16   | played      | -
        21   | tick        | play Au revoir. (fr)
        """);

    [Fact]
    public void The_default_branch_takes_whoever_pressed_wrong_keys_too_often() => FlowScenario.Run(Menu, """
        at   | input       | effects
        0    | start       | answer, play [welcome] Bonjour. (fr)
        1    | key 7       | stop, play Choix inconnu. (fr) + Tapez 1 ou 2. (fr)
        2    | key 8       | stop, queue sales
        """);

    [Fact]
    public void Keys_are_ignored_while_a_prompt_without_barge_in_plays() => FlowScenario.Run("""
        {
          "start": { "type": "menu", "prompts": ["Écoutez."], "bargeIn": false, "options": { "1": "bye" } },
          "bye": { "type": "hangup", "cause": "normal" }
        }
        """, """
        at   | input       | effects
        0    | start       | answer, play Écoutez. (fr)
        1    | key 1       | -
        3    | played      | -
        4    | key 1       | clear FlowEnded
        """);
}
