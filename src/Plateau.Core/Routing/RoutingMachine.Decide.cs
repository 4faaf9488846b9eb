using Plateau.Contracts;
using Plateau.Contracts.Routing;
using Plateau.Core.Agents;

namespace Plateau.Core.Routing;

/// <summary>The assignment decision: which call for a free agent, which agent for a call.</summary>
internal sealed partial class RoutingMachine
{
    private readonly Queue<AgentSeats> _freed = new();
    private readonly Queue<WaitingItem> _ready = new();
    private readonly Queue<AgentPool> _emptied = new();
    private long _offersMade;

    /// <summary>Whether there is anything to decide.</summary>
    internal bool IsDecisionDue => _freed.Count > 0 || _ready.Count > 0 || _emptied.Count > 0;

    /// <summary>Matches calls that became offerable and agents who became free, until nothing fits any more.</summary>
    internal void Decide()
    {
        while (_emptied.TryDequeue(out var pool))
        {
            if (pool.Seats.Count == 0)
            {
                foreach (var item in pool.Waiting.ToList())
                {
                    Advance(item);
                }
            }
        }

        while (_freed.TryDequeue(out var seats))
        {
            Serve(seats);
        }

        while (_ready.TryDequeue(out var item))
        {
            if (item.IsInPool)
            {
                Match(item);
            }
        }
    }

    /// <summary>
    /// Finds the first call for an agent who became free. It may go to another who is free at the same instant and
    /// preferred by the policy; then the next call is looked for.
    /// </summary>
    private void Serve(AgentSeats seats)
    {
        while (seats.Agent.IsAvailable && BestFor(seats, out var item))
        {
            if (item.State == WaitingState.HeldForPreferred)
            {
                MakeOffer(item, seats.Agent, "preferred agent");
                return;
            }

            var offers = _offersMade;
            Match(item);
            if (offers == _offersMade)
            {
                return;
            }
        }

        if (seats.Agent.IsAvailable)
        {
            DialForFreeAgent(seats);
        }
    }

    /// <summary>
    /// Offers the call to the best agent free for it. If that agent may take a call that comes before, that one is
    /// offered first: no call overtakes another through the order in which they became ready.
    /// </summary>
    private void Match(WaitingItem item)
    {
        while (item.IsInPool && item.Offers.Count < OffersMax(item)
            && item.Queue.Policy.Choose(item.Pool!, item, context.Now) is { } seat)
        {
            var first = BestFor(_seats[seat.Agent.Id], out var best) ? best : item;
            if (first == item || !first.IsInPool)
            {
                MakeOffer(first, seat.Agent, first == item ? "first in order" : "preferred agent free");
                if (first == item && !IsRingingAll(item))
                {
                    return;
                }
            }
            else
            {
                var other = first.Queue.Policy.Choose(first.Pool!, first, context.Now);
                MakeOffer(first, (other ?? seat).Agent, "before others in order");
            }
        }
    }

    private static int OffersMax(WaitingItem item) =>
        item.Queue.Config.Selection == SelectionPolicy.RingAll && item.Callback is null ? Limits.RingAllOffersMax : 1;

    private static bool IsRingingAll(WaitingItem item) =>
        item.State == WaitingState.Offered && OffersMax(item) > 1;

    /// <summary>The call that comes first of all the agent may take: heads of the agent's pools, those kept for
    /// them.</summary>
    private bool BestFor(AgentSeats seats, out WaitingItem best)
    {
        WaitingItem? first = seats.Held.First;
        foreach (var seat in seats.Seats)
        {
            if (HeadFor(seat) is { } head && (first is null || Compare(head, first) < 0))
            {
                first = head;
            }
        }

        best = first!;
        return first is not null;
    }

    /// <summary>The first call of the pool that the agent is not excluded from.</summary>
    private WaitingItem? HeadFor(PoolSeat seat)
    {
        var waiting = seat.Pool.Waiting;
        if (waiting.First is not { } head || CanOffer(head, seat.Agent))
        {
            return waiting.First;
        }

        for (var rank = 1; waiting.At(rank) is { } item; rank++)
        {
            if (CanOffer(item, seat.Agent))
            {
                return item;
            }
        }

        return null;
    }

    private bool CanOffer(WaitingItem item, AgentMachine agent) =>
        item.Offers.Count < OffersMax(item) && !item.IsExcluded(agent.Id, context.Now);

