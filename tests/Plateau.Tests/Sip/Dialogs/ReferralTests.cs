using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Tests.Sip.Dialogs;

public sealed class ReferralTests
{
    private const string Established = """
        at   | input    | what follows
        0.0  | A invite | A:INVITE+sdp B:100 B!offered+sdp
        0.2  | B answer | B:200+sdp A:ACK A!answered+sdp B!confirmed
        """;

    [Fact]
    public void A_transfer_is_accepted_and_its_course_is_told() => CallScenario.Run($"""
        {Established}
        1.0  | A refer        | A:REFER B!refer-0199000003
        1.1  | B accept-refer | B:202/REFER B:NOTIFY A:200/NOTIFY A!refer-100
        2.0  | B notify 180   | B:NOTIFY A:200/NOTIFY A!refer-180
        3.0  | B notify 200   | B:NOTIFY A:200/NOTIFY A!refer-200
        3.5  | B notify 200   | -                                       // the subscription is over
        4.0  | A refer        | A:REFER B!refer-0199000003
        4.1  | B accept-refer | B:202/REFER B:NOTIFY A:200/NOTIFY A!refer-100
        """);

    [Fact]
    public void A_transfer_may_be_refused() => CallScenario.Run($"""
        {Established}
        1.0  | A refer        | A:REFER B!refer-0199000003
        1.1  | B reject-refer | B:603/REFER A!refer-603
        """);

    [Fact]
    public void A_consulted_transfer_names_our_leg_of_the_dialog_to_be_replaced()
    {
        var world = CallScenario.Run(Established);
        var first = (A: world.A.Leg, B: world.B.Leg);
        CallScenario.Run("""
            at   | input    | what follows
            2.0  | A invite | A:INVITE+sdp B:100 B!offered+sdp
            2.2  | B answer | B:200+sdp A:ACK A!answered+sdp B!confirmed
            """, world);
        var second = world.B.Leg;
        var answer = world.B.Sent.OfType<SipResponse>().Last(response => response.Status == 200);
        var replaces = $"{answer.Headers.CallId}%3Bto-tag%3D{answer.Headers.To!.Tag}%3Bfrom-tag%3D{answer.Headers.From!.Tag}";
        ReferReceived? heard = null;
        world.B.OnOutput = output => heard = output as ReferReceived ?? heard;
        world.A.Leg = first.A;
        world.Apply(world.A, new SipRefer(NameAddress.Parse($"<sip:0199000003@127.0.0.2?Replaces={replaces}>")));
        world.RunUntil(world.Now + TimeSpan.FromSeconds(1));
        Assert.Equal((first.B, second), (heard!.Leg, heard.Replaces));
    }

    [Fact]
    public void An_INVITE_with_Replaces_names_the_leg_it_takes_over_and_an_unknown_one_is_refused()
    {
        var world = CallScenario.Run(Established);
        var answer = world.B.Sent.OfType<SipResponse>().Last(response => response.Status == 200);
        var replaces = new Replaces(
            answer.Headers.CallId!.Value, answer.Headers.To!.Tag!, answer.Headers.From!.Tag!, IsEarlyOnly: false);
        var replaced = world.B.Leg;
        IncomingCall? heard = null;
        world.B.OnOutput = output => heard = (output as DialogOffered)?.Call ?? heard;
        Invite(world, replaces);
        Assert.Equal(replaced, heard!.Replaces);
        world.Trace.Clear();
        Invite(world, replaces with { ToTag = "unknown" });
        Assert.Equal("A:INVITE+sdp B:481 A:ACK A!ended-Rejected-Remote", string.Join(' ', world.Trace));
    }

    [Fact]
    public void A_digit_by_INFO_arrives_and_other_bodies_are_refused()
    {
        var world = CallScenario.Run($"""
            {Established}
            1.0  | A digit 5 | A:INFO B:200/INFO B!digit-5
            1.5  | B digit # | B:INFO A:200/INFO A!digit-#
            """);
        var info = world.A.LastRequest(SipMethod.Info).Clone();
        info.Headers.Set(SipHeaderName.CSeq, "77 INFO");
        info.Headers.ReplaceTopVia(Via.Create("UDP", "127.0.0.1", 5060, "z9hG4bKother"));
        info.Headers.Set(SipHeaderName.ContentType, "application/json");
        world.Trace.Clear();
        world.Inject(world.B, info);
        Assert.Equal(["B:415/INFO"], world.Trace);
    }

    [Fact]
    public void A_request_out_of_order_and_one_of_an_unknown_method_are_refused()
    {
        var world = CallScenario.Run($"""
            {Established}
            1.0  | A digit 5 | A:INFO B:200/INFO B!digit-5
            """);
        var info = world.A.LastRequest(SipMethod.Info).Clone();
        info.Headers.Set(SipHeaderName.CSeq, "1 INFO");
        info.Headers.ReplaceTopVia(Via.Create("UDP", "127.0.0.1", 5060, "z9hG4bKother"));
        world.Trace.Clear();
        world.Inject(world.B, info);
        var message = new SipRequest(SipMethod.Message, info.RequestUri, info.Headers.Clone());
        message.Headers.Set(SipHeaderName.CSeq, "50 MESSAGE");
        message.Headers.ReplaceTopVia(Via.Create("UDP", "127.0.0.1", 5060, "z9hG4bKmessage"));
        world.Inject(world.B, message);
        Assert.Equal(["B:500/INFO", "B:405/MESSAGE"], world.Trace);
    }

    private static void Invite(SipWorld world, Replaces replaces)
    {
        world.Do(world.A, (endpoint, outputs) => world.A.Leg = endpoint.Invite(
            world.Now,
            CallScenario.Call(world, world.A) with { Headers = [new(SipHeaderName.Replaces, replaces.ToString())] },
            outputs));
        world.RunUntil(world.Now + TimeSpan.FromMilliseconds(100));
    }
}
