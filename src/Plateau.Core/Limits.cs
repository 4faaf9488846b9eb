namespace Plateau.Core;

/// <summary>What the deterministic heart refuses to exceed; each with its unit and its reason.</summary>
public static class Limits
{
    /// <summary>Candidates told in one decision: what a person reads; the rest are counted.</summary>
    public const int CandidatesToldMax = 50;

    /// <summary>Candidates told with each decision made: bounds its cost; a question (Explain) tells more.</summary>
    public const int CandidatesPerDecisionMax = 20;

    /// <summary>Phones that ring at once for one call under ring-all: more is a storm of INVITEs for one
    /// caller.</summary>
    public const int RingAllOffersMax = 50;

    /// <summary>Legs of one call: customer, agents, third parties and supervisors; the mixer's budget.</summary>
    public const int LegsPerCallMax = 16;

    /// <summary>Legs that a call may have had in all its life: a loop of transfers ends here.</summary>
    public const int LegsPerLifeMax = 500;

    /// <summary>Transfers, overflows and returns between flows and queues in one call: a loop ends here.</summary>
    public const int MovesPerCallMax = 100;

    /// <summary>Callbacks that wait at the same time in one centre: a day of a large queue.</summary>
    public const int CallbacksMax = 10_000;

    /// <summary>Pools of a queue: distinct sets of skills and rings asked for; beyond it unused ones are
    /// dropped.</summary>
    public const int PoolsPerQueueMax = 64;

    /// <summary>Parked calls at the same time: slots 1 to 99.</summary>
    public const int ParkSlotsMax = 99;

    /// <summary>Characters of a note on a call.</summary>
    public const int NotesCharactersMax = 4_000;

    /// <summary>Digits sent or dialled in one request.</summary>
    public const int DigitsMax = 64;

    /// <summary>How long the end of a leg that we cleared is waited for: SIP's transaction time-out of 32 s and a
    /// margin.</summary>
    public static readonly TimeSpan ClearingMax = TimeSpan.FromSeconds(40);

    /// <summary>How long a stopped recording may take to be on disk before the call's record is written without
    /// it.</summary>
    public static readonly TimeSpan RecordingFinishMax = TimeSpan.FromSeconds(60);

    /// <summary>How long a colleague or an outside number rings when nobody says otherwise.</summary>
    public static readonly TimeSpan RingMax = TimeSpan.FromSeconds(30);

    /// <summary>How long a parked call waits before it goes back to who parked it.</summary>
    public static readonly TimeSpan ParkMax = TimeSpan.FromSeconds(120);

    /// <summary>Longest message in a mailbox.</summary>
    public static readonly TimeSpan MessageMax = TimeSpan.FromSeconds(180);

    /// <summary>Silence that ends a message.</summary>
    public static readonly TimeSpan MessageSilenceMax = TimeSpan.FromSeconds(10);

    /// <summary>A recording that an agent paused goes on by itself after this time at the latest.</summary>
    public static readonly TimeSpan RecordingPauseMax = TimeSpan.FromMinutes(10);

    /// <summary>How long an agent's line that failed is left alone before it is called again.</summary>
    public static readonly TimeSpan LineRetry = TimeSpan.FromSeconds(15);

    /// <summary>How long an offer may stay without ringing, over and above the queue's ring time: the driver's own
    /// answer is late.</summary>
    public static readonly TimeSpan OfferGrace = TimeSpan.FromSeconds(5);
}
