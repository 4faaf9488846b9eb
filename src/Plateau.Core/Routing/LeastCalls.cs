using Plateau.Contracts;

namespace Plateau.Core.Routing;

/// <summary>Who has taken the fewest calls since log-in.</summary>
internal sealed class LeastCalls : IAgentSelectionPolicy
{
    /// <inheritdoc/>
    public double MetricOf(PoolSeat seat) => seat.Agent.CallsTaken;

    /// <inheritdoc/>
    public PoolSeat? Choose(AgentPool pool, WaitingItem item, Instant now) => IdleSeats.FirstFrom(pool, item, now);
}
