using Plateau.Contracts;
using static Plateau.Sip.Transactions.ClientInput;
using static Plateau.Sip.Transactions.TransactionEffect;
using static Plateau.Sip.Transactions.TransactionState;

namespace Plateau.Sip.Transactions;

/// <summary>The INVITE client transaction.</summary>
/// <remarks>
/// Source: RFC 3261 §17.1.1 figure 5, as corrected by RFC 6026 §7.2 figure 5.
/// <code>
/// state       input             next        effect
/// (new)       Start             Calling     Send                      A := T1 (unreliable), B := 64 T1
/// Calling     timer A           Calling     Send                      A doubles
/// Calling     timer B           Terminated  ReportTimeout
/// Calling     Provisional       Proceeding  Deliver
/// Proceeding  Provisional       Proceeding  Deliver
/// both        Success           Accepted    Deliver                   M := 64 T1
/// both        Failure           Completed   SendAck, Deliver          D := 64 T1, 0 when reliable
/// Completed   Failure           Completed   SendAck
/// Completed   timer D           Terminated
/// Accepted    Success           Accepted    Deliver                   the user sends the ACK
/// Accepted    timer M           Terminated
/// Calling, Completed  TransportFailure  Terminated  ReportTransportFailure
/// </code>
/// </remarks>
internal sealed class InviteClientTransaction(SipTimers timers, bool isReliable) : ITransactionMachine<ClientInput>
{
    private TimeSpan _retransmitAfter = timers.T1;
    private Instant _retransmitAt = Instant.Never;
    private Instant _endAt = Instant.Never;

    public TransactionState State { get; private set; } = Calling;

    public Instant NextDeadline => Instant.Min(_retransmitAt, _endAt);

    public TransactionEffect Apply(Instant now, ClientInput input)
    {
        switch (State, input)
        {
            case (Calling, Start):
                _retransmitAt = isReliable ? Instant.Never : now + _retransmitAfter; // timer A
                _endAt = now + timers.TransactionLife; // timer B
                return Send;

            case (Calling, Tick) when now >= _endAt:
                return Enter(Terminated, ReportTimeout);

            case (Calling, Tick) when now >= _retransmitAt:
                _retransmitAfter *= 2;
                _retransmitAt = now + _retransmitAfter;
                return Send;

            case (Calling or Proceeding, Provisional): // §17.1.1.2: retransmissions cease
                return Enter(Proceeding, Deliver);

            case (Calling or Proceeding, Success): // RFC 6026 §8.4
                return Enter(Accepted, Deliver, now + timers.TransactionLife);

            case (Calling or Proceeding, Failure) when isReliable: // timer D is zero
                return Enter(Terminated, SendAck | Deliver);

            case (Calling or Proceeding, Failure):
                return Enter(Completed, SendAck | Deliver, now + timers.TransactionLife);

            case (Completed, Failure): // the ACK was lost
                return SendAck;

            case (Accepted, Success): // a retransmission, or another branch of a fork
                return Deliver;

            case (Completed or Accepted, Tick) when now >= _endAt: // timers D and M
                return Enter(Terminated, None);

            case (Calling or Completed, TransportFailure):
                return Enter(Terminated, State == Calling ? ReportTransportFailure : None);

            default: // late and repeated inputs
                return None;
        }
    }

    private TransactionEffect Enter(TransactionState next, TransactionEffect effect, Instant? endAt = null)
    {
        State = next;
        _retransmitAt = Instant.Never;
        _endAt = endAt ?? Instant.Never;
        return effect;
    }
}
