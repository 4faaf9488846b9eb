using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>Writes the INVITE of an <see cref="OutgoingCall"/> and its CANCEL, and reads what refuses it.</summary>
internal static class InviteRequest
{
    /// <summary>The INVITE without Via.</summary>
    internal static SipRequest Create(SipStack stack, OutgoingCall call)
    {
        var request = new SipRequest(SipMethod.Invite, call.Target.WithoutHeaders());
        var headers = request.Headers;
        foreach (var route in call.Routes)
        {
            headers.Add(SipHeaderName.Route, route.ToString());
        }

        headers.Add(SipHeaderName.MaxForwards, "70");
        headers.Add(SipHeaderName.From, From(call).WithTag(stack.NewWord()).ToString());
        headers.Add(SipHeaderName.To, (call.To ?? new NameAddress(call.Target.WithoutHeaders())).ToString());
        headers.Add(SipHeaderName.CallId, stack.NewCallId().Value);
        headers.Add(SipHeaderName.CSeq, "1 INVITE");
        headers.Add(SipHeaderName.Contact, stack.ContactFor(call.Flow));
        headers.Add(SipHeaderName.Allow, SipStack.Allow);
        headers.Add(SipHeaderName.Supported, call.Offer.IsEmpty ? "timer, replaces, norefersub" : SipStack.Supported);
        SessionRules.Ask(stack, request, minSeconds: 0);
        AddIdentity(headers, call);
        if (call.AutoAnswer)
        {
            AddAutoAnswer(headers, stack.ContactFor(call.Flow));
        }

        foreach (var header in call.Headers)
        {
            headers.Add(header.Name, header.Value);
        }

        if (stack.Config.Product.Length > 0)
        {
            headers.Add(SipHeaderName.UserAgent, stack.Config.Product);
        }

        if (!call.Offer.IsEmpty)
        {
            request.SetBody(SdpBody.ContentType, call.Offer);
        }

        return request;
    }

    /// <summary>The CANCEL: same Request-URI, Via, Call-ID, To, From, Route and number (RFC 3261 §9.1).</summary>
    internal static SipRequest CreateCancel(SipRequest invite, SipReason? reason)
    {
        var cancel = new SipRequest(SipMethod.Cancel, invite.RequestUri);
        cancel.Headers.Add(SipHeaderName.Via, invite.Headers.Get(SipHeaderName.Via)!);
        cancel.Headers.CopyFrom(invite.Headers, SipHeaderName.Route);
        cancel.Headers.Add(SipHeaderName.MaxForwards, "70");
        cancel.Headers.CopyFrom(invite.Headers, SipHeaderName.From);
        cancel.Headers.CopyFrom(invite.Headers, SipHeaderName.To);
        cancel.Headers.CopyFrom(invite.Headers, SipHeaderName.CallId);
        cancel.Headers.Add(SipHeaderName.CSeq, $"{invite.Headers.CSeq!.Value.Number} CANCEL");
        if (reason is not null)
        {
            cancel.Headers.Add(SipHeaderName.Reason, reason.ToString());
        }

        return cancel;
    }

    /// <summary>The end that a failure response tells; null stands for silence (408) or a failed transport
    /// (503).</summary>
    internal static SipLegEnd EndOf(int status, SipResponse? response)
    {
        if (response is null)
        {
            var cause = status == SipStatus.RequestTimeout ? SipEndCause.NoResponse : SipEndCause.TransportFailed;
            return new SipLegEnd(cause, SipSide.Network, status);
        }

        if (status < 400)
        {
            var targets = response.Headers.Contacts
                .OrderByDescending(contact => contact.Parameters.Get("q") ?? "1", StringComparer.Ordinal)
                .Take(TransactionLimits.RedirectTargetsMax);
            return SipLeg.EndOf(response, SipEndCause.Redirected, status) with
            {
                Targets = [.. targets.Select(contact => contact.Uri)],
            };
        }

        var refused = status is 401 or 407 ? SipEndCause.AuthenticationFailed : SipEndCause.Rejected;
        var end = SipLeg.EndOf(response, refused, status) with
        {
            RetryAfterSeconds = response.Headers.RetryAfterSeconds ?? 0,
        };
        return end.Text.Length > 0 ? end : end with { Text = response.ReasonPhrase };
    }

    /// <summary>RFC 3323 §4.1.1.3: an anonymous From when privacy is asked for.</summary>
    private static NameAddress From(OutgoingCall call) => call.IsPrivate
        ? new NameAddress("Anonymous", SipUri.Sip("anonymous", "anonymous.invalid"), SipParameters.Empty)
        : call.From.WithoutParameter("tag");

    private static void AddIdentity(SipHeaders headers, OutgoingCall call)
    {
        if (call.AssertedIdentity is not null)
        {
            headers.Add(SipHeaderName.PAssertedIdentity, call.AssertedIdentity.ToString());
        }

        if (call.IsPrivate)
        {
            headers.Add(SipHeaderName.Privacy, "id");
        }
    }

    /// <summary>The forms that phones know: answer-after (Snom, Yealink, Grandstream, baresip), info= of Alert-Info
    /// (Polycom, Aastra), Answer-Mode (RFC 5373).</summary>
    private static void AddAutoAnswer(SipHeaders headers, string contact)
    {
        headers.Add(SipHeaderName.CallInfo, $"{contact};answer-after=0");
        headers.Add(SipHeaderName.AlertInfo, "<http://www.notused.invalid>;info=alert-autoanswer;delay=0");
        headers.Add(SipHeaderName.AnswerMode, "Auto");
    }
}
