using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Tests.Sip.Dialogs;

public sealed class IdentityTests
{
    private readonly SipWorld _world = new();

    [Fact]
    public void An_asserted_identity_is_believed_from_trusted_peers_only()
    {
        var asserted = NameAddress.Parse("\"Alba\" <sip:0199001000@127.0.0.1>");
        Assert.Equal("0199001000", Offer(call => call with { AssertedIdentity = asserted }).AssertedIdentity?.Uri.User);
        _world.B.Admission.Decide = _ => SipAdmission.Account("phone");
        Assert.Null(Offer(call => call with { AssertedIdentity = asserted }).AssertedIdentity);
    }

    [Fact]
    public void A_private_call_shows_nobody_in_From_and_asks_the_network_to_keep_it_so()
    {
        var call = Offer(call => call with { IsPrivate = true });
        Assert.True(call.IsPrivate);
        Assert.Equal("anonymous.invalid", call.From.Uri.Host);
        Assert.False(Offer(call => call).IsPrivate);
    }

    [Fact]
    public void Who_diverted_a_call_is_read_from_Diversion_and_from_History_Info_otherwise()
    {
        var diverted = Offer(call => call with
        {
            Headers =
            [
                new(SipHeaderName.Diversion, "<sip:0199003000@127.0.0.1>;reason=no-answer"),
                new(SipHeaderName.HistoryInfo, "<sip:0199009999@127.0.0.1>;index=1"),
            ],
        });
        Assert.Equal("0199003000", Assert.Single(diverted.DivertedBy).Uri.User);
        var history = Offer(call => call with
        {
            Headers =
            [
                new(SipHeaderName.HistoryInfo, "<sip:0199004000@127.0.0.1>;index=1"),
                new(SipHeaderName.HistoryInfo, "<sip:0199001000@127.0.0.1>;index=1.1"),
            ],
        });
        Assert.Equal("0199004000", Assert.Single(history.DivertedBy).Uri.User);
    }

    [Fact]
    public void A_phone_that_is_to_answer_by_itself_is_asked_in_every_form_phones_know()
    {
        var headers = Offer(call => call with { AutoAnswer = true }).Request.Headers;
        Assert.Contains("answer-after=0", headers.Get(SipHeaderName.CallInfo), StringComparison.Ordinal);
        Assert.Contains("info=alert-autoanswer", headers.Get(SipHeaderName.AlertInfo), StringComparison.Ordinal);
        Assert.Equal("Auto", headers.Get(SipHeaderName.AnswerMode));
    }

    [Fact]
    public void Why_a_call_was_hung_up_or_cancelled_is_told_with_its_Q850_cause()
    {
        Offer(call => call);
        _world.Apply(_world.A, new SipHangUp(SipReason.Q850(102, "Timer expired")));
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1));
        var end = _world.B.Ends[_world.B.Leg];
        Assert.Equal((SipEndCause.Cancelled, 102, "Timer expired"), (end.Cause, end.Q850, end.Text));
    }

    [Fact]
    public void A_description_inside_a_multipart_body_is_found()
    {
        var request = new SipRequest(SipMethod.Invite, SipUri.Parse("sip:0199001000@127.0.0.1"));
        request.SetBody(
            "multipart/mixed;boundary=\"b1\"",
            "--b1\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b1--"u8
                .ToArray());
        Assert.Equal("v=0\r\n"u8.ToArray(), Plateau.Sip.Dialogs.SdpBody.Of(request).ToArray());
    }

    private IncomingCall Offer(Func<OutgoingCall, OutgoingCall> change)
    {
        IncomingCall? heard = null;
        _world.B.OnOutput = output => heard = (output as DialogOffered)?.Call ?? heard;
        _world.Do(_world.A, (endpoint, outputs) => _world.A.Leg = endpoint.Invite(
            _world.Now, change(CallScenario.Call(_world, _world.A)), outputs));
        _world.RunUntil(_world.Now + TimeSpan.FromMilliseconds(100));
        return heard!;
    }
}
