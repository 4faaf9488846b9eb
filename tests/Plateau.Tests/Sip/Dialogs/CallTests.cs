namespace Plateau.Tests.Sip.Dialogs;

public sealed class CallTests
{
    [Fact]
    public void A_call_is_offered_rings_is_answered_and_hung_up_by_the_caller() => CallScenario.Run("""
        at   | input     | what follows
        0.0  | A invite  | A:INVITE+sdp B:100 B!offered+sdp
        0.1  | B ring    | B:180 A!180
        0.2  | B answer  | B:200+sdp A:ACK A!answered+sdp B!confirmed
        5.0  | A hang-up | A!ended-Hangup-Local A:BYE B:200/BYE B!ended-Hangup-Remote
        60.0 | -         | -
        """);

    [Fact]
    public void The_called_party_may_hang_up_too() => CallScenario.Run("""
        at   | input     | what follows
        0.0  | A invite  | A:INVITE+sdp B:100 B!offered+sdp
        0.2  | B answer  | B:200+sdp A:ACK A!answered+sdp B!confirmed
        5.0  | B hang-up | B!ended-Hangup-Local B:BYE A:200/BYE A!ended-Hangup-Remote
        60.0 | -         | -
        """);

    [Fact]
    public void A_refused_call_ends_on_both_sides() => CallScenario.Run("""
        at   | input        | what follows
        0.0  | A invite     | A:INVITE+sdp B:100 B!offered+sdp
        0.2  | B reject 486 | B:486 B!ended-Rejected-Local A:ACK A!ended-Rejected-Remote
        """);

    [Fact]
    public void A_caller_who_gives_up_cancels() => CallScenario.Run("""
        at   | input     | what follows
        0.0  | A invite  | A:INVITE+sdp B:100 B!offered+sdp
        0.1  | B ring    | B:180 A!180
        1.0  | A hang-up | A:CANCEL A!ended-Cancelled-Local B:200/CANCEL B:487 B!ended-Cancelled-Remote A:ACK
        60.0 | -         | -
        """);

    [Fact]
    public void A_CANCEL_waits_for_the_first_provisional_response() => CallScenario.Run("""
        at    | input              | what follows
        0.0   | B loses 100        | -
        0.001 | A invite           | A:INVITE+sdp B:100(lost) B!offered+sdp
        0.1   | A hang-up          | A!ended-Cancelled-Local
        0.4   | -                  | A:INVITE+sdp B:100 A:CANCEL B:200/CANCEL B:487 B!ended-Cancelled-Remote A:ACK
        """);

    [Fact]
    public void A_CANCEL_that_crosses_the_answer_is_followed_by_ACK_and_BYE() => CallScenario.Run("""
        at    | input     | what follows
        0.0   | A invite  | A:INVITE+sdp B:100 B!offered+sdp
        1.0   | B answer  | B:200+sdp
        1.005 | A hang-up | A:CANCEL A!ended-Cancelled-Local A:ACK A:BYE B:200/CANCEL B!confirmed B:200/BYE B!ended-Hangup-Remote
        60.0  | -         | -
        """);

    [Fact]
    public void An_answer_is_repeated_until_its_ACK_arrives() => CallScenario.Run("""
        at   | input         | what follows
        0.0  | A invite      | A:INVITE+sdp B:100 B!offered+sdp
        0.5  | A loses ACK 2 | -
        1.0  | B answer      | B:200+sdp A:ACK(lost) A!answered+sdp
        1.4  | -             | B:200+sdp A:ACK(lost)
        2.4  | -             | B:200+sdp A:ACK B!confirmed
        4.0  | -             | -
        9.0  | -             | -
        """);

    [Fact]
    public void An_answer_that_is_never_acknowledged_ends_the_leg_after_32_seconds()
    {
        var world = new SipWorld();
        world.DropNext('A', "ACK", 100);
        CallScenario.Run("""
            at   | input     | what follows
            0.0  | A invite  | A:INVITE+sdp B:100 B!offered+sdp
            1.0  | B answer  | B:200+sdp A:ACK(lost) A!answered+sdp
            """, world);
        world.Trace.Clear();
        world.RunUntil(world.Now + TimeSpan.FromSeconds(40));
        Assert.Contains("B!ended-NoAcknowledgement-Network", world.Trace);
        Assert.Equal(["A:200/BYE", "A!ended-Hangup-Remote"], world.Trace[^2..]);
    }

    [Fact]
    public void A_called_party_who_hangs_up_before_the_ACK_waits_with_the_BYE() => CallScenario.Run("""
        at    | input     | what follows
        0.0   | A invite  | A:INVITE+sdp B:100 B!offered+sdp
        1.0   | B answer  | B:200+sdp
        1.005 | B hang-up | B!ended-Hangup-Local A:ACK A!answered+sdp B:BYE A:200/BYE A!ended-Hangup-Remote
        60.0  | -         | -
        """);

