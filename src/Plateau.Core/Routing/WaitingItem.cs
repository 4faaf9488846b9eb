using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>Where a waiting call or callback is in its wait.</summary>
internal enum WaitingState
{
    /// <summary>May be offered to anyone in its pool.</summary>
    Waiting,

    /// <summary>Kept for its preferred agent for a while.</summary>
    HeldForPreferred,

    /// <summary>Being offered (under ring-all it stays in the pool as well).</summary>
    Offered,

    /// <summary>A callback that is not to be dialled yet: its gap, or its turn is not near.</summary>
    Resting,

    /// <summary>Out of the queue.</summary>
    Gone,
}

/// <summary>An offer that has not ended.</summary>
internal sealed class QueueOffer(OfferId id, AgentId agent, Instant made)
{
    internal OfferId Id { get; } = id;

    internal AgentId Agent { get; } = agent;

    internal Instant Made { get; } = made;

    /// <summary>Why this agent: in one word.</summary>
    internal required string Why { get; init; }
}

/// <summary>A call (or a callback that keeps a caller's place) in a queue.</summary>
internal sealed class WaitingItem(ulong id, QueueState queue, Instant entered)
{
    private readonly List<(AgentId Agent, Instant Until)> _excluded = [];

    /// <summary>Last tie-break: the number of the call or callback.</summary>
    internal ulong Id { get; } = id;

    internal QueueState Queue { get; } = queue;

    /// <summary>The call; null while a callback has none.</summary>
    internal CallId? Call { get; set; }

    internal CallbackState? CallbackProgress => Callback?.State;

    internal Callback? Callback { get; set; }

    /// <summary>The entry time that counts for the turn.</summary>
    internal Instant Entered { get; } = entered;

    /// <summary>When it really came, for music and announcements.</summary>
    internal required Instant Joined { get; init; }

    /// <summary>Number of the caller, for the place kept on return; empty when withheld.</summary>
    internal string Caller { get; init; } = string.Empty;

    internal string Language { get; set; } = "fr";

    /// <summary>Priority of the call itself, seconds.</summary>
    internal int PriorityS { get; set; }

    /// <summary>Skills the flow required besides the steps'.</summary>
    internal IReadOnlyDictionary<SkillId, int>? Skills { get; init; }

    internal AgentId? Preferred { get; set; }

    internal WaitingState State { get; set; } = WaitingState.Waiting;

    internal AgentPool? Pool { get; set; }

    /// <summary>Whether it is in its pool's index of waiting calls.</summary>
    internal bool IsInPool { get; set; }

    /// <summary>Step in force, -1 before the first.</summary>
    internal int Step { get; set; } = -1;

    /// <summary>Priority added by the steps begun, seconds.</summary>
    internal int StepPriorityS { get; set; }

    /// <summary>Waited longer than the starvation guard allows: above all ranks.</summary>
    internal bool IsStarved { get; set; }

    /// <summary>Score without the part that grows with time; microseconds. See <see cref="ByTurn"/>.</summary>
    internal double TurnKey { get; set; }

    internal List<QueueOffer> Offers { get; } = [];

    internal List<OfferRecord> PastOffers { get; } = [];

    internal int PositionAtEntry { get; set; }

    internal TimeSpan? EstimatedWait { get; set; }

    internal int AnnouncedPosition { get; set; } = int.MaxValue;

    internal TimeSpan AnnouncedWait { get; set; } = TimeSpan.MaxValue;

    internal int ComfortNext { get; set; }

    internal Deadline? StepDue { get; set; }

    internal Deadline? StarvationDue { get; set; }

    internal Deadline? TimeoutDue { get; set; }

    internal Deadline? PreferredDue { get; set; }

    internal Deadline? ExclusionDue { get; set; }

    internal Deadline? AnnounceDue { get; set; }

    internal Deadline? ComfortDue { get; set; }

    internal Instant NextExclusionEnd
    {
        get
        {
            var next = Instant.Never;
            foreach (var (_, until) in _excluded)
            {
                next = Instant.Min(next, until);
            }

            return next;
        }
    }

    /// <summary>
    /// Starved first, then score, then entry, then id. Inside a queue all scores grow equally fast, so the order does
    /// not change with time: score at t = key + ageing × t.
    /// </summary>
    internal static int ByTurn(WaitingItem left, WaitingItem right)
    {
        var sign = right.IsStarved.CompareTo(left.IsStarved);
        sign = sign != 0 ? sign : right.TurnKey.CompareTo(left.TurnKey);
        sign = sign != 0 ? sign : left.Entered.CompareTo(right.Entered);
        return sign != 0 ? sign : left.Id.CompareTo(right.Id);
    }

    /// <summary>Score in seconds of waiting: waited × ageing + priorities.</summary>
    internal double ScoreAt(Instant now) =>
        ((now - Entered).TotalSeconds * Queue.Config.Ageing) + Queue.Config.PriorityS + PriorityS + StepPriorityS;

    /// <summary>Works out the key anew; only while it is in no index.</summary>
    internal void Rekey() => TurnKey =
        ((double)(Queue.Config.PriorityS + (long)PriorityS + StepPriorityS) * 1e6)
        - (Queue.Config.Ageing * (Entered.Microseconds - Queue.Origin.Microseconds));

    internal bool IsExcluded(AgentId agent, Instant now)
    {
        foreach (var (id, until) in _excluded)
        {
            if (id == agent && until > now)
            {
                return true;
            }
        }

        return false;
    }

    internal void Exclude(AgentId agent, Instant until) => _excluded.Add((agent, until));

    internal void DropExclusions(Instant now) => _excluded.RemoveAll(e => e.Until <= now);

    internal void AddTo(ref StateHash hash)
    {
        hash.Add(Id);
        hash.Add((int)State);
        hash.Add(Step);
        hash.Add(Entered);
        hash.Add(TurnKey);
        hash.Add(IsStarved);
        foreach (var offer in Offers)
        {
            hash.Add(offer.Id.Value);
        }
    }

    internal QueueOffer? OfferTo(AgentId agent)
    {
        foreach (var offer in Offers)
        {
            if (offer.Agent == agent)
            {
                return offer;
            }
        }

        return null;
    }
}
