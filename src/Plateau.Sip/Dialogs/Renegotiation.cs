using System.Globalization;
using Plateau.Contracts;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>New offers within a dialog, either side's: re-INVITE (RFC 3261 §14), UPDATE (RFC 3311), and the session
/// timer that they refresh (RFC 4028).</summary>
/// <remarks>
/// <code>
/// ours       theirs    input                  effect
/// none       none      Offer                  re-INVITE (UPDATE in an early dialog)
/// any        any       Offer, not possible    kept until it is; the latest wins
/// sent       none      re-INVITE, offer       491
/// sent       none      491                    sent again after 2.1–4 s (owner of the Call-ID), else 0–2 s
/// none       received  re-INVITE, offer       500 with Retry-After
/// none       none      re-INVITE, offer       OfferReceived; the application answers
/// </code>
/// </remarks>
internal sealed class Renegotiation(SipLeg leg)
{
    private const int RepeatsMax = 8;

    private readonly SessionTimer _timer = new();
    private ClientTransaction? _outgoing;
    private ReadOnlyMemory<byte> _offered;
    private ServerTransaction? _incoming;
    private AcceptedInvite? _accepted;
    private ReadOnlyMemory<byte>? _queued;
    private Instant _retryAt = Instant.Never;
    private int _repeats;
    private int _minSessionSeconds;
    private ClientTransaction? _acknowledged;
    private byte[] _ackBytes = [];

    private SipStack Stack => leg.Stack;

    internal Instant NextDeadline => Instant.Min(
        _timer.NextDeadline, Instant.Min(_retryAt, _accepted?.NextDeadline ?? Instant.Never));

    private bool IsBusy => _outgoing is not null || _incoming is not null || _accepted is not null
        || leg.Incoming is { AwaitsAck: true } || leg.Outgoing is { AwaitsAnswer: true } || !leg.Media.IsIdle;

    private bool CanUpdateEarly => !leg.IsAnswered && leg.Dialog is { PeerAllowsUpdate: true } && leg.Media.IsAgreed;

    /// <summary>Offers now, or as soon as it is allowed.</summary>
    internal void Offer(ReadOnlyMemory<byte> sdp)
    {
        _queued = sdp;
        _repeats = 0;
        Flush();
    }

    /// <summary>Sends a waiting offer if nothing stands in its way.</summary>
    internal void Flush()
    {
        if (_queued is not { } sdp || leg.HasEnded || IsBusy || !_retryAt.IsNever
            || !(leg.IsAnswered || CanUpdateEarly))
        {
            return;
        }

        _queued = null;
        leg.Media.Offer(sdp);
        SendRequest(leg.IsAnswered ? SipMethod.Invite : SipMethod.Update, sdp);
    }

    internal void Answer(ReadOnlyMemory<byte> sdp)
    {
        if (_incoming is not { } transaction)
        {
            return;
        }

        _incoming = null;
        if (!leg.Media.Answer(sdp))
        {
            leg.Media.Offer(sdp); // an empty re-INVITE: our offer goes out in the 2xx, the answer comes in the ACK
        }

        RespondOk(transaction, sdp);
        if (transaction.Request.Method == SipMethod.Invite)
        {
            _accepted = new AcceptedInvite(Stack, transaction);
        }

        Flush();
    }

    internal void Reject(int status)
    {
        if (_incoming is not { } transaction)
        {
            return;
        }

        _incoming = null;
        leg.Media.Withdraw();
        Stack.Respond(transaction, status);
        Flush();
    }

    internal void ReceiveInvite(ServerTransaction transaction)
    {
        if (_outgoing is not null)
        {
            Stack.Respond(transaction, SipStatus.RequestPending); // RFC 3261 §14.2: glare
        }
        else if (IsBusy || !leg.IsAnswered)
        {
            RespondLater(transaction);
        }
        else if (!SessionRules.Refuses(Stack, transaction))
        {
            Stack.Transactions.Respond(transaction, transaction.Request.CreateResponse(SipStatus.Trying));
            leg.Dialog!.Refresh(transaction.Request);
            ReceiveOffer(transaction, SdpBody.Of(transaction.Request));
        }
    }

    internal void ReceiveUpdate(ServerTransaction transaction)
    {
        var sdp = SdpBody.Of(transaction.Request);
        if (!sdp.IsEmpty && leg.Media.State == OfferAnswerState.LocalOffer)
        {
            Stack.Respond(transaction, SipStatus.RequestPending); // RFC 3311 §5.2
        }
        else if (!sdp.IsEmpty && (IsBusy || !leg.Media.IsAgreed))
        {
            RespondLater(transaction);
        }
        else if (!SessionRules.Refuses(Stack, transaction))
        {
            leg.Dialog!.Refresh(transaction.Request);
            if (sdp.IsEmpty)
            {
                RespondOk(transaction, default);
            }
            else
            {
                ReceiveOffer(transaction, sdp);
            }
        }
    }

