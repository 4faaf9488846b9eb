using Plateau.Contracts;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>Our INVITE until it is answered, and the forks it may have: the UAC core of RFC 3261 §13.2 and
/// §9.1.</summary>
/// <remarks>
/// <code>
/// state       input               next        effect
/// Calling     1xx                 Proceeding  DialogProgressed; PRACK where reliable (RFC 3262 §4)
/// Calling     Cancel              Calling     CANCEL waits for the first 1xx
/// Proceeding  Cancel              Cancelling  CANCEL; given up after 64 T1
/// any         2xx                 Done        ACK, DialogAnswered; after Cancel: ACK and BYE
/// Done        2xx, same tag       Done        ACK again
/// Done        2xx, other tag      Done        ACK and BYE in the dialog of that fork
/// any         401, 407, 422       Calling     sent anew, a few times
/// any         300–699, silence    Done        leg ends
/// </code>
/// </remarks>
internal sealed class OutgoingInvite
{
    private readonly SipLeg _leg;
    private readonly SipStack _stack;
    private readonly OutgoingCall _call;
    private readonly List<Fork> _forks = [];
    private readonly List<(string Tag, byte[] Ack)> _strays = [];
    private ClientTransaction? _invite;
    private ClientTransaction? _cancel;
    private SipReason? _cancelReason;
    private Fork? _winner;
    private bool _wasHeard;
    private bool _cancelWanted;
    private Instant _silenceAt = Instant.Never;
    private Instant _ringingEndsAt = Instant.Never;
    private Instant _cancelEndsAt = Instant.Never;

    internal OutgoingInvite(SipLeg leg, OutgoingCall call)
    {
        _leg = leg;
        _stack = leg.Stack;
        _call = call;
    }

    /// <summary>Whether the INVITE has no final answer yet.</summary>
    internal bool IsPending { get; private set; } = true;

    /// <summary>Whether the 2xx brought an offer and the ACK waits for our answer.</summary>
    internal bool AwaitsAnswer { get; private set; }

    internal Instant NextDeadline => Instant.Min(_silenceAt, Instant.Min(_ringingEndsAt, _cancelEndsAt));

    internal void Start()
    {
        var now = _stack.Now;
        _silenceAt = _call.SilenceMax > TimeSpan.Zero ? now + _call.SilenceMax : Instant.Never;
        _ringingEndsAt = now + (_call.RingingMax > TimeSpan.Zero ? _call.RingingMax : _stack.Config.RingingMax);
        _invite = _stack.Transactions.Send(InviteRequest.Create(_stack, _call), _call.Flow, _leg);
    }

    /// <summary>Gives the call up; what comes of it, a 487 or a 2xx that was faster, is dealt with silently.</summary>
    internal void Cancel(SipReason? reason)
    {
        _cancelReason = reason;
        _cancelWanted = true;
        _silenceAt = Instant.Never;
        _ringingEndsAt = Instant.Never;
        SendCancelIfPossible();
    }

    /// <summary>Answers the offer of a 2xx: the ACK carries it.</summary>
    internal void AnswerOffer(ReadOnlyMemory<byte> sdp)
    {
        if (!AwaitsAnswer)
        {
            return;
        }

        AwaitsAnswer = false;
        _leg.Media.Answer(sdp);
        SendAck(_winner!, sdp);
        _leg.Renegotiation.Flush();
    }

    /// <summary>Whether the answer was to the INVITE or its CANCEL.</summary>
    internal bool Answered(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (ReferenceEquals(transaction, _cancel))
        {
            return true;
        }

        if (!ReferenceEquals(transaction, _invite))
        {
            return false;
        }

        _wasHeard = true;
        _silenceAt = Instant.Never;
        if (status < 200)
        {
            Progressed(response!);
        }
        else if (status < 300)
        {
            Succeeded(response!);
        }
        else
        {
            Failed(transaction, status, response);
        }

        return true;
    }

    internal void Tick(Instant now)
    {
        if (now >= _silenceAt)
        {
            GiveUp(new SipLegEnd(SipEndCause.NoResponse, SipSide.Network, SipStatus.RequestTimeout));
        }
        else if (now >= _ringingEndsAt)
        {
            GiveUp(new SipLegEnd(SipEndCause.LimitReached, SipSide.Network, SipStatus.RequestTimeout));
        }
        else if (now >= _cancelEndsAt)
        {
            Abandon(); // RFC 3261 §9.1: no final response 64 T1 after CANCEL means that the call is cancelled
            _leg.Forget();
        }
    }

