using Plateau.Contracts;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>Which of the idle agents of a pool is asked first; ring and rank come before it, the agent's id after
/// it.</summary>
internal interface IAgentSelectionPolicy
{
    /// <summary>The figure by which idle seats are kept in order, lower first; fixed while the agent is idle.</summary>
    double MetricOf(PoolSeat seat);

    /// <summary>The seat to ask; null when all who are idle are excluded for this call.</summary>
    PoolSeat? Choose(AgentPool pool, WaitingItem item, Instant now);
}

/// <summary>The policies by their names.</summary>
internal static class SelectionPolicyTable
{
    internal static IAgentSelectionPolicy Of(SelectionPolicy policy) => policy switch
    {
        SelectionPolicy.LeastCalls => new LeastCalls(),
        SelectionPolicy.LeastOccupied => new LeastOccupied(),
        SelectionPolicy.HighestSkill => new HighestSkill(),
        SelectionPolicy.RoundRobin => new RoundRobin(),
        SelectionPolicy.Random => new AtRandom(),
        SelectionPolicy.RingAll => new RingAll(),
        SelectionPolicy.TopDown => new TopDown(),
        _ => new LongestIdle(),
    };
}

/// <summary>Ways to walk the idle seats of a pool.</summary>
internal static class IdleSeats
{
    /// <summary>The first seat in order that is not excluded, from a rank on.</summary>
    internal static PoolSeat? FirstFrom(AgentPool pool, WaitingItem item, Instant now, int rank = 0)
    {
        while (pool.Idle.At(rank) is { } seat)
        {
            if (!item.IsExcluded(seat.Agent.Id, now))
            {
                return seat;
            }

            rank++;
        }

        return null;
    }

    /// <summary>Ranks [first, end) of the idle seats of the same ring and rank as the seat.</summary>
    internal static (int First, int End) GroupOf(AgentPool pool, PoolSeat seat)
    {
        var first = Edge(pool, seat, wantsAfter: false);
        return (first, Edge(pool, seat, wantsAfter: true));
    }

    private static int Edge(AgentPool pool, PoolSeat seat, bool wantsAfter)
    {
        var low = 0;
        var high = pool.Idle.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var sign = PoolSeat.ByGroup(pool.Idle.At(middle)!, seat);
            if (sign < 0 || (wantsAfter && sign == 0))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