    [Fact]
    public void An_INVITE_without_description_gets_our_offer_and_answers_in_the_ACK() => CallScenario.Run("""
        at   | input               | what follows
        0.0  | A invite delayed    | A:INVITE B:100 B!offered
        1.0  | B answer            | B:200+sdp A!answered+sdp(offer)
        1.1  | A accept-offer      | A:ACK+sdp B!confirmed+sdp
        5.0  | A hang-up           | A!ended-Hangup-Local A:BYE B:200/BYE B!ended-Hangup-Remote
        """);

    [Fact]
    public void Early_media_is_told_and_the_answer_repeats_it() => CallScenario.Run("""
        at   | input        | what follows
        0.0  | A invite     | A:INVITE+sdp B:100 B!offered+sdp
        0.1  | B progress   | B:183+sdp A!183+sdp
        1.0  | B answer bare | B:200+sdp A:ACK A!answered+sdp B!confirmed
        """);

    [Fact]
    public void Early_media_sent_reliably_is_acknowledged_and_completes_the_exchange() => CallScenario.Run("""
        at   | input               | what follows
        0.0  | A invite            | A:INVITE+sdp B:100 B!offered+sdp
        0.1  | B progress-reliably | B:183+sdp A:PRACK A!183+sdp B:200/PRACK
        1.0  | B answer            | B:200 A:ACK A!answered B!confirmed
        """);

    [Fact]
    public void A_reliable_provisional_response_is_repeated_until_its_PRACK_arrives() => CallScenario.Run("""
        at   | input               | what follows
        0.0  | A invite            | A:INVITE+sdp B:100 B!offered+sdp
        0.5  | B loses 183+sdp 2   | -
        1.0  | B progress-reliably | B:183+sdp(lost)
        1.4  | -                   | B:183+sdp(lost)
        2.4  | -                   | B:183+sdp A:PRACK A!183+sdp B:200/PRACK
        """);

    [Fact]
    public void An_answer_waits_for_the_PRACK_of_a_description_sent_before() => CallScenario.Run("""
        at   | input               | what follows
        0.0  | A invite            | A:INVITE+sdp B:100 B!offered+sdp
        1.0  | B progress-reliably | B:183+sdp
        1.005| B answer            | A:PRACK A!183+sdp B:200/PRACK B:200 A:ACK A!answered B!confirmed
        """);

    [Fact]
    public void A_provisional_response_that_is_never_acknowledged_ends_the_call()
    {
        var world = new SipWorld();
        world.DropNext('B', "183+sdp", 100);
        CallScenario.Run("""
            at   | input               | what follows
            0.0  | A invite            | A:INVITE+sdp B:100 B!offered+sdp
            1.0  | B progress-reliably | B:183+sdp(lost)
            """, world);
        world.RunUntil(world.Now + TimeSpan.FromSeconds(40));
        Assert.Equal(
            ["B:504", "B!ended-NoProvisionalAcknowledgement-Network", "A:ACK", "A!ended-Rejected-Remote"],
            world.Trace[^4..]);
    }

    [Fact]
    public void Silence_ends_a_call_after_32_seconds_or_sooner_when_asked()
    {
        var world = new SipWorld();
        world.DropNext('A', "INVITE+sdp", 100);
        world.Do(world.A, (endpoint, outputs) => endpoint.Invite(
            world.Now, CallScenario.Call(world, world.A) with { SilenceMax = TimeSpan.FromSeconds(4) }, outputs));
        world.Do(world.A, (endpoint, outputs) => endpoint.Invite(
            world.Now, CallScenario.Call(world, world.A), outputs));
        world.RunUntil(world.Now + TimeSpan.FromSeconds(5));
        Assert.Equal("A!ended-NoResponse-Network", Assert.Single(world.Trace, row => row.StartsWith("A!", StringComparison.Ordinal)));
        world.RunUntil(world.Now + TimeSpan.FromSeconds(60));
        Assert.Equal(2, world.A.Ends.Count);
        Assert.Equal(0, world.A.Endpoint.TransactionCount + world.A.Endpoint.LegCount + world.A.Endpoint.DeadlineCount);
    }

    [Fact]
    public void A_call_that_rings_too_long_is_cancelled()
    {
        var world = new SipWorld(config: new Plateau.Sip.SipEndpointConfig { RingingMax = TimeSpan.FromSeconds(30) });
        CallScenario.Run("""
            at   | input    | what follows
            0.0  | A invite | A:INVITE+sdp B:100 B!offered+sdp
            0.1  | B ring   | B:180 A!180
            29.9 | -        | A:CANCEL A!ended-LimitReached-Network B:200/CANCEL B:487 B!ended-Cancelled-Remote A:ACK
            """, world);
    }

    [Fact]
    public void Ringing_is_repeated_every_minute_so_that_proxies_stay_patient() => CallScenario.Run("""
        at   | input    | what follows
        0.0  | A invite | A:INVITE+sdp B:100 B!offered+sdp
        0.1  | B ring   | B:180 A!180
        60.0 | -        | B:180 A!180
        """);
}
