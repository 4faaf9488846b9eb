namespace Plateau.Sip.Transactions;

/// <summary>What the state-keeping part of the stack holds at most; each limit is met by a named answer.</summary>
public static class TransactionLimits
{
    /// <summary>Server transactions alive; beyond it new requests get a stateless 503. About 1 KiB each.</summary>
    public const int ServerTransactionsMax = 200_000;

    /// <summary>Legs alive in one endpoint; beyond it an INVITE gets 503. About 8 KiB each.</summary>
    public const int LegsMax = 20_000;

    /// <summary>Legs alive for one peer (trunk or account) as seen by the endpoint; trunks have tighter limits
    /// above.</summary>
    public const int LegsPerPeerMax = 5_000;

    /// <summary>Early dialogs kept of one forked INVITE; later forks are ignored until they answer.</summary>
    public const int EarlyDialogsMax = 16;

    /// <summary>Reliable provisional responses waiting for the PRACK of the one before; more are merged.</summary>
    public const int ProvisionalQueueMax = 4;

    /// <summary>Times an INVITE is sent anew because of 401, 407 or 422.</summary>
    public const int AttemptsMax = 4;

    /// <summary>Targets taken from one 3xx.</summary>
    public const int RedirectTargetsMax = 8;

    /// <summary>Sources remembered for the rate of stateless refusals; the oldest is forgotten first.</summary>
    public const int RefusalSourcesMax = 4_096;

    /// <summary>Stateless refusals sent to one source address within one second; more are dropped silently.</summary>
    public const int RefusalsPerSecondMax = 10;
}
