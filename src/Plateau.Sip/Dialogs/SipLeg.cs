using Plateau.Contracts;
using Plateau.Sip.Auth;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>One leg: an INVITE, the dialog it makes, and everything said within that.</summary>
/// <remarks>
/// The parts are machines of their own: <see cref="IncomingInvite"/> or <see cref="OutgoingInvite"/> until the dialog
/// is up, then <see cref="Renegotiation"/> (re-INVITE, UPDATE, session timer) and <see cref="Referral"/> (REFER).
/// A leg that ended for the application may linger until its last transaction is answered, 64 T1 at most.
/// </remarks>
internal sealed class SipLeg : ITransactionUser, IDeadlineOwner
{
    private ClientTransaction? _bye;
    private SipReason? _byeReason;
    private Instant _lingerUntil = Instant.Never;

    internal SipLeg(SipStack stack, SipLegId id, string peer, SipFlow flow)
    {
        Stack = stack;
        Id = id;
        Peer = peer;
        Flow = flow;
        Deadline = new Deadline(this);
        Renegotiation = new Renegotiation(this);
        Referral = new Referral(this);
    }

    internal SipStack Stack { get; }

    internal SipLegId Id { get; }

    internal string Peer { get; }

    internal SipFlow Flow { get; set; }

    internal bool StaysOnFlow { get; set; }

    internal DigestCredentials? Credentials { get; set; }

    internal Deadline Deadline { get; }

    internal IncomingInvite? Incoming { get; private set; }

    internal OutgoingInvite? Outgoing { get; private set; }

    internal Renegotiation Renegotiation { get; }

    internal Referral Referral { get; }

    /// <summary>The one dialog; null while our INVITE has not been answered.</summary>
    internal Dialog? Dialog { get; private set; }

    /// <summary>Offer and answer of that dialog.</summary>
    internal OfferAnswer Media { get; set; } = new();

    /// <summary>Whether the application has been told the end.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Whether the INVITE was answered with 2xx and not yet hung up.</summary>
    internal bool IsAnswered { get; private set; }

    internal void StartIncoming(ServerTransaction transaction, IncomingCall call)
    {
        StaysOnFlow |= transaction.Flow.IsReliable;
        Incoming = new IncomingInvite(this, transaction);
        SetDialog(Incoming.Dialog);
        Incoming.Start(call);
        Reschedule();
    }

    internal void StartOutgoing(OutgoingCall call)
    {
        Credentials = call.Credentials;
        StaysOnFlow = call.StaysOnFlow;
        Outgoing = new OutgoingInvite(this, call);
        Outgoing.Start();
        Reschedule();
    }

    /// <summary>Makes the dialog of the leg known, so that requests find it.</summary>
    internal void SetDialog(Dialog dialog)
    {
        if (Dialog is not null && Dialog.Key != dialog.Key)
        {
            Stack.RemoveDialog(Dialog.Key);
        }

        Dialog = dialog;
        Stack.AddDialog(dialog.Key, this);
    }

    internal void Confirm() => IsAnswered = true;

    /// <summary>A request of the application; too late ones change nothing.</summary>
    internal void Apply(SipLegInput input)
    {
        if (HasEnded)
        {
            return; // the application's request crossed the end of the leg
        }

        switch (input)
        {
            case SipRing:
                Incoming?.Ring();
                break;
            case SipProgress progress:
                Incoming?.Progress(progress);
                break;
            case SipAnswer answer:
                Incoming?.Answer(answer.Sdp);
                break;
            case SipReject reject:
                Incoming?.Reject(reject);
                break;
            case SipHangUp hangUp:
                HangUp(hangUp.Reason);
                break;
            case SipReoffer reoffer:
                Renegotiation.Offer(reoffer.Sdp);
                break;
            case SipAnswerOffer answer when Outgoing is { AwaitsAnswer: true }:
                Outgoing.AnswerOffer(answer.Sdp);
                break;
            case SipAnswerOffer answer:
                Renegotiation.Answer(answer.Sdp);
                break;
            case SipRejectOffer reject:
                Renegotiation.Reject(reject.Status);
                break;
            default:
                Referral.Apply(input);
                break;
        }

        Reschedule();
    }

