using Plateau.Contracts;
using static Plateau.Sip.Transactions.ServerInput;
using static Plateau.Sip.Transactions.TransactionEffect;
using static Plateau.Sip.Transactions.TransactionState;

namespace Plateau.Sip.Transactions;

/// <summary>The server transaction of every request but INVITE and ACK.</summary>
/// <remarks>
/// Source: RFC 3261 §17.2.2 figure 8. One limit is added: a request that its user never answers is given up
/// after 64 T1, when the client has stopped waiting too.
/// <code>
/// state       input                     next        effect
/// (new)       Request                   Trying                        limit := 64 T1
/// Trying      Request                   Trying                        absorbed
/// Trying      SendProvisional           Proceeding  Send
/// Proceeding  Request, SendProvisional  Proceeding  Send
/// both        SendSuccess, SendFailure  Completed   Send              J := 64 T1, 0 when reliable
/// both        limit                     Terminated  ReportTimeout
/// Completed   Request                   Completed   Send
/// Completed   timer J                   Terminated
/// </code>
/// </remarks>
internal sealed class NonInviteServerTransaction(SipTimers timers, bool isReliable) : ITransactionMachine<ServerInput>
{
    private bool _isNew = true;

    public TransactionState State { get; private set; } = Trying;

    public Instant NextDeadline { get; private set; } = Instant.Never;

    public TransactionEffect Apply(Instant now, ServerInput input)
    {
        switch (State, input)
        {
            case (Trying, Request):
                NextDeadline = _isNew ? now + timers.TransactionLife : NextDeadline;
                _isNew = false;
                return None;

            case (Trying or Proceeding, SendProvisional):
                State = Proceeding;
                return Send;

            case (Proceeding, Request):
                return Send;

            case (Trying or Proceeding, SendSuccess or SendFailure) when isReliable: // timer J is zero
                return Enter(Terminated, Send, Instant.Never);

            case (Trying or Proceeding, SendSuccess or SendFailure):
                return Enter(Completed, Send, now + timers.TransactionLife);

            case (Trying or Proceeding, Tick) when now >= NextDeadline:
                return Enter(Terminated, ReportTimeout, Instant.Never);

            case (Completed, Request):
                return Send;

            case (Completed, Tick) when now >= NextDeadline: // timer J
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
        NextDeadline = endAt;
        return effect;
    }
}
