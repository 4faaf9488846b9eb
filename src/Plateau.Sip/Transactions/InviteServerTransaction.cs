using Plateau.Contracts;
using static Plateau.Sip.Transactions.ServerInput;
using static Plateau.Sip.Transactions.TransactionEffect;
using static Plateau.Sip.Transactions.TransactionState;

namespace Plateau.Sip.Transactions;

/// <summary>The INVITE server transaction.</summary>
/// <remarks>
/// Source: RFC 3261 §17.2.1 figure 7, as corrected by RFC 6026 §7.1 figure 7.
/// <code>
/// state       input             next        effect
/// (new)                         Proceeding                            the user sends 100 at once
/// Proceeding  Request           Proceeding  Send
/// Proceeding  SendProvisional   Proceeding  Send
/// Proceeding  SendSuccess       Accepted    Send                      L := 64 T1
/// Proceeding  SendFailure       Completed   Send                      G := T1 (unreliable), H := 64 T1
/// Completed   Request           Completed   Send
/// Completed   timer G           Completed   Send                      G doubles up to T2
/// Completed   timer H           Terminated  ReportTimeout
/// Completed   Ack               Confirmed                             I := T4, 0 when reliable
/// Confirmed   timer I           Terminated
/// Accepted    Request           Accepted                              absorbed
/// Accepted    SendSuccess       Accepted    Send                      the user repeats its 2xx
/// Accepted    Ack               Accepted    Deliver
/// Accepted    timer L           Terminated
/// </code>
/// </remarks>
internal sealed class InviteServerTransaction(SipTimers timers, bool isReliable) : ITransactionMachine<ServerInput>
{
    private TimeSpan _retransmitAfter = timers.T1;
    private Instant _retransmitAt = Instant.Never;
    private Instant _endAt = Instant.Never;

    public TransactionState State { get; private set; } = Proceeding;

    public Instant NextDeadline => Instant.Min(_retransmitAt, _endAt);

    public TransactionEffect Apply(Instant now, ServerInput input)
    {
        switch (State, input)
        {
            case (Proceeding, Request or SendProvisional):
                return Send;

            case (Proceeding, SendSuccess): // RFC 6026 §7.1: the 2xx is repeated by the user, not here
                return Enter(Accepted, Send, now + timers.TransactionLife);

            case (Proceeding, SendFailure):
                Enter(Completed, Send, now + timers.TransactionLife); // timer H
                _retransmitAt = isReliable ? Instant.Never : now + _retransmitAfter; // timer G
                return Send;

            case (Completed, Request):
                return Send;

            case (Completed, Tick) when now >= _endAt:
                return Enter(Terminated, ReportTimeout, Instant.Never);

            case (Completed, Tick) when now >= _retransmitAt:
                _retransmitAfter = _retransmitAfter * 2 < timers.T2 ? _retransmitAfter * 2 : timers.T2;
                _retransmitAt = now + _retransmitAfter;
                return Send;

            case (Completed, Ack) when isReliable: // timer I is zero
                return Enter(Terminated, None, Instant.Never);

            case (Completed, Ack):
                return Enter(Confirmed, None, now + timers.T4);

            case (Accepted, SendSuccess):
                return Send;

            case (Accepted, Ack):
                return Deliver;

            case (Confirmed or Accepted, Tick) when now >= _endAt: // timers I and L
                return Enter(Terminated, None, Instant.Never);

            case (Proceeding or Completed, TransportFailure):
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