    /// <summary>A request of the peer within the dialog, ACK and CANCEL excepted.</summary>
    internal void Receive(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!Dialog!.TakeInOrder(request))
        {
            Stack.Respond(transaction, SipStatus.ServerInternalError);
        }
        else if (request.Method == SipMethod.Bye)
        {
            ReceiveBye(transaction);
        }
        else if (HasEnded)
        {
            Stack.Respond(transaction, SipStatus.CallDoesNotExist);
        }
        else if (SipTreatment.Of(request, SipCapabilities.Default) is { Verdict: SipVerdict.Reject } treatment)
        {
            Stack.Transactions.Respond(transaction, treatment.CreateResponse(Dialog.Key.LocalTag)!);
        }
        else
        {
            Dispatch(transaction, request.Method);
        }

        Reschedule();
    }

    /// <summary>The ACK of a 2xx.</summary>
    internal void ReceiveAck(SipRequest ack)
    {
        if (Incoming is null || !Incoming.ReceiveAck(ack))
        {
            Renegotiation.ReceiveAck(ack);
        }

        Reschedule();
    }

    /// <summary>CANCEL of an INVITE that this leg has not answered.</summary>
    internal void ReceiveCancel(ServerTransaction invite, SipRequest cancel)
    {
        if (Incoming is { } incoming && ReferenceEquals(incoming.Transaction, invite))
        {
            incoming.Cancelled(cancel);
        }
        else
        {
            Renegotiation.Cancelled(invite);
        }

        Reschedule();
    }

    public void Answered(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (ReferenceEquals(transaction, _bye))
        {
            ByeAnswered(transaction, status, response);
        }
        else if (Outgoing is null || !Outgoing.Answered(transaction, status, response))
        {
            if (!Renegotiation.Answered(transaction, status, response))
            {
                Referral.Answered(transaction, status, response);
            }
        }

        Reschedule();
    }

    public void Unacknowledged(ServerTransaction transaction)
    {
        // A refusal without ACK changes nothing: the leg has ended already (RFC 3261 §17.2.1, timer H).
    }

    public void DeadlineReached(Instant now)
    {
        if (now >= _lingerUntil)
        {
            Forget();
            return;
        }

        Incoming?.Tick(now);
        Outgoing?.Tick(now);
        Renegotiation.Tick(now);
        Reschedule();
    }

    /// <summary>Sends a request within the dialog.</summary>
    internal ClientTransaction Send(SipRequest request, int attempt = 0) =>
        Stack.Transactions.Send(request, Dialog!.NextHop(Flow, StaysOnFlow), this, attempt);

    /// <summary>Sends a request that changes the target: with our Contact (RFC 3261 §12.2.1.1).</summary>
    internal SipRequest CreateTargetRefresh(SipMethod method)
    {
        var request = Dialog!.CreateRequest(method);
        request.Headers.Add(SipHeaderName.Contact, Stack.ContactFor(Flow));
        request.Headers.Add(SipHeaderName.Allow, SipStack.Allow);
        request.Headers.Add(SipHeaderName.Supported, SipStack.Supported);
        return request;
    }

    /// <summary>Tells the application the end, once.</summary>
    internal void End(SipLegEnd end)
    {
        if (HasEnded)
        {
            return;
        }

        HasEnded = true;
        IsAnswered = false;
        Renegotiation.Stop();
        Stack.Emit(new DialogEnded(Id, end));
    }

    /// <summary>Ends the leg for the application and the peer: BYE now, or as soon as the ACK is here (RFC 3261
    /// §15).</summary>
    internal void EndWithBye(SipLegEnd end, SipReason? reason = null)
    {
        _byeReason = reason ?? (end.Q850 == 0 ? null : SipReason.Q850(end.Q850));
        End(end);
        if (Incoming is { AwaitsAck: true })
        {
            Linger();
            return;
        }

        SendBye();
    }

    /// <summary>Sends BYE and lingers until it is answered.</summary>
    internal void SendBye()
    {
        var bye = Dialog!.CreateRequest(SipMethod.Bye);
        if (_byeReason is not null)
        {
            bye.Headers.Add(SipHeaderName.Reason, _byeReason.ToString());
        }

        Linger();
        _bye = Send(bye);
    }

    /// <summary>The leg leaves the tables at once.</summary>
    internal void Forget()
    {
        Outgoing?.Abandon();
        if (Dialog is not null)
        {
            Stack.RemoveDialog(Dialog.Key);
        }

        Stack.RemoveLeg(this);
    }

    /// <summary>The leg leaves the tables when its last transaction is over, or 64 T1 from now.</summary>
    internal void Linger() => _lingerUntil = Stack.Now + Stack.Config.Timers.TransactionLife;

    /// <summary>A PRACK and its like found out that the peer has forgotten the dialog.</summary>
    internal void DialogGone(int status) =>
        EndWithBye(new SipLegEnd(SipEndCause.DialogGone, SipSide.Network, status));

    private void HangUp(SipReason? reason)
    {
        if (Outgoing is { IsPending: true })
        {
            Outgoing.Cancel(reason);
            End(new SipLegEnd(SipEndCause.Cancelled, SipSide.Local));
            Linger();
        }
        else if (Incoming is { IsPending: true })
        {
            Incoming.Reject(new SipReject(SipStatus.TemporarilyUnavailable, reason));
        }
        else
        {
            Outgoing?.AnswerOffer(default); // the peer's 2xx needs its ACK before the BYE
            EndWithBye(new SipLegEnd(SipEndCause.Hangup, SipSide.Local), reason);
        }
    }

    private void ReceiveBye(ServerTransaction transaction)
    {
        Stack.Respond(transaction, SipStatus.Ok);
        var wasAnswered = IsAnswered;
        Incoming?.Terminate();
        Renegotiation.Terminate();
        var cause = wasAnswered ? SipEndCause.Hangup : SipEndCause.Cancelled;
        End(EndOf(transaction.Request, cause));
        Forget();
    }

    /// <summary>The end that a BYE or CANCEL of the peer tells, with its Reason headers.</summary>
    internal static SipLegEnd EndOf(SipMessage message, SipEndCause cause, int status = 0)
    {
        var q850 = 0;
        var text = "";
        if (message.Headers.Has(SipHeaderName.Reason))
        {
            foreach (var reason in message.Headers.Reasons)
            {
                q850 = reason is { IsQ850: true, Code: > 0 and < 128 } ? reason.Code.Value : q850;
                text = reason.Text ?? text;
            }
        }

        return new SipLegEnd(cause, SipSide.Remote, status, q850, text);
    }

    private void ByeAnswered(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (status < 200)
        {
            return;
        }

        if (status is 401 or 407 && Stack.TryAuthorize(transaction, response, Credentials) is { } again)
        {
            again.Headers.CSeq = new CSeq(++Dialog!.LocalCSeq, SipMethod.Bye);
            _bye = Send(again, transaction.Attempt + 1);
            return;
        }

        Forget();
    }

    private void Dispatch(ServerTransaction transaction, SipMethod method)
    {
        if (method == SipMethod.Invite)
        {
            Renegotiation.ReceiveInvite(transaction);
        }
        else if (method == SipMethod.Update)
        {
            Renegotiation.ReceiveUpdate(transaction);
        }
        else if (method == SipMethod.Prack)
        {
            ReceivePrack(transaction);
        }
        else if (method == SipMethod.Info)
        {
            DigitRelay.Receive(this, transaction);
        }
        else if (method == SipMethod.Refer)
        {
            Referral.ReceiveRefer(transaction);
        }
        else if (method == SipMethod.Notify)
        {
            Referral.ReceiveNotify(transaction);
        }
        else
        {
            SimpleAnswers.Respond(Stack, transaction);
        }
    }

    private void ReceivePrack(ServerTransaction transaction)
    {
        if (Incoming is not { IsPending: true } incoming || !incoming.ReceivePrack(transaction))
        {
            Stack.Respond(transaction, SipStatus.CallDoesNotExist);
        }
    }

    private void Reschedule()
    {
        var at = Instant.Min(_lingerUntil, Renegotiation.NextDeadline);
        at = Instant.Min(at, Incoming?.NextDeadline ?? Instant.Never);
        at = Instant.Min(at, Outgoing?.NextDeadline ?? Instant.Never);
        if (Stack.FindLeg(Id) is not null)
        {
            Stack.Deadlines.Set(Deadline, at);
        }
    }
}
