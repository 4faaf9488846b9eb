using Plateau.Contracts;
using Plateau.Sip.Transactions;

namespace Plateau.Sip.Dialogs;

/// <summary>A 2xx of ours to an INVITE, repeated until its ACK comes.</summary>
/// <remarks>Source: RFC 3261 §13.3.1.4: T1, doubling up to T2, given up after 64 T1, over any transport.</remarks>
internal sealed class AcceptedInvite
{
    private readonly SipStack _stack;
    private readonly ServerTransaction _transaction;
    private readonly Instant _giveUpAt;
    private TimeSpan _repeatAfter;
    private Instant _repeatAt;

    internal AcceptedInvite(SipStack stack, ServerTransaction transaction)
    {
        _stack = stack;
        _transaction = transaction;
        _repeatAfter = stack.Config.Timers.T1;
        _repeatAt = stack.Now + _repeatAfter;
        _giveUpAt = stack.Now + stack.Config.Timers.TransactionLife;
    }

    internal Instant NextDeadline => Instant.Min(_repeatAt, _giveUpAt);

    /// <summary>The number that the ACK must carry.</summary>
    internal long CSeqNumber => _transaction.Request.Headers.CSeq!.Value.Number;

    /// <summary>Repeats the 2xx when it is time; true when the ACK is given up.</summary>
    internal bool Tick(Instant now)
    {
        if (now >= _giveUpAt)
        {
            return true;
        }

        if (now >= _repeatAt)
        {
            _repeatAfter = _repeatAfter * 2 < _stack.Config.Timers.T2 ? _repeatAfter * 2 : _stack.Config.Timers.T2;
            _repeatAt = now + _repeatAfter;
            _stack.Transactions.RepeatSuccess(_transaction);
        }

        return false;
    }
}
