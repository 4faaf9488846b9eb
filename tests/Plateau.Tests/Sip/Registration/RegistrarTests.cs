using System.Net;
using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;
using Plateau.Tests.Sip.Dialogs;

namespace Plateau.Tests.Sip.Registration;

public sealed class RegistrarTests
{
    private readonly OpenAdmission _admission = new() { Decide = _ => SipAdmission.Account("phone-1") };
    private readonly SipEndpoint _endpoint;
    private readonly List<SipOutput> _outputs = [];
    private Instant _now = Instant.Epoch;
    private int _branches;

    public RegistrarTests() => _endpoint = new SipEndpoint(new SipEndpointConfig(), _admission, new Prng(1));

    [Fact]
    public void A_phone_is_bound_to_the_flow_it_registered_over_until_its_time_is_over()
    {
        var response = Register("<sip:phone@10.0.0.7:5062>", expires: 120);
        Assert.Equal((200, "120"), (response.Status, response.Headers.Contact!.Parameters.Get("expires")));
        var binding = Assert.Single(_endpoint.BindingsOf("phone-1"));
        Assert.Equal((Flow(1), "sip:phone@10.0.0.7:5062"), (binding.Flow, binding.Contact.ToString()));
        Pass(119);
        Assert.Single(_endpoint.BindingsOf("phone-1"));
        Pass(2);
        Assert.Empty(_endpoint.BindingsOf("phone-1"));
        Assert.Equal(2, _outputs.OfType<BindingsChanged>().Count());
    }

    [Fact]
    public void Several_devices_of_one_account_are_kept_apart_best_first()
    {
        Register("<sip:desk@10.0.0.7>;q=0.5", cseq: 1);
        Register("<sip:mobile@10.0.0.8>;q=0.9", cseq: 1, callId: "other", flow: 2);
        Assert.Equal(["mobile", "desk"], _endpoint.BindingsOf("phone-1").Select(binding => binding.Contact.User));
        Register("<sip:mobile@10.0.0.8>", expires: 0, cseq: 2, callId: "other", flow: 2);
        Assert.Equal(["desk"], _endpoint.BindingsOf("phone-1").Select(binding => binding.Contact.User));
    }

    [Fact]
    public void A_phone_that_moves_to_another_port_is_reached_there_and_one_that_only_renews_is_no_news()
    {
        Register("<sip:phone@10.0.0.7>", cseq: 1);
        Register("<sip:phone@10.0.0.7>", cseq: 2);
        Assert.Single(_outputs.OfType<BindingsChanged>());
        Register("<sip:phone@10.0.0.7>", cseq: 3, flow: 2);
        Assert.Equal(Flow(2), Assert.Single(_endpoint.BindingsOf("phone-1")).Flow);
        Assert.Equal(2, _outputs.OfType<BindingsChanged>().Count());
    }

    [Fact]
    public void A_star_with_expires_zero_takes_all_devices_away_and_otherwise_is_refused()
    {
        Register("<sip:desk@10.0.0.7>");
        Assert.Equal(400, Register("*", expires: 60, cseq: 2).Status);
        Assert.Single(_endpoint.BindingsOf("phone-1"));
        Assert.Equal(200, Register("*", expires: 0, cseq: 3).Status);
        Assert.Empty(_endpoint.BindingsOf("phone-1"));
    }

    [Fact]
    public void Too_short_a_time_is_refused_and_too_long_a_one_is_cut()
    {
        var brief = Register("<sip:phone@10.0.0.7>", expires: 10);
        Assert.Equal((423, 60), (brief.Status, brief.Headers.MinExpiresSeconds));
        var cut = Register("<sip:phone@10.0.0.7>", expires: 999_999, cseq: 2);
        Assert.Equal("3600", cut.Headers.Contact!.Parameters.Get("expires"));
    }

    [Fact]
    public void A_REGISTER_out_of_order_changes_nothing_and_one_without_contact_asks_only()
    {
        Register("<sip:phone@10.0.0.7>", cseq: 5);
        Assert.Equal(500, Register("<sip:phone@10.0.0.7>", expires: 0, cseq: 4).Status);
        var query = Register(null, cseq: 6);
        Assert.Equal((200, "phone"), (query.Status, query.Headers.Contact!.Uri.User));
    }

    [Fact]
    public void More_devices_than_the_limit_are_refused()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(200, Register($"<sip:phone{i}@10.0.0.7>", callId: $"call{i}").Status);
        }

        Assert.Equal(403, Register("<sip:phone10@10.0.0.7>", callId: "call10").Status);
    }

    [Fact]
    public void A_trunk_cannot_register()
    {
        _admission.Decide = _ => SipAdmission.Trusted("trunk");
        Assert.Equal(403, Register("<sip:phone@10.0.0.7>").Status);
    }

    [Fact]
    public void A_broken_connection_takes_its_devices_along()
    {
        var tcp = new SipFlow(SipTransport.Tcp, Flow(1).Local, Flow(1).Remote, ConnectionId: 9);
        Register("<sip:phone@10.0.0.7;transport=tcp>", over: tcp);
        Register("<sip:desk@10.0.0.8>", callId: "other");
        _endpoint.FlowFailed(_now, tcp, _outputs);
        Assert.Equal(["desk"], _endpoint.BindingsOf("phone-1").Select(binding => binding.Contact.User));
    }

    private static SipFlow Flow(byte number) => new(
        SipTransport.Udp, IPEndPoint.Parse("127.0.0.2:5060"), new IPEndPoint(new IPAddress([127, 0, 1, number]), 5060));

    private void Pass(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        _endpoint.Tick(_now, _outputs);
    }

    private SipResponse Register(
        string? contact, int expires = 600, int cseq = 1, string callId = "one", byte flow = 1, SipFlow? over = null)
    {
        var request = new SipRequest(SipMethod.Register, SipUri.Parse("sip:plateau.example"));
        request.Headers.PushVia(Via.Create("UDP", "127.0.1.1", 5060, $"z9hG4bK{_branches++}"));
        request.Headers.From = NameAddress.Parse("<sip:phone-1@plateau.example>;tag=1");
        request.Headers.To = NameAddress.Parse("<sip:phone-1@plateau.example>");
        request.Headers.CallId = new SipCallId(callId);
        request.Headers.CSeq = new CSeq(cseq, SipMethod.Register);
        request.Headers.MaxForwards = 70;
        request.Headers.ExpiresSeconds = expires;
        if (contact is not null)
        {
            request.Headers.Add(SipHeaderName.Contact, contact);
        }

        _endpoint.Receive(_now, over ?? Flow(flow), SipWriter.ToBytes(request), _outputs);
        var sent = _outputs.OfType<SendBytes>().Last();
        Assert.True(SipParser.TryParse(sent.Bytes.Span, out var message, out _));
        return (SipResponse)message;
    }
}
