using Plateau.Contracts;

namespace Plateau.Core.Routing;

/// <summary>All at once; the first to answer gets the call. Chooses one after the other until nobody idle is
/// left.</summary>
internal sealed class RingAll : IAgentSelectionPolicy
{
    /// <inheritdoc/>
    public double MetricOf(PoolSeat seat) => 0;

    /// <inheritdoc/>
    public PoolSeat? Choose(AgentPool pool, WaitingItem item, Instant now) => IdleSeats.FirstFrom(pool, item, now);
}