    /// <summary>Stops waiting for the final answer.</summary>
    internal void Abandon()
    {
        _cancelEndsAt = Instant.Never;
        if (IsPending && _invite is not null)
        {
            IsPending = false;
            _stack.Transactions.Abandon(_invite);
        }
    }

    private void GiveUp(SipLegEnd end)
    {
        Cancel(null);
        _leg.End(end);
        _leg.Linger();
    }

    private void SendCancelIfPossible()
    {
        if (!_cancelWanted || !_wasHeard || _cancel is not null || !IsPending)
        {
            return;
        }

        var cancel = InviteRequest.CreateCancel(_invite!.Request, _cancelReason);
        _cancelEndsAt = _stack.Now + _stack.Config.Timers.TransactionLife;
        _cancel = _stack.Transactions.SendCancel(_invite, cancel, _leg);
    }

    private void Progressed(SipResponse response)
    {
        SendCancelIfPossible();
        if (response.Status == SipStatus.Trying || _leg.HasEnded || response.Headers.To?.Tag is null || !IsPending
            || ForkOf(response) is not { } fork)
        {
            return;
        }

        var sdp = SdpBody.Of(response);
        if (response.Headers.Requires("100rel") && response.Headers.RSeq is { } rseq)
        {
            if (!fork.TakeInOrder(rseq))
            {
                return; // RFC 3262 §4: a repetition, or one that overtook another; it is not acknowledged
            }

            if (!sdp.IsEmpty && fork.Media.State == OfferAnswerState.LocalOffer)
            {
                fork.Media.Receive(sdp);
            }

            SendPrack(fork, rseq);
        }

        _stack.Emit(new DialogProgressed(_leg.Id, response.Status, sdp, fork.Index));
    }

    private void SendPrack(Fork fork, long rseq)
    {
        var prack = fork.Dialog.CreateRequest(SipMethod.Prack);
        prack.Headers.RAck = new RAck(rseq, _invite!.Request.Headers.CSeq!.Value.Number, SipMethod.Invite);
        _stack.Transactions.Send(prack, fork.Dialog.NextHop(_leg.Flow, _leg.StaysOnFlow), _leg);
    }

    private void Succeeded(SipResponse response)
    {
        var tag = response.Headers.To?.Tag ?? "";
        if (_winner is null)
        {
            Win(ForkOf(response, isFinal: true)!, response);
        }
        else if (_winner.Tag != tag)
        {
            RefuseStray(tag, response);
        }
        else if (_winner.AckBytes is { } ack)
        {
            _stack.SendBytes(_winner.Dialog.NextHop(_leg.Flow, _leg.StaysOnFlow), ack);
        }
    }

    private void Win(Fork fork, SipResponse response)
    {
        _winner = fork;
        IsPending = false;
        _ringingEndsAt = Instant.Never;
        _cancelEndsAt = Instant.Never;
        fork.Dialog.Confirm(response);
        _leg.Media = fork.Media;
        _leg.SetDialog(fork.Dialog);
        if (_leg.HasEnded)
        {
            SendAck(fork, default); // the CANCEL lost the race: RFC 3261 §15 wants ACK and BYE
            _leg.SendBye();
            return;
        }

        _leg.Confirm();
        SessionRules.Accept(_leg, response);
        var sdp = SdpBody.Of(response);
        var isOffer = fork.Media.State == OfferAnswerState.Initial;
        var isDue = isOffer || fork.Media.State == OfferAnswerState.LocalOffer;
        if (isDue && (sdp.IsEmpty || !fork.Media.Receive(sdp)))
        {
            SendAck(fork, default);
            _leg.EndWithBye(new SipLegEnd(SipEndCause.ProtocolViolated, SipSide.Remote));
            return;
        }

        AwaitsAnswer = isOffer;
        if (!isOffer)
        {
            SendAck(fork, default);
        }

        _stack.Emit(new DialogAnswered(_leg.Id, isDue ? sdp : default, isOffer));
        _leg.Renegotiation.Flush();
    }

