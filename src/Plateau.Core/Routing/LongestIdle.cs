using Plateau.Contracts;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>Who has been idle longest by the queue's idle clock.</summary>
internal sealed class LongestIdle : IAgentSelectionPolicy
{
    /// <inheritdoc/>
    public double MetricOf(PoolSeat seat) => seat.Pool.Queue.Config.IdleClock == IdleClock.LastReady
        ? seat.Agent.LastReady.Microseconds
        : seat.Agent.LastCallEnd.Microseconds;

    /// <inheritdoc/>
    public PoolSeat? Choose(AgentPool pool, WaitingItem item, Instant now) => IdleSeats.FirstFrom(pool, item, now);
}
