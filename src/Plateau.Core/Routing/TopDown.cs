using Plateau.Contracts;

namespace Plateau.Core.Routing;

/// <summary>Always from the top of the members' list.</summary>
internal sealed class TopDown : IAgentSelectionPolicy
{
    /// <inheritdoc/>
    public double MetricOf(PoolSeat seat) => seat.Member.Place;

    /// <inheritdoc/>
    public PoolSeat? Choose(AgentPool pool, WaitingItem item, Instant now) => IdleSeats.FirstFrom(pool, item, now);
}