    /// <summary>Starved first, then rank under strict ordering, score now, entry, id.</summary>
    private int Compare(WaitingItem left, WaitingItem right)
    {
        if (left.Queue == right.Queue)
        {
            return WaitingItem.ByTurn(left, right);
        }

        var sign = right.IsStarved.CompareTo(left.IsStarved);
        if (sign == 0 && !left.IsStarved && context.Config.Centre.Ordering == QueueOrdering.Strict)
        {
            sign = right.Queue.Config.Rank.CompareTo(left.Queue.Config.Rank);
        }

        sign = sign != 0 ? sign : right.ScoreAt(context.Now).CompareTo(left.ScoreAt(context.Now));
        sign = sign != 0 ? sign : left.Entered.CompareTo(right.Entered);
        return sign != 0 ? sign : left.Id.CompareTo(right.Id);
    }

    private void MakeOffer(WaitingItem item, AgentMachine agent, string why)
    {
        var offer = new QueueOffer(new OfferId(context.NextId()), agent.Id, context.Now) { Why = why };
        item.Call ??= BeginCallback(item);
        var record = DecisionOf(item, agent, offer.Id, why);
        Unhold(item);
        item.State = WaitingState.Offered;
        item.Offers.Add(offer);
        _offersMade++;
        if (OffersMax(item) == 1)
        {
            LeavePool(item);
        }

        item.Queue.LastChosen = agent.Id;
        agent.Reserve(item.Call.Value, item.Queue.Id, offer.Id);
        SetIdle(_seats[agent.Id], isIdle: false);
        context.Emit(new WriteDecision(record));
        context.Publish(new CallOffered(item.Call.Value, offer.Id, item.Queue.Id, agent.Id));
        context.Post(new OfferMade(item, offer));
    }

    /// <summary>An offer came to an end that was not the acceptance; the call keeps its place.</summary>
    internal void OfferEnded(WaitingItem item, QueueOffer offer, OfferOutcome outcome)
    {
        if (!item.Offers.Contains(offer))
        {
            return;
        }

        Close(item, offer, outcome);
        if (item.Callback is not null)
        {
            Detach(item);
        }

        var config = item.Queue.Config;
        if (outcome == OfferOutcome.Rejected && config.RejectExcludeS > 0)
        {
            Exclude(item, offer.Agent, config.RejectExcludeS);
        }

        if (item.State == WaitingState.Offered && item.Offers.Count == 0)
        {
            item.State = WaitingState.Waiting;
            JoinPool(item);
            Advance(item);
        }
        else if (item.State == WaitingState.Offered && OffersMax(item) > 1)
        {
            JoinPool(item);
        }
    }

    /// <summary>An agent picked up: whoever else rings for the call is let off.</summary>
    internal void Accepting(CallId call, QueueOffer offer)
    {
        if (Find(call) is not { } item)
        {
            return;
        }

        LeavePool(item);
        foreach (var other in item.Offers.ToArray())
        {
            if (other != offer)
            {
                context.Post(new OfferTakenBack(item.Call!.Value, other));
                Close(item, other, OfferOutcome.Withdrawn);
            }
        }
    }

    private void Close(WaitingItem item, QueueOffer offer, OfferOutcome outcome)
    {
        item.Offers.Remove(offer);
        item.PastOffers.Add(new Plateau.Contracts.Calls.OfferRecord(
            offer.Id, offer.Agent, offer.Made, context.Now, outcome));
        context.Publish(new OfferEnded(item.Call!.Value, offer.Id, item.Queue.Id, offer.Agent, outcome));
        if (outcome != OfferOutcome.Accepted && roster.Find(offer.Agent) is { } agent && agent.Offer == offer.Id)
        {
            agent.OfferFailed(outcome, item.Queue.Config);
        }
    }

    private void Exclude(WaitingItem item, AgentId agent, int seconds)
    {
        item.DropExclusions(context.Now);
        item.Exclude(agent, context.Now + TimeSpan.FromSeconds(seconds));
        context.Set(item.ExclusionDue!, item.NextExclusionEnd);
    }

    private void OnExclusionEnds(WaitingItem item)
    {
        item.DropExclusions(context.Now);
        context.Set(item.ExclusionDue!, item.NextExclusionEnd);
        if (item.IsInPool)
        {
            _ready.Enqueue(item);
        }
    }
}
