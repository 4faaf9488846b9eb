using Plateau.Contracts;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Transactions;

/// <summary>What matches a message to its transaction (RFC 3261 §17.1.3 and §17.2.3).</summary>
/// <param name="Branch">The branch of the top Via; for RFC 2543 peers a word made of the older matching rules.</param>
/// <param name="SentBy">Host and port of the top Via for servers; empty for clients, whose branches are ours.</param>
/// <param name="Method">The method; INVITE for the ACK of a failure.</param>
internal readonly record struct TransactionKey(string Branch, string SentBy, SipMethod Method);

/// <summary>Whoever sent or has to answer a request: a leg, a registration, a probe.</summary>
internal interface ITransactionUser
{
    /// <summary>A response came; null stands for 408 (silence) and 503 (the transport failed), RFC 3261
    /// §8.1.3.1.</summary>
    void Answered(ClientTransaction transaction, int status, SipResponse? response);

    /// <summary>A failure response was never acknowledged, or a request was never answered by us.</summary>
    void Unacknowledged(ServerTransaction transaction);
}

/// <summary>A request of ours on its way, with what is needed to send it again.</summary>
internal sealed class ClientTransaction : IDeadlineOwner
{
    private readonly TransactionTable _table;

    internal ClientTransaction(
        TransactionTable table, TransactionKey key, SipRequest request, SipFlow flow, ITransactionUser user)
    {
        _table = table;
        Key = key;
        Request = request;
        Flow = flow;
        User = user;
        Deadline = new Deadline(this);
        Machine = request.Method == SipMethod.Invite
            ? new InviteClientTransaction(table.Timers, flow.IsReliable)
            : new NonInviteClientTransaction(table.Timers, flow.IsReliable);
    }

    internal TransactionKey Key { get; }

    internal SipRequest Request { get; }

    internal SipFlow Flow { get; }

    internal ITransactionUser User { get; }

    internal Deadline Deadline { get; }

    internal ITransactionMachine<ClientInput> Machine { get; }

    internal byte[] Bytes { get; set; } = [];

    /// <summary>The ACK of a failed INVITE, kept for repetition.</summary>
    internal byte[]? AckBytes { get; set; }

    /// <summary>How often this request was sent anew with credentials or another interval.</summary>
    internal int Attempt { get; init; }

    public void DeadlineReached(Instant now) => _table.Advance(this, ClientInput.Tick, null);
}

/// <summary>A request of a peer, with the last response sent to it.</summary>
internal sealed class ServerTransaction : IDeadlineOwner
{
    private readonly TransactionTable _table;

    internal ServerTransaction(TransactionTable table, TransactionKey key, SipRequest request, SipFlow flow)
    {
        _table = table;
        Key = key;
        Request = request;
        Flow = flow;
        Deadline = new Deadline(this);
        Machine = request.Method == SipMethod.Invite
            ? new InviteServerTransaction(table.Timers, flow.IsReliable)
            : new NonInviteServerTransaction(table.Timers, flow.IsReliable);
    }

    internal TransactionKey Key { get; }

    internal SipRequest Request { get; }

    /// <summary>Where responses go (RFC 3261 §18.2.2, RFC 3581).</summary>
    internal SipFlow Flow { get; }

    internal ITransactionUser? User { get; set; }

    internal Deadline Deadline { get; }

    internal ITransactionMachine<ServerInput> Machine { get; }

    /// <summary>The last response; empty before the first.</summary>
    internal byte[] Bytes { get; set; } = [];

    /// <summary>Whether a final response was sent.</summary>
    internal bool IsAnswered => Machine.State is not (TransactionState.Trying or TransactionState.Proceeding);

    public void DeadlineReached(Instant now) => _table.Advance(this, ServerInput.Tick);
}
