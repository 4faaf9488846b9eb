using Plateau.Contracts;

namespace Plateau.Core.Routing;

/// <summary>Who has the highest sum of levels in the skills that the pool requires.</summary>
internal sealed class HighestSkill : IAgentSelectionPolicy
{
    /// <inheritdoc/>
    public double MetricOf(PoolSeat seat)
    {
        var sum = 0;
        foreach (var required in seat.Pool.Requires)
        {
            sum += seat.Agent.SkillLevel(required.Skill);
        }

        return -sum;
    }

    /// <inheritdoc/>
    public PoolSeat? Choose(AgentPool pool, WaitingItem item, Instant now) => IdleSeats.FirstFrom(pool, item, now);
}
