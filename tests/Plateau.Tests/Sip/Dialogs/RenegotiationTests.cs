using Plateau.Sip;

namespace Plateau.Tests.Sip.Dialogs;

public sealed class RenegotiationTests
{
    private const string Established = """
        at   | input    | what follows
        0.0  | A invite | A:INVITE+sdp B:100 B!offered+sdp
        0.2  | B answer | B:200+sdp A:ACK A!answered+sdp B!confirmed
        """;

    [Fact]
    public void Either_side_may_change_the_media() => CallScenario.Run($"""
        {Established}
        1.0  | A reoffer      | A:INVITE+sdp B:100 B!offer+sdp
        1.1  | B accept-offer | B:200+sdp A:ACK A!answer
        2.0  | B reoffer      | B:INVITE+sdp A:100 A!offer+sdp
        2.1  | A accept-offer | A:200+sdp B:ACK B!answer
        3.0  | A hang-up      | A!ended-Hangup-Local A:BYE B:200/BYE B!ended-Hangup-Remote
        60.0 | -              | -
        """);

    [Fact]
    public void A_refused_offer_leaves_the_call_as_it_was() => CallScenario.Run($"""
        {Established}
        1.0  | A reoffer      | A:INVITE+sdp B:100 B!offer+sdp
        1.1  | B reject-offer | B:488 A:ACK A!refused-488
        2.0  | A reoffer      | A:INVITE+sdp B:100 B!offer+sdp
        2.1  | B accept-offer | B:200+sdp A:ACK A!answer
        """);

    [Fact]
    public void Two_offers_that_cross_are_refused_and_the_owner_of_the_call_id_waits_longer()
    {
        var world = CallScenario.Run($"""
            {Established}
            1.0   | A reoffer | A:INVITE+sdp
            1.001 | B reoffer | B:INVITE+sdp B:491 A:491 A:ACK B:ACK
            """, new SipWorld(seed: 7));
        world.Trace.Clear();
        world.B.OnOutput = output => AcceptOffer(world, world.B, output);
        world.A.OnOutput = output => AcceptOffer(world, world.A, output);
        world.RunUntil(world.Now + TimeSpan.FromSeconds(10));
        Assert.Equal(
            "B:INVITE+sdp A:100 A!offer+sdp A:200+sdp B:ACK B!answer A:INVITE+sdp B:100 B!offer+sdp B:200+sdp A:ACK A!answer",
            string.Join(' ', world.Trace));
    }

    [Fact]
    public void The_ACK_of_a_changed_call_is_repeated_like_the_first() => CallScenario.Run($"""
        {Established}
        1.0  | A reoffer      | A:INVITE+sdp B:100 B!offer+sdp
        1.5  | A loses ACK    | -
        2.0  | B accept-offer | B:200+sdp A:ACK(lost) A!answer
        2.4  | -              | B:200+sdp A:ACK
        3.0  | -              | -
        """);

    [Fact]
    public void An_offer_in_an_early_dialog_goes_by_UPDATE_once_the_first_exchange_is_complete() => CallScenario.Run("""
        at   | input               | what follows
        0.0  | A invite            | A:INVITE+sdp B:100 B!offered+sdp
        0.1  | B progress-reliably | B:183+sdp A:PRACK A!183+sdp B:200/PRACK
        1.0  | A reoffer           | A:UPDATE+sdp B!offer+sdp
        1.1  | B accept-offer      | B:200/UPDATE+sdp A!answer
        2.0  | B reoffer           | B:UPDATE+sdp A!offer+sdp
        2.1  | A accept-offer      | A:200/UPDATE+sdp B!answer
        3.0  | B answer            | B:200 A:ACK A!answered B!confirmed
        """);

    [Fact]
    public void An_offer_made_while_the_call_still_rings_waits_for_the_answer() => CallScenario.Run("""
        at   | input     | what follows
        0.0  | A invite  | A:INVITE+sdp B:100 B!offered+sdp
        0.1  | A reoffer | -
        0.2  | B answer  | B:200+sdp A:ACK A!answered+sdp A:INVITE+sdp B!confirmed B:100 B!offer+sdp
        """);

    [Fact]
    public void A_running_call_is_refreshed_at_half_the_session_interval() => CallScenario.Run("""
        at     | input    | what follows
        0.0    | A invite | A:INVITE+sdp B:100 B!offered+sdp
        0.2    | B answer | B:200+sdp A:ACK A!answered+sdp B!confirmed
        900.0  | -        | A:UPDATE B:200/UPDATE
        1800.0 | -        | A:UPDATE B:200/UPDATE
        """);

    [Fact]
    public void A_peer_that_stops_refreshing_is_hung_up_and_a_vanished_one_does_not_hold_the_call()
    {
        var world = CallScenario.Run(Established);
        world.Network = new NetworkConfig(LossPercent: 100);
        world.RunUntil(world.Now + TimeSpan.FromSeconds(1_900));
        Assert.Equal(SipEndCause.SessionExpired, world.B.Ends[world.B.Leg].Cause);
        Assert.Equal(SipEndCause.DialogGone, world.A.Ends[world.A.Leg].Cause);
        Assert.Equal(0, world.A.Endpoint.LegCount + world.B.Endpoint.LegCount);
    }

    [Fact]
    public void An_interval_below_the_callees_minimum_is_raised_by_the_caller()
    {
        var world = new SipWorld(config: new SipEndpointConfig { SessionIntervalSeconds = 90 });
        world.B.Admission.Decide = _ => SipAdmission.Trusted("trunk");
        var strict = new SipParty('B', 2, 3, new SipEndpointConfig { SessionIntervalMinSeconds = 600 });
        world.Do(world.A, (endpoint, outputs) => world.A.Leg = endpoint.Invite(
            world.Now, CallScenario.Call(world, world.A), outputs));
        var invite = world.A.LastRequest(Plateau.Sip.Messages.SipMethod.Invite);
        var outputs = new List<SipOutput>();
        strict.Endpoint.Receive(
            world.Now, strict.FlowTo(world.A), Plateau.Sip.Messages.SipWriter.ToBytes(invite), outputs);
        var refusal = Assert.IsType<SendBytes>(Assert.Single(outputs));
        world.Do(world.A, (endpoint, more) => endpoint.Receive(
            world.Now, world.A.FlowTo(world.B), refusal.Bytes, more));
        var again = world.A.LastRequest(Plateau.Sip.Messages.SipMethod.Invite);
        Assert.Equal(600, again.Headers.SessionExpires?.Seconds);
        Assert.Equal(2, again.Headers.CSeq?.Number);
    }

    private static void AcceptOffer(SipWorld world, SipParty party, SipOutput output)
    {
        if (output is OfferReceived)
        {
            world.Apply(party, new SipAnswerOffer(CallScenario.Sdp));
        }
    }
}