    /// <summary>Hands an offer to the application; an empty one asks for ours.</summary>
    internal void ReceiveOffer(ServerTransaction transaction, ReadOnlyMemory<byte> sdp)
    {
        if (!sdp.IsEmpty && !leg.Media.Receive(sdp))
        {
            Stack.Respond(transaction, SipStatus.RequestPending);
            return;
        }

        _incoming = transaction;
        Stack.Emit(new OfferReceived(leg.Id, sdp));
    }

    internal void ReceiveAck(SipRequest ack)
    {
        if (_accepted is null || ack.Headers.CSeq!.Value.Number != _accepted.CSeqNumber)
        {
            return;
        }

        _accepted = null;
        if (leg.Media.State == OfferAnswerState.LocalOffer)
        {
            var sdp = SdpBody.Of(ack);
            if (!sdp.IsEmpty && leg.Media.Receive(sdp))
            {
                Stack.Emit(new OfferAnswered(leg.Id, sdp));
            }
            else
            {
                leg.Media.Withdraw();
            }
        }

        Flush();
    }

    /// <summary>CANCEL of a re-INVITE that the application has not answered.</summary>
    internal void Cancelled(ServerTransaction invite)
    {
        if (ReferenceEquals(_incoming, invite))
        {
            Reject(SipStatus.RequestTerminated);
        }
    }

    /// <summary>A BYE came: what waits for our answer gets 487.</summary>
    internal void Terminate()
    {
        if (_incoming is { } transaction)
        {
            Stack.Respond(transaction, SipStatus.RequestTerminated);
        }

        _incoming = null;
        _accepted = null;
    }

    /// <summary>The leg ended: nothing more is started, and an offer that waits for the application is
    /// refused.</summary>
    internal void Stop()
    {
        if (_incoming is { } transaction)
        {
            _incoming = null;
            Stack.Respond(transaction, SipStatus.RequestTerminated);
        }

        _timer.Stop();
        _queued = null;
        _retryAt = Instant.Never;
    }

    internal void RestartTimer(int seconds, bool isRefresher) => _timer.Restart(Stack.Now, seconds, isRefresher);

    /// <summary>Whether the answer was to a re-INVITE or UPDATE of ours.</summary>
    internal bool Answered(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (ReferenceEquals(transaction, _acknowledged))
        {
            Stack.SendBytes(transaction.Flow, _ackBytes); // the 2xx came again: our ACK was lost
            return true;
        }

        if (!ReferenceEquals(transaction, _outgoing))
        {
            return false;
        }

        if (status < 200)
        {
            return true;
        }

        _outgoing = null;
        if (status < 300)
        {
            Accepted(transaction, response!);
        }
        else if (!leg.HasEnded)
        {
            Refused(transaction, status, response);
        }

        return true;
    }

    internal void Tick(Instant now)
    {
        if (_accepted is not null && _accepted.Tick(now))
        {
            _accepted = null;
            leg.EndWithBye(new SipLegEnd(SipEndCause.NoAcknowledgement, SipSide.Network));
        }

        if (now >= _retryAt)
        {
            _retryAt = Instant.Never;
            Flush();
        }

        switch (_timer.Tick(now))
        {
            case SessionTimerEffect.Expire:
                leg.EndWithBye(new SipLegEnd(SipEndCause.SessionExpired, SipSide.Network));
                break;
            case SessionTimerEffect.Refresh when !IsBusy && leg.IsAnswered:
                Refresh();
                break;
        }
    }

    /// <summary>UPDATE without description where the peer takes it, else a re-INVITE with the present one
    /// (§7.4).</summary>
    private void Refresh()
    {
        if (leg.Dialog!.PeerAllowsUpdate)
        {
            SendRequest(SipMethod.Update, default);
            return;
        }

        leg.Media.Offer(leg.Media.Local);
        SendRequest(SipMethod.Invite, leg.Media.Local);
    }

    private void SendRequest(SipMethod method, ReadOnlyMemory<byte> sdp)
    {
        var request = leg.CreateTargetRefresh(method);
        if (leg.IsAnswered)
        {
            var refresher = _timer.IntervalSeconds == 0 ? null : _timer.IsRefresher ? "uac" : "uas";
            SessionRules.Ask(Stack, request, _minSessionSeconds, refresher);
        }

        if (!sdp.IsEmpty)
        {
            request.SetBody(SdpBody.ContentType, sdp);
        }

        _offered = sdp;
        _outgoing = leg.Send(request);
    }

