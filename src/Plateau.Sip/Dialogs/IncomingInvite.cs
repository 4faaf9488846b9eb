using Plateau.Contracts;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>The INVITE of a peer until our 2xx to it is acknowledged: the UAS core of RFC 3261 §13.3.</summary>
/// <remarks>
/// <code>
/// state      input             next       effect
/// Offered    Ring, Progress    Offered    1xx, reliably where required or asked for (RFC 3262 §3)
/// Offered    Answer            Accepted   200, repeated until the ACK; held back while a reliable 1xx with a
///                                         description is not acknowledged (RFC 3262 §5)
/// Offered    Reject            Done       300–699, leg ends
/// Offered    CANCEL, BYE       Done       487, leg ends
/// Offered    1xx never PRACKed Done       504, leg ends
/// Accepted   ACK               Done       DialogConfirmed
/// Accepted   no ACK in 64 T1   Done       BYE, leg ends
/// </code>
/// </remarks>
internal sealed class IncomingInvite
{
    // RFC 3261 §13.3.1.1: proxies give up after 3 minutes without a provisional response; once a minute is asked for.
    private static readonly TimeSpan KeepRinging = TimeSpan.FromMinutes(1);

    private readonly SipLeg _leg;
    private readonly SipStack _stack;
    private readonly ReliableProvisionals _reliable;
    private AcceptedInvite? _accepted;
    private SipProgress? _lastProgress;
    private ReadOnlyMemory<byte>? _heldAnswer;
    private ReadOnlyMemory<byte> _previewed;
    private Instant _repeatProgressAt = Instant.Never;
    private Instant _giveUpAt;

    internal IncomingInvite(SipLeg leg, ServerTransaction transaction)
    {
        _leg = leg;
        _stack = leg.Stack;
        Transaction = transaction;
        Dialog = Dialog.OfRequest(transaction.Request, _stack.NewWord());
        _reliable = new ReliableProvisionals(_stack, transaction);
        _giveUpAt = _stack.Now + _stack.Config.UnansweredMax;
    }

    internal ServerTransaction Transaction { get; }

    internal Dialog Dialog { get; }

    /// <summary>Whether no final response has been sent.</summary>
    internal bool IsPending { get; private set; } = true;

    /// <summary>Whether our 2xx waits for its ACK.</summary>
    internal bool AwaitsAck => _accepted is not null;

    internal Instant NextDeadline => Instant.Min(
        Instant.Min(_repeatProgressAt, _giveUpAt),
        Instant.Min(_reliable.NextDeadline, _accepted?.NextDeadline ?? Instant.Never));

    internal void Start(IncomingCall call)
    {
        if (!call.Offer.IsEmpty)
        {
            _leg.Media.Receive(call.Offer);
        }

        _stack.Transactions.Respond(Transaction, Transaction.Request.CreateResponse(SipStatus.Trying));
        _stack.Emit(new DialogOffered(_leg.Id, call));
    }

    internal void Ring() => Progress(new SipProgress(default, IsReliable: false, SipStatus.Ringing));

    internal void Progress(SipProgress progress)
    {
        if (!IsPending || _heldAnswer is not null)
        {
            return;
        }

        _lastProgress = progress;
        _repeatProgressAt = _stack.Now + KeepRinging;
        var isReliable = Transaction.Request.Headers.Requires("100rel")
            || (progress.IsReliable && Transaction.Request.Headers.Supports("100rel"));
        var sdp = progress.Sdp;
        if (isReliable && !sdp.IsEmpty && !TakeDescription(sdp))
        {
            sdp = default; // the answer is out already; RFC 3262 §5 allows one exchange here
        }
        else if (!isReliable && !sdp.IsEmpty)
        {
            _previewed = sdp;
        }

        var response = CreateResponse(progress.Status, sdp);
        if (isReliable)
        {
            _reliable.Send(response);
        }
        else
        {
            _stack.Transactions.Respond(Transaction, response);
        }
    }

    internal void Answer(ReadOnlyMemory<byte> sdp)
    {
        if (!IsPending)
        {
            return;
        }

        if (_reliable.IsWaiting)
        {
            _heldAnswer = sdp;
            return;
        }

        sdp = sdp.IsEmpty ? _previewed : sdp;
        var describes = !sdp.IsEmpty && TakeDescription(sdp);
        IsPending = false;
        _giveUpAt = Instant.Never;
        _repeatProgressAt = Instant.Never;
        var response = CreateResponse(SipStatus.Ok, describes ? sdp : default);
        SessionRules.Grant(_leg, Transaction.Request, response);
        _leg.Confirm();
        _stack.Transactions.Respond(Transaction, response);
        _accepted = new AcceptedInvite(_stack, Transaction);
    }

    internal void Reject(SipReject reject)
    {
        if (!IsPending)
        {
            return;
        }

        var response = CreateResponse(reject.Status, default);
        if (reject.Reason is not null)
        {
            response.Headers.Add(SipHeaderName.Reason, reject.Reason.ToString());
        }

        if (reject.RetryAfterSeconds > 0)
        {
            response.Headers.RetryAfterSeconds = reject.RetryAfterSeconds;
        }

        if (reject.RedirectTo is not null)
        {
            response.Headers.Contact = reject.RedirectTo;
        }

        Finish(response, new SipLegEnd(SipEndCause.Rejected, SipSide.Local, reject.Status));
    }

