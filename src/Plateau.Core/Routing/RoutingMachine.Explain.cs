using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Core.Agents;

namespace Plateau.Core.Routing;

/// <summary>Reasons: for each decision those at the front, for a question everyone's.</summary>
internal sealed partial class RoutingMachine
{
    /// <summary>Why the call is where it is, now: every agent of its queue with the reason; null when it does not
    /// wait.</summary>
    internal DecisionRecord? Explain(CallId call)
    {
        if (Find(call) is not { } item)
        {
            return null;
        }

        var why = item.State switch
        {
            WaitingState.HeldForPreferred => "held for preferred agent",
            WaitingState.Offered => "being offered",
            WaitingState.Resting => "callback not due",
            _ => item.IsStarved ? "starvation guard" : "waits for an agent",
        };
        var candidates = new List<CandidateRecord>();
        foreach (var seats in SeatsInOrder())
        {
            if (context.Config.Member(item.Queue.Id, seats.Agent.Id) is { } member)
            {
                candidates.Add(Judge(item, seats, member));
            }
        }

        candidates.Sort(static (left, right) =>
            left.Reason != right.Reason ? left.Reason.CompareTo(right.Reason)
            : left.Ring != right.Ring ? left.Ring.CompareTo(right.Ring)
            : Nullable.Compare(left.Metric, right.Metric) is var sign && sign != 0 ? sign
            : left.Agent.CompareTo(right.Agent));
        var leftOut = Math.Max(0, candidates.Count - Limits.CandidatesToldMax);
        candidates.RemoveRange(candidates.Count - leftOut, leftOut);
        return new DecisionRecord(
            call, item.Queue.Id, context.Now, null, null, Math.Max(item.Step, 0), item.ScoreAt(context.Now), why,
            candidates, leftOut);
    }

    /// <summary>Checks the indexes against what they index.</summary>
    internal void Verify()
    {
        foreach (var queue in _queues.Values)
        {
            foreach (var item in queue.Items.ToList())
            {
                AssertionFailed.Unless(item.State != WaitingState.Gone, $"item {item.Id} is gone but in {queue.Id}");
                AssertionFailed.Unless(
                    item.IsInPool == (item.Pool?.Waiting.Contains(item) ?? false), $"item {item.Id} and its pool agree");
                foreach (var offer in item.Offers)
                {
                    AssertionFailed.Unless(
                        roster.Find(offer.Agent)?.Offer == offer.Id, $"offer {offer.Id} is with agent {offer.Agent}");
                }
            }

            foreach (var pool in queue.Pools)
            {
                foreach (var seat in pool.Seats.ToList())
                {
                    AssertionFailed.Unless(
                        seat.IsIdle == seat.Agent.IsAvailable, $"seat of {seat.Agent.Id} in {queue.Id} is as free as they are");
                }

                foreach (var item in pool.Waiting.ToList())
                {
                    AssertionFailed.Unless(
                        item.Offers.Count > 0 || queue.Policy.Choose(pool, item, context.Now) is null,
                        $"call {item.Call} waits in {queue.Id} while an agent is free");
                }
            }
        }
    }

    private CandidateRecord Judge(WaitingItem item, AgentSeats seats, QueueMember member)
    {
        var agent = seats.Agent;
        var seat = seats.Seats.Find(s => s.Pool == item.Pool);
        var metric = seat is null ? (double?)null : seat.Pool.Queue.Policy.MetricOf(seat);
        CandidateRecord Told(CandidateReason reason, string detail = "") =>
            new(agent.Id, reason, member.Ring, metric, detail);

        if (item.OfferTo(agent.Id) is not null)
        {
            return Told(agent.Id == item.Preferred ? CandidateReason.Preferred : CandidateReason.Chosen);
        }

        if (NotReadyReason(agent) is { } reason)
        {
            return Told(reason, agent.Reason?.Value ?? agent.Call?.ToString() ?? string.Empty);
        }

        if (item.Pool is { } pool && member.Ring > pool.RingMax)
        {
            return Told(CandidateReason.RingNotOpen);
        }

        if (item.Pool?.Missing(agent) is { } missing)
        {
            return Told(CandidateReason.SkillMissing, $"{missing.Skill} {missing.Level}");
        }

        if (item.IsExcluded(agent.Id, context.Now) || agent.IsResting)
        {
            return Told(CandidateReason.Excluded);
        }

        return item.State == WaitingState.HeldForPreferred && agent.Id != item.Preferred
            ? Told(CandidateReason.HeldForPreferred, item.Preferred?.Value ?? string.Empty)
            : Told(item.Offers.Count > 0 ? CandidateReason.OtherFirst : CandidateReason.OtherCallFirst);
    }

    private static CandidateReason? NotReadyReason(AgentMachine agent) => agent.State switch
    {
        AgentState.LoggedOut => CandidateReason.LoggedOut,
        AgentState.Idle => null,
        AgentState.Paused => CandidateReason.Paused,
        AgentState.Missed => CandidateReason.Missed,
        AgentState.Unreachable => CandidateReason.Unreachable,
        AgentState.WrapUp => CandidateReason.WrapUp,
        _ => CandidateReason.Busy,
    };

    /// <summary>The record of a decision: cost bounded by the number of candidates told, whatever the size of the
    /// pool.</summary>
    private DecisionRecord DecisionOf(WaitingItem item, AgentMachine chosen, OfferId offer, string why)
    {
        var pool = item.Pool;
        var total = pool?.Seats.Count ?? 1;
        var candidates = new List<CandidateRecord>(Math.Min(total, Limits.CandidatesPerDecisionMax) + 1);
        var isPreferred = chosen.Id == item.Preferred;
        candidates.Add(new CandidateRecord(
            chosen.Id, isPreferred ? CandidateReason.Preferred : CandidateReason.Chosen,
            context.Config.Member(item.Queue.Id, chosen.Id)?.Ring ?? 0));
        for (var rank = 0; candidates.Count < Limits.CandidatesPerDecisionMax && pool?.Idle.At(rank) is { } seat; rank++)
        {
            if (seat.Agent != chosen)
            {
                candidates.Add(new CandidateRecord(
                    seat.Agent.Id,
                    item.IsExcluded(seat.Agent.Id, context.Now) ? CandidateReason.Excluded : CandidateReason.OtherFirst,
                    seat.Member.Ring, seat.Metric));
            }
        }

        AddBusy(pool, chosen, candidates);
        return new DecisionRecord(
            item.Call ?? default, item.Queue.Id, context.Now, offer, chosen.Id, Math.Max(item.Step, 0),
            item.ScoreAt(context.Now), item.IsStarved ? "starvation guard" : isPreferred ? "preferred agent" : why,
            candidates, Math.Max(0, total - candidates.Count));
    }

    private static void AddBusy(AgentPool? pool, AgentMachine chosen, List<CandidateRecord> candidates)
    {
        // Looks at no more seats than may be told: among a thousand busy agents nobody reads further.
        for (var rank = 0;
            rank < Limits.CandidatesPerDecisionMax && candidates.Count < Limits.CandidatesPerDecisionMax
            && pool?.Seats.At(rank) is { } seat;
            rank++)
        {
            if (!seat.IsIdle && seat.Agent != chosen && NotReadyReason(seat.Agent) is { } reason)
            {
                candidates.Add(new CandidateRecord(
                    seat.Agent.Id, reason, seat.Member.Ring, null,
                    seat.Agent.Reason?.Value ?? seat.Agent.Call?.ToString() ?? string.Empty));
            }
        }
    }
}