    private void Accepted(ClientTransaction transaction, SipResponse response)
    {
        if (transaction.Request.Method == SipMethod.Invite)
        {
            Acknowledge(transaction);
        }

        if (leg.HasEnded)
        {
            return;
        }

        _repeats = 0;
        leg.Dialog!.Refresh(response);
        if (leg.IsAnswered)
        {
            SessionRules.Accept(leg, response);
        }

        var sdp = SdpBody.Of(response);
        if (!_offered.IsEmpty && !sdp.IsEmpty && leg.Media.Receive(sdp))
        {
            Stack.Emit(new OfferAnswered(leg.Id, sdp));
        }
        else if (!_offered.IsEmpty)
        {
            leg.Media.Withdraw();
            Stack.Emit(new OfferRefused(leg.Id, SipStatus.NotAcceptableHere));
        }

        Flush();
    }

    private void Acknowledge(ClientTransaction transaction)
    {
        var invite = transaction.Request.Headers;
        var ack = leg.Dialog!.CreateRequest(SipMethod.Ack, invite.CSeq!.Value.Number);
        ack.Headers.CopyFrom(invite, SipHeaderName.Authorization);
        ack.Headers.CopyFrom(invite, SipHeaderName.ProxyAuthorization);
        _acknowledged = transaction;
        _ackBytes = Stack.SendAck(ack, leg.Dialog.NextHop(leg.Flow, leg.StaysOnFlow), default);
    }

    private void Refused(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (Again(transaction, status, response) is { } again)
        {
            again.Headers.CSeq = new CSeq(++leg.Dialog!.LocalCSeq, again.Method);
            _outgoing = leg.Send(again, transaction.Attempt + 1);
            return;
        }

        var wasOffer = !_offered.IsEmpty;
        if (wasOffer)
        {
            leg.Media.Withdraw();
        }

        if (status is SipStatus.RequestTimeout or SipStatus.CallDoesNotExist)
        {
            leg.DialogGone(status); // RFC 3261 §12.2.1.2
        }
        else if (wasOffer && RetryDelay(status, response) is { } delay && _repeats++ < RepeatsMax)
        {
            _queued ??= _offered;
            _retryAt = Stack.Now + delay;
        }
        else
        {
            if (wasOffer)
            {
                Stack.Emit(new OfferRefused(leg.Id, status));
            }

            Flush();
        }
    }

    private SipRequest? Again(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (status is 401 or 407)
        {
            return Stack.TryAuthorize(transaction, response, leg.Credentials);
        }

        if (status == SipStatus.SessionIntervalTooSmall && transaction.Attempt < TransactionLimits.AttemptsMax
            && response?.Headers.MinSessionExpiresSeconds is { } min)
        {
            _minSessionSeconds = min;
            var again = SipStack.Again(transaction);
            SessionRules.Ask(Stack, again, min, again.Headers.SessionExpires?.Refresher);
            return again;
        }

        return null;
    }

    /// <summary>When to offer again after glare (RFC 3261 §14.1) or a 500 that says when; null for never.</summary>
    private TimeSpan? RetryDelay(int status, SipResponse? response) => status switch
    {
        SipStatus.RequestPending when leg.Dialog!.IsOurs => TimeSpan.FromMilliseconds(2_100 + 10 * Stack.NextBelow(191)),
        SipStatus.RequestPending => TimeSpan.FromMilliseconds(10 * Stack.NextBelow(201)),
        SipStatus.ServerInternalError when response?.Headers.RetryAfterSeconds is { } seconds and <= 10 =>
            TimeSpan.FromSeconds(Math.Max(1, seconds)),
        _ => null,
    };

    private void RespondOk(ServerTransaction transaction, ReadOnlyMemory<byte> sdp)
    {
        var response = transaction.Request.CreateResponse(SipStatus.Ok);
        response.Headers.Add(SipHeaderName.Contact, Stack.ContactFor(leg.Flow));
        response.Headers.Add(SipHeaderName.Allow, SipStack.Allow);
        response.Headers.Add(SipHeaderName.Supported, SipStack.Supported);
        if (leg.IsAnswered && transaction.Request.Method != SipMethod.Prack)
        {
            SessionRules.Grant(leg, transaction.Request, response);
        }

        if (!sdp.IsEmpty)
        {
            response.SetBody(SdpBody.ContentType, sdp);
        }

        Stack.Transactions.Respond(transaction, response);
    }

    private void RespondLater(ServerTransaction transaction) => Stack.Respond(
        transaction, SipStatus.ServerInternalError, SipHeaderName.RetryAfter,
        Stack.NextBelow(11).ToString(CultureInfo.InvariantCulture)); // RFC 3261 §14.2: 0 to 10 s
}
