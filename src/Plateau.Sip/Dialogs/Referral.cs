using System.Globalization;
using System.Text;
using Plateau.Contracts;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>REFER both ways with the subscription it implies.</summary>
/// <remarks>Source: RFC 3515; RFC 3891 for Replaces; RFC 4488 for a REFER without subscription.</remarks>
internal sealed class Referral(SipLeg leg)
{
    private ServerTransaction? _asked;
    private bool _isNotified;
    private bool _hasReferredBefore;
    private string _event = "refer";
    private ClientTransaction? _refer;
    private bool _awaitsNotify;

    private SipStack Stack => leg.Stack;

    internal void Apply(SipLegInput input)
    {
        switch (input)
        {
            case SipRefer refer when leg.IsAnswered && _refer is null && !_awaitsNotify:
                Refer(refer);
                break;
            case SipAcceptRefer when _asked is not null:
                Accept(_asked);
                break;
            case SipRejectRefer reject when _asked is not null:
                Stack.Respond(_asked, reject.Status);
                _asked = null;
                break;
            case SipNotifyRefer notify when _isNotified:
                Notify(notify.Status);
                break;
            case SipSendDigit digit:
                DigitRelay.Send(leg, digit);
                break;
        }
    }

    internal void ReceiveRefer(ServerTransaction transaction)
    {
        var headers = transaction.Request.Headers;
        if (headers.CountOf(SipHeaderName.ReferTo) != 1 || headers.ReferTo is not { } referTo)
        {
            Stack.Respond(transaction, SipStatus.BadRequest); // RFC 3515 §2.4.2: exactly one
            return;
        }

        if (!leg.IsAnswered || _asked is not null || _isNotified)
        {
            Stack.Respond(transaction, SipStatus.RequestPending);
            return;
        }

        _asked = transaction;
        Stack.Emit(new ReferReceived(
            leg.Id, referTo.Uri.WithoutHeaders(), ReplacedLeg(referTo.Uri), headers.ReferredBy));
    }

    internal void ReceiveNotify(ServerTransaction transaction)
    {
        var headers = transaction.Request.Headers;
        if (headers.Event is not { } package || !package.Is("refer"))
        {
            Stack.Respond(transaction, SipStatus.BadEvent, SipHeaderName.AllowEvents, "refer");
            return;
        }

        if (!_awaitsNotify)
        {
            Stack.Respond(transaction, SipStatus.CallDoesNotExist);
            return;
        }

        Stack.Respond(transaction, SipStatus.Ok);
        var status = StatusOf(transaction.Request);
        if (headers.SubscriptionState is { } state && state.Is("terminated") && status < 200)
        {
            status = SipStatus.ServerInternalError; // the subscription ended without telling the outcome
        }

        _awaitsNotify = status < 200;
        Stack.Emit(new ReferProgressed(leg.Id, status));
    }

    /// <summary>The answer to our REFER; answers to NOTIFY, INFO and PRACK need nothing but a look for a gone
    /// dialog.</summary>
    internal void Answered(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (status < 200)
        {
            return;
        }

        if (status is 401 or 407 && Stack.TryAuthorize(transaction, response, leg.Credentials) is { } again
            && leg.Dialog is not null)
        {
            again.Headers.CSeq = new CSeq(++leg.Dialog.LocalCSeq, again.Method);
            var repeated = leg.Send(again, transaction.Attempt + 1);
            _refer = ReferenceEquals(transaction, _refer) ? repeated : _refer;
            return;
        }

        if (!ReferenceEquals(transaction, _refer))
        {
            return;
        }

        _refer = null;
        if (status >= 300 || response?.Headers.Get(SipHeaderName.ReferSub) == "false")
        {
            _awaitsNotify = false;
            if (!leg.HasEnded)
            {
                Stack.Emit(new ReferProgressed(leg.Id, status));
            }
        }
    }

    private void Refer(SipRefer refer)
    {
        var request = leg.Dialog!.CreateRequest(SipMethod.Refer);
        request.Headers.Add(SipHeaderName.Contact, Stack.ContactFor(leg.Flow));
        request.Headers.Add(SipHeaderName.ReferTo, refer.Target.ToString());
        if (refer.ReferredBy is not null)
        {
            request.Headers.Add(SipHeaderName.ReferredBy, refer.ReferredBy.ToString());
        }

        _awaitsNotify = true;
        _refer = leg.Send(request);
    }

    private void Accept(ServerTransaction transaction)
    {
        _asked = null;
        var wantsNoNotify = string.Equals(
            transaction.Request.Headers.Get(SipHeaderName.ReferSub), "false", StringComparison.OrdinalIgnoreCase);
        var response = transaction.Request.CreateResponse(SipStatus.Accepted);
        response.Headers.Add(SipHeaderName.Contact, Stack.ContactFor(leg.Flow));
        if (wantsNoNotify)
        {
            response.Headers.Add(SipHeaderName.ReferSub, "false");
        }

        Stack.Transactions.Respond(transaction, response);
        if (wantsNoNotify)
        {
            return;
        }

        // RFC 3515 §2.4.6: the id tells several subscriptions of one dialog apart; the first needs none.
        var number = transaction.Request.Headers.CSeq!.Value.Number.ToString(CultureInfo.InvariantCulture);
        _event = _hasReferredBefore ? $"refer;id={number}" : "refer";
        _hasReferredBefore = true;
        _isNotified = true;
        Notify(SipStatus.Trying);
    }

    private void Notify(int status)
    {
        var notify = leg.Dialog!.CreateRequest(SipMethod.Notify);
        notify.Headers.Add(SipHeaderName.Contact, Stack.ContactFor(leg.Flow));
        notify.Headers.Add(SipHeaderName.Event, _event);
        notify.Headers.Add(
            SipHeaderName.SubscriptionState, status < 200 ? "active;expires=60" : "terminated;reason=noresource");
        var fragment = $"SIP/2.0 {status} {SipStatus.Phrase(status)}\r\n";
        notify.SetBody("message/sipfrag;version=2.0", Encoding.ASCII.GetBytes(fragment));
        _isNotified = status < 200;
        leg.Send(notify);
    }

    /// <summary>Our leg of the dialog that the Replaces in a Refer-To names; its to-tag is ours (RFC 3891
    /// §3).</summary>
    private SipLegId ReplacedLeg(SipUri target)
    {
        foreach (var (name, value) in target.DecodedHeaders())
        {
            if (name.Equals("Replaces", StringComparison.OrdinalIgnoreCase) && Replaces.TryParse(value, out var replaces))
            {
                var key = new DialogKey(replaces.CallId.Value, replaces.ToTag, replaces.FromTag);
                return Stack.FindLeg(key)?.Id ?? default;
            }
        }

        return default;
    }

    private static int StatusOf(SipRequest notify)
    {
        var text = Encoding.ASCII.GetString(notify.Body.Span[..Math.Min(notify.Body.Length, 64)]);
        return text.StartsWith("SIP/2.0 ", StringComparison.OrdinalIgnoreCase) && text.Length >= 11
            && int.TryParse(text.AsSpan(8, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status is >= 100 and < 700
                ? status
                : SipStatus.Trying;
    }
}
