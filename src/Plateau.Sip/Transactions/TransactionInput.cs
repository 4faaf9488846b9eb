namespace Plateau.Sip.Transactions;

/// <summary>What a client transaction can meet (RFC 3261 §17.1).</summary>
internal enum ClientInput
{
    /// <summary>The transaction user hands over the request.</summary>
    Start,

    /// <summary>A response 100–199 came.</summary>
    Provisional,

    /// <summary>A response 200–299 came.</summary>
    Success,

    /// <summary>A response 300–699 came.</summary>
    Failure,

    /// <summary>Time has passed; a timer may be due.</summary>
    Tick,

    /// <summary>The transport could not send, or the connection broke.</summary>
    TransportFailure,
}

/// <summary>What a server transaction can meet (RFC 3261 §17.2).</summary>
internal enum ServerInput
{
    /// <summary>The request, the first time or retransmitted.</summary>
    Request,

    /// <summary>The ACK of an INVITE, matched to this transaction.</summary>
    Ack,

    /// <summary>The transaction user sends 100–199.</summary>
    SendProvisional,

    /// <summary>The transaction user sends 200–299.</summary>
    SendSuccess,

    /// <summary>The transaction user sends 300–699.</summary>
    SendFailure,

    /// <summary>Time has passed; a timer may be due.</summary>
    Tick,

    /// <summary>The transport could not send, or the connection broke.</summary>
    TransportFailure,
}
