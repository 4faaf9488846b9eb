using Plateau.Contracts;

namespace Plateau.Core.Routing;

/// <summary>In turn by agent id, remembering who was last.</summary>
internal sealed class RoundRobin : IAgentSelectionPolicy
{
    /// <inheritdoc/>
    public double MetricOf(PoolSeat seat) => 0;

    /// <inheritdoc/>
    public PoolSeat? Choose(AgentPool pool, WaitingItem item, Instant now)
    {
        if (IdleSeats.FirstFrom(pool, item, now) is not { } first)
        {
            return null;
        }

        var (start, end) = IdleSeats.GroupOf(pool, first);
        var from = FirstAfterLast(pool, start, end);
        var next = IdleSeats.FirstFrom(pool, item, now, from);
        return next is not null && PoolSeat.ByGroup(next, first) == 0 ? next : first;
    }

    private static int FirstAfterLast(AgentPool pool, int start, int end)
    {
        if (pool.Queue.LastChosen is not { } last)
        {
            return start;
        }

        var low = start;
        var high = end;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (pool.Idle.At(middle)!.Agent.Id.CompareTo(last) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == end ? start : low;
    }
}