    /// <summary>Another party answered too: it gets ACK and BYE, and nobody else hears of it (RFC 3261
    /// §13.2.2.4).</summary>
    private void RefuseStray(string tag, SipResponse response)
    {
        foreach (var (known, ack) in _strays)
        {
            if (known == tag)
            {
                _stack.SendBytes(_leg.Flow, ack);
                return;
            }
        }

        if (_strays.Count == TransactionLimits.EarlyDialogsMax)
        {
            return;
        }

        var stray = ForkOf(response, isFinal: true)!;
        stray.Dialog.Confirm(response);
        SendAck(stray, default);
        _strays.Add((tag, stray.AckBytes!));
        var bye = stray.Dialog.CreateRequest(SipMethod.Bye);
        _stack.Transactions.Send(bye, stray.Dialog.NextHop(_leg.Flow, _leg.StaysOnFlow), _leg);
    }

    private void Failed(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (!_leg.HasEnded && Again(transaction, status, response) is { } again)
        {
            _forks.Clear();
            again.Headers.CSeq = new CSeq(again.Headers.CSeq!.Value.Number + 1, SipMethod.Invite);
            _wasHeard = false;
            _invite = _stack.Transactions.Send(again, _call.Flow, _leg, transaction.Attempt + 1);
            return;
        }

        IsPending = false;
        _ringingEndsAt = Instant.Never;
        _cancelEndsAt = Instant.Never;
        _leg.End(InviteRequest.EndOf(status, response));
        _leg.Forget();
    }

    /// <summary>The INVITE once more, with credentials or a longer session interval; null when that is no
    /// use.</summary>
    private SipRequest? Again(ClientTransaction transaction, int status, SipResponse? response)
    {
        if (response is null || transaction.Attempt >= TransactionLimits.AttemptsMax)
        {
            return null;
        }

        if (status is 401 or 407)
        {
            return _stack.TryAuthorize(transaction, response, _call.Credentials);
        }

        if (status != SipStatus.SessionIntervalTooSmall || response.Headers.MinSessionExpiresSeconds is not { } min)
        {
            return null;
        }

        var again = SipStack.Again(transaction);
        SessionRules.Ask(_stack, again, min);
        return again;
    }

    private Fork? ForkOf(SipResponse response, bool isFinal = false)
    {
        var tag = response.Headers.To?.Tag ?? "";
        foreach (var known in _forks)
        {
            if (known.Tag == tag)
            {
                return known;
            }
        }

        if (!isFinal && _forks.Count >= TransactionLimits.EarlyDialogsMax)
        {
            return null;
        }

        var dialog = Dialog.OfResponse(_invite!.Request, response);
        var fork = new Fork(tag, _forks.Count, dialog, OfferAnswer.Offered(_call.Offer));
        _forks.Add(fork);
        if (fork.Index == 0 && _winner is null)
        {
            // The usual case has one fork: requests of its early dialog, such as UPDATE, find the leg.
            _leg.Media = fork.Media;
            _leg.SetDialog(dialog);
        }

        return fork;
    }

    private void SendAck(Fork fork, ReadOnlyMemory<byte> sdp)
    {
        var invite = _invite!.Request.Headers;
        var ack = fork.Dialog.CreateRequest(SipMethod.Ack, invite.CSeq!.Value.Number);
        ack.Headers.CopyFrom(invite, SipHeaderName.Authorization); // RFC 3261 §22.1: the credentials of the INVITE
        ack.Headers.CopyFrom(invite, SipHeaderName.ProxyAuthorization);
        fork.AckBytes = _stack.SendAck(ack, fork.Dialog.NextHop(_leg.Flow, _leg.StaysOnFlow), sdp);
    }

    /// <summary>One party that our INVITE reached: its dialog and its answer to the one offer.</summary>
    private sealed class Fork(string tag, int index, Dialog dialog, OfferAnswer media)
    {
        private long _lastRSeq;

        internal string Tag { get; } = tag;

        internal int Index { get; } = index;

        internal Dialog Dialog { get; } = dialog;

        internal OfferAnswer Media { get; } = media;

        internal byte[]? AckBytes { get; set; }

        /// <summary>Reliable provisional responses count up by one (RFC 3262 §4).</summary>
        internal bool TakeInOrder(long rseq)
        {
            if (_lastRSeq != 0 && rseq != _lastRSeq + 1)
            {
                return false;
            }

            _lastRSeq = rseq;
            return true;
        }
    }
}
