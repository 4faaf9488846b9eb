using Plateau.Contracts;
using Plateau.Core.Agents;

namespace Plateau.Core.Routing;

/// <summary>Who was busy for the smallest share of the time since log-in, measured now.</summary>
/// <remarks>Shares fall at different speeds while idle, so the first group of idle seats is compared at each
/// choice.</remarks>
internal sealed class LeastOccupied : IAgentSelectionPolicy
{
    /// <inheritdoc/>
    public double MetricOf(PoolSeat seat) => 0;

    /// <inheritdoc/>
    public PoolSeat? Choose(AgentPool pool, WaitingItem item, Instant now)
    {
        if (IdleSeats.FirstFrom(pool, item, now) is not { } best)
        {
            return null;
        }

        var (first, end) = IdleSeats.GroupOf(pool, best);
        var least = ShareOf(best.Agent, now);
        for (var rank = first; rank < end; rank++)
        {
            var seat = pool.Idle.At(rank)!;
            var share = ShareOf(seat.Agent, now);
            if (share < least && !item.IsExcluded(seat.Agent.Id, now))
            {
                best = seat;
                least = share;
            }
        }

        return best;
    }

    internal static double ShareOf(AgentMachine agent, Instant now) =>
        now == agent.LoginStarted ? 0 : agent.BusyTime / (now - agent.LoginStarted);
}
