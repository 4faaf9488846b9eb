using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Messages;
using Plateau.Tests.Sip.Dialogs;

namespace Plateau.Tests.Sip.Transactions;

/// <summary>What becomes of requests that belong to nothing, or to something they should not.</summary>
public sealed class ReceiverTests
{
    private readonly SipWorld _world = new();

    [Fact]
    public void An_unknown_source_gets_no_answer_and_leaves_no_state()
    {
        _world.B.Admission.Decide = _ => SipAdmission.Dropped;
        Receive(Request("INVITE"));
        Assert.Equal(["B!dropped-UnknownSource"], _world.Trace);
        Assert.Equal(0, _world.B.Endpoint.TransactionCount + _world.B.Endpoint.LegCount + _world.B.Endpoint.DeadlineCount);
    }

    [Fact]
    public void A_challenge_is_sent_without_state_with_the_same_tag_each_time_and_not_more_than_ten_a_second()
    {
        _world.B.Admission.Decide = _ => SipAdmission.Refused(
            401, new SipHeader(SipHeaderName.WwwAuthenticate, "Digest realm=\"plateau\", nonce=\"1\""));
        for (var i = 0; i < 25; i++)
        {
            Receive(Request("INVITE"));
        }

        var sent = _world.B.Sent.Cast<SipResponse>().ToArray();
        Assert.Equal(10, sent.Length);
        Assert.Single(sent.Select(response => response.Headers.To!.Tag).Distinct());
        Assert.NotNull(sent[0].Headers.Get(SipHeaderName.WwwAuthenticate));
        Assert.Equal(0, _world.B.Endpoint.TransactionCount);
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(2));
        Receive(Request("INVITE"));
        Assert.Equal(11, _world.B.Sent.Count);
    }

    [Fact]
    public void The_same_INVITE_over_another_path_is_a_loop_and_a_repeated_one_is_absorbed()
    {
        Receive(Request("INVITE", "z9hG4bKone"));
        Receive(Request("INVITE", "z9hG4bKone"));
        Receive(Request("INVITE", "z9hG4bKtwo"));
        Assert.Equal(["B:100", "B!offered", "B:100", "B:482"], _world.Trace);
    }

    [Fact]
    public void A_CANCEL_of_nothing_gets_481_and_one_that_comes_late_changes_nothing()
    {
        Receive(Request("CANCEL", "z9hG4bKnone"));
        Receive(Request("INVITE", "z9hG4bKone"));
        _world.Apply(_world.B, new SipAnswer(CallScenario.Sdp));
        Receive(Request("CANCEL", "z9hG4bKone"));
        Receive(Request("CANCEL", "z9hG4bKone"));
        Assert.Equal(
            ["B:481/CANCEL", "B:100", "B!offered", "B:200+sdp", "B:200/CANCEL", "B:200/CANCEL"], _world.Trace);
    }

    [Fact]
    public void A_request_within_a_dialog_nobody_knows_gets_481()
    {
        var bye = Request("BYE");
        bye.Headers.To = bye.Headers.To!.WithTag("unknown");
        Receive(bye);
        Assert.Equal(["B:481/BYE"], _world.Trace);
    }

    [Fact]
    public void An_extension_we_do_not_know_is_named_in_the_refusal()
    {
        var invite = Request("INVITE");
        invite.Headers.Require = ["100rel", "teleportation"];
        Receive(invite);
        var refusal = Assert.IsType<SipResponse>(_world.B.Sent[^1]);
        Assert.Equal((420, "teleportation"), (refusal.Status, Assert.Single(refusal.Headers.Unsupported)));
    }

    [Fact]
    public void OPTIONS_tells_what_we_take_and_other_methods_are_refused_by_name()
    {
        Receive(Request("OPTIONS", "z9hG4bK1"));
        Receive(Request("MESSAGE", "z9hG4bK2"));
        Receive(Request("SUBSCRIBE", "z9hG4bK3"));
        Receive(Request("NEWMETHOD", "z9hG4bK4"));
        Assert.Equal(["B:200/OPTIONS", "B:405/MESSAGE", "B:489/SUBSCRIBE", "B:501/NEWMETHOD"], _world.Trace);
        Assert.Contains("INVITE", _world.B.Sent[0].Headers.Get(SipHeaderName.Allow), StringComparison.Ordinal);
    }

    [Fact]
    public void Responses_and_ACKs_to_nothing_are_counted_and_dropped()
    {
        Receive(Request("OPTIONS").CreateResponse(200, "tag"));
        Receive(Request("ACK"));
        Assert.Equal(["B!dropped-Stray", "B!dropped-Stray"], _world.Trace);
    }

    [Fact]
    public void Without_rport_a_response_goes_to_the_port_of_the_Via_and_with_it_to_the_source()
    {
        var outputs = new List<SipOutput>();
        var flow = _world.B.FlowTo(_world.A) with { Remote = new(System.Net.IPAddress.Loopback, 40_000) };
        var without = Request("OPTIONS", "z9hG4bK1");
        without.Headers.ReplaceTopVia(Via.Create("UDP", "127.0.0.1", 5070, "z9hG4bK1", withRPort: false));
        _world.B.Endpoint.Receive(_world.Now, flow, SipWriter.ToBytes(without), outputs);
        _world.B.Endpoint.Receive(_world.Now, flow, SipWriter.ToBytes(Request("OPTIONS", "z9hG4bK2")), outputs);
        Assert.Equal([5070, 40_000], outputs.Cast<SendBytes>().Select(send => send.Flow.Remote.Port));
    }

    [Fact]
    public void An_RFC_2543_peer_without_branch_is_matched_by_the_older_rules()
    {
        var invite = Request("INVITE");
        invite.Headers.ReplaceTopVia(new Via("UDP", "127.0.0.1", 5060, SipParameters.Empty));
        Receive(invite);
        Receive(invite);
        Assert.Equal(["B:100", "B!offered", "B:100"], _world.Trace);
    }

    private void Receive(SipMessage message) => _world.Inject(_world.B, message);

    private static SipRequest Request(string method, string branch = "z9hG4bKbranch")
    {
        var request = new SipRequest(new SipMethod(method), SipUri.Parse("sip:0199000001@127.0.0.2"));
        request.Headers.PushVia(Via.Create("UDP", "127.0.0.1", 5060, branch));
        request.Headers.MaxForwards = 70;
        request.Headers.From = NameAddress.Parse("<sip:0199000002@127.0.0.1>;tag=caller");
        request.Headers.To = NameAddress.Parse("<sip:0199000001@127.0.0.2>");
        request.Headers.CallId = new SipCallId("call-1");
        request.Headers.CSeq = new CSeq(1, request.Method);
        request.Headers.Contact = NameAddress.Parse("<sip:0199000002@127.0.0.1>");
        return request;
    }
}
