using Plateau.Contracts;

namespace Plateau.Sip.Transactions;

/// <summary>What a transaction machine asks to be done after one input; several may be asked at once.</summary>
[Flags]
internal enum TransactionEffect
{
    None = 0,

    /// <summary>Send (again) the stored message: the request of a client, the last response of a server.</summary>
    Send = 1,

    /// <summary>Send the ACK of a failed INVITE (RFC 3261 §17.1.1.3).</summary>
    SendAck = 2,

    /// <summary>Hand the message to the transaction user.</summary>
    Deliver = 4,

    /// <summary>Tell the user that no answer (client) or no ACK (server) came in time.</summary>
    ReportTimeout = 8,

    /// <summary>Tell the user that the transport failed.</summary>
    ReportTransportFailure = 16,
}

/// <summary>States of the four transactions, as the figures of RFC 3261 §17 and RFC 6026 §7 name them.</summary>
internal enum TransactionState
{
    /// <summary>INVITE client: sent, nothing heard.</summary>
    Calling,

    /// <summary>Non-INVITE: sent or received, no response yet.</summary>
    Trying,

    /// <summary>A provisional response came or went.</summary>
    Proceeding,

    /// <summary>A final response came or went (for INVITE: 300–699).</summary>
    Completed,

    /// <summary>INVITE server: the ACK of a 300–699 came.</summary>
    Confirmed,

    /// <summary>INVITE: a 2xx came or went (RFC 6026).</summary>
    Accepted,

    /// <summary>Over; the record can go.</summary>
    Terminated,
}

/// <summary>One of the four transaction machines, seen by the layer that stores and schedules them.</summary>
internal interface ITransactionMachine<in TInput>
{
    TransactionState State { get; }

    /// <summary>The next instant at which a Tick does something, or <see cref="Instant.Never"/>.</summary>
    Instant NextDeadline { get; }

    TransactionEffect Apply(Instant now, TInput input);
}