    internal void Cancelled(SipRequest cancel)
    {
        if (IsPending)
        {
            Finish(
                CreateResponse(SipStatus.RequestTerminated, default),
                SipLeg.EndOf(cancel, SipEndCause.Cancelled, SipStatus.RequestTerminated));
        }
    }

    /// <summary>A BYE came: an unanswered INVITE gets 487 (RFC 3261 §15.1.2).</summary>
    internal void Terminate()
    {
        if (IsPending)
        {
            IsPending = false;
            _stack.Transactions.Respond(Transaction, CreateResponse(SipStatus.RequestTerminated, default));
        }

        _accepted = null;
        _reliable.Stop();
    }

    /// <summary>Whether the ACK was for this INVITE.</summary>
    internal bool ReceiveAck(SipRequest ack)
    {
        if (_accepted is null || ack.Headers.CSeq!.Value.Number != _accepted.CSeqNumber)
        {
            return false;
        }

        _accepted = null;
        if (_leg.HasEnded)
        {
            _leg.SendBye(); // hung up before the ACK came
            return true;
        }

        var sdp = SdpBody.Of(ack);
        if (_leg.Media.State == OfferAnswerState.LocalOffer && (sdp.IsEmpty || !_leg.Media.Receive(sdp)))
        {
            _leg.EndWithBye(new SipLegEnd(SipEndCause.ProtocolViolated, SipSide.Remote));
            return true;
        }

        _stack.Emit(new DialogConfirmed(_leg.Id, sdp));
        _leg.Renegotiation.Flush();
        return true;
    }

    /// <summary>Whether the PRACK acknowledges what we sent; answers it then, or lets the application answer its
    /// offer.</summary>
    internal bool ReceivePrack(ServerTransaction prack)
    {
        if (!_reliable.Acknowledge(prack.Request))
        {
            return false;
        }

        var sdp = SdpBody.Of(prack.Request);
        if (sdp.IsEmpty)
        {
            _stack.Respond(prack, SipStatus.Ok);
        }
        else if (_leg.Media.State == OfferAnswerState.LocalOffer)
        {
            _leg.Media.Receive(sdp);
            _stack.Respond(prack, SipStatus.Ok);
            _stack.Emit(new OfferAnswered(_leg.Id, sdp));
        }
        else
        {
            _leg.Renegotiation.ReceiveOffer(prack, sdp);
        }

        if (_heldAnswer is { } held && !_reliable.IsWaiting)
        {
            _heldAnswer = null;
            Answer(held);
        }

        return true;
    }

    internal void Tick(Instant now)
    {
        if (_accepted is not null && _accepted.Tick(now))
        {
            _accepted = null;
            _leg.EndWithBye(new SipLegEnd(SipEndCause.NoAcknowledgement, SipSide.Network));
        }

        if (_reliable.Tick(now))
        {
            var end = new SipLegEnd(SipEndCause.NoProvisionalAcknowledgement, SipSide.Network, SipStatus.ServerTimeout);
            Finish(CreateResponse(SipStatus.ServerTimeout, default), end);
        }

        if (IsPending && now >= _giveUpAt)
        {
            var end = new SipLegEnd(SipEndCause.LimitReached, SipSide.Network, SipStatus.TemporarilyUnavailable);
            Finish(CreateResponse(SipStatus.TemporarilyUnavailable, default), end);
        }

        if (IsPending && now >= _repeatProgressAt)
        {
            _repeatProgressAt = Instant.Never;
            Progress(_lastProgress! with { Sdp = default });
        }
    }

    /// <summary>Our description enters the exchange as answer, or as offer when the INVITE had none.</summary>
    private bool TakeDescription(ReadOnlyMemory<byte> sdp) => _leg.Media.State switch
    {
        OfferAnswerState.RemoteOffer => _leg.Media.Answer(sdp),
        OfferAnswerState.Initial => _leg.Media.Offer(sdp),
        _ => false,
    };

    private void Finish(SipResponse response, SipLegEnd end)
    {
        IsPending = false;
        _giveUpAt = Instant.Never;
        _repeatProgressAt = Instant.Never;
        _reliable.Stop();
        _stack.Transactions.Respond(Transaction, response);
        _leg.Renegotiation.Terminate();
        _leg.End(end);
        _leg.Forget();
    }

    private SipResponse CreateResponse(int status, ReadOnlyMemory<byte> sdp)
    {
        var response = Transaction.Request.CreateResponse(status, Dialog.Key.LocalTag);
        if (status < 300)
        {
            response.Headers.CopyFrom(Transaction.Request.Headers, SipHeaderName.RecordRoute);
            response.Headers.Add(SipHeaderName.Contact, _stack.ContactFor(Transaction.Flow));
            response.Headers.Add(SipHeaderName.Allow, SipStack.Allow);
        }

        if (status is >= 200 and < 300)
        {
            response.Headers.Add(SipHeaderName.Supported, SipStack.Supported);
        }

        if (!sdp.IsEmpty)
        {
            response.SetBody(SdpBody.ContentType, sdp);
        }

        return response;
    }
}
