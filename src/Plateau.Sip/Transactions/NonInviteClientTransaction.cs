using Plateau.Contracts;
using static Plateau.Sip.Transactions.ClientInput;
using static Plateau.Sip.Transactions.TransactionEffect;
using static Plateau.Sip.Transactions.TransactionState;

namespace Plateau.Sip.Transactions;

/// <summary>The client transaction of every request but INVITE and ACK.</summary>
/// <remarks>
/// Source: RFC 3261 §17.1.2 figure 6.
/// <code>
/// state       input             next        effect
/// (new)       Start             Trying      Send                      E := T1 (unreliable), F := 64 T1
/// Trying      timer E           Trying      Send                      E doubles up to T2
/// Proceeding  timer E           Proceeding  Send                      E := T2
/// both        timer F           Terminated  ReportTimeout
/// both        Provisional       Proceeding  Deliver
/// both        Success, Failure  Completed   Deliver                   K := T4, 0 when reliable
/// Completed   timer K           Terminated
/// both        TransportFailure  Terminated  ReportTransportFailure
/// </code>
/// </remarks>
internal sealed class NonInviteClientTransaction(SipTimers timers, bool isReliable) : ITransactionMachine<ClientInput>
{
    private TimeSpan _retransmitAfter = timers.T1;
    private Instant _retransmitAt = Instant.Never;
    private Instant _endAt = Instant.Never;

    public TransactionState State { get; private set; } = Trying;

    public Instant NextDeadline => Instant.Min(_retransmitAt, _endAt);

    public TransactionEffect Apply(Instant now, ClientInput input)
    {
        switch (State, input)
        {
            case (Trying, Start):
                _retransmitAt = isReliable ? Instant.Never : now + _retransmitAfter; // timer E
                _endAt = now + timers.TransactionLife; // timer F
                return Send;

            case (Trying or Proceeding, Tick) when now >= _endAt:
                return Enter(Terminated, ReportTimeout, Instant.Never);

            case (Trying, Tick) when now >= _retransmitAt:
                _retransmitAfter = _retransmitAfter * 2 < timers.T2 ? _retransmitAfter * 2 : timers.T2;
                _retransmitAt = now + _retransmitAfter;
                return Send;

            case (Proceeding, Tick) when now >= _retransmitAt:
                _retransmitAt = now + timers.T2;
                return Send;

            case (Trying or Proceeding, Provisional):
                State = Proceeding;
                _retransmitAt = isReliable ? Instant.Never : now + timers.T2;
                return Deliver;

            case (Trying or Proceeding, Success or Failure) when isReliable: // timer K is zero
                return Enter(Terminated, Deliver, Instant.Never);

            case (Trying or Proceeding, Success or Failure):
                return Enter(Completed, Deliver, now + timers.T4);

            case (Completed, Tick) when now >= _endAt: // timer K
                return Enter(Terminated, None, Instant.Never);

            case (Trying or Proceeding, TransportFailure):
                return Enter(Terminated, ReportTransportFailure, Instant.Never);

            default: // late and repeated inputs
                return None;
        }
    }

    private TransactionEffect Enter(TransactionState next, TransactionEffect effect, Instant endAt)
    {
        State = next;
        _retransmitAt = Instant.Never;
        _endAt = endAt;
        return effect;
    }
}
