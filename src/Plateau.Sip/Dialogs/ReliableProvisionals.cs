using Plateau.Contracts;
using Plateau.Sip.Messages;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>Provisional responses sent reliably: one at a time, each repeated until its PRACK comes.</summary>
/// <remarks>Source: RFC 3262 §3: RSeq counts up by one; repeated after T1, doubling; given up after 64 T1.</remarks>
internal sealed class ReliableProvisionals(SipStack stack, ServerTransaction transaction)
{
    private readonly Queue<SipResponse> _queue = new();
    private byte[] _waiting = [];
    private long _rseq;
    private TimeSpan _repeatAfter;
    private Instant _repeatAt = Instant.Never;
    private Instant _giveUpAt = Instant.Never;

    /// <summary>Whether a response waits for its PRACK; the final one has to wait too (§5).</summary>
    internal bool IsWaiting => _waiting.Length > 0;

    internal Instant NextDeadline => Instant.Min(_repeatAt, _giveUpAt);

    internal void Send(SipResponse response)
    {
        if (IsWaiting)
        {
            if (_queue.Count < TransactionLimits.ProvisionalQueueMax)
            {
                _queue.Enqueue(response);
            }

            return;
        }

        // §3: the first RSeq is chosen from 1 to 2^31 - 1; a small range leaves room to count.
        _rseq = _rseq == 0 ? 1 + stack.NextBelow(1_000_000) : _rseq + 1;
        response.Headers.Add(SipHeaderName.Require, "100rel");
        response.Headers.RSeq = _rseq;
        stack.Transactions.Respond(transaction, response);
        _waiting = transaction.Bytes;
        _repeatAfter = stack.Config.Timers.T1;
        _repeatAt = stack.Now + _repeatAfter;
        _giveUpAt = stack.Now + stack.Config.Timers.TransactionLife;
    }

    /// <summary>Whether the PRACK acknowledges the response that waits; the next one is sent then.</summary>
    internal bool Acknowledge(SipRequest prack)
    {
        var invite = transaction.Request.Headers.CSeq!.Value;
        if (!IsWaiting || prack.Headers.RAck != new RAck(_rseq, invite.Number, invite.Method))
        {
            return false;
        }

        Stop();
        if (_queue.TryDequeue(out var next))
        {
            Send(next);
        }

        return true;
    }

    internal void Stop()
    {
        _waiting = [];
        _repeatAt = Instant.Never;
        _giveUpAt = Instant.Never;
    }

    /// <summary>Repeats what waits; true when its PRACK is given up.</summary>
    internal bool Tick(Instant now)
    {
        if (now >= _giveUpAt)
        {
            Stop();
            return true;
        }

        if (now >= _repeatAt)
        {
            _repeatAfter *= 2;
            _repeatAt = now + _repeatAfter;
            stack.SendBytes(transaction.Flow, _waiting);
        }

        return false;
    }
}
