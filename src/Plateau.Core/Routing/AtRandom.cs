using Plateau.Contracts;

namespace Plateau.Core.Routing;

/// <summary>By chance, seeded by the call and the attempt, so that a replay draws the same.</summary>
internal sealed class AtRandom : IAgentSelectionPolicy
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
        var chance = new Prng(unchecked((item.Id * 31) + (ulong)item.PastOffers.Count + (ulong)item.Offers.Count));
        var next = IdleSeats.FirstFrom(pool, item, now, start + chance.NextBelow(end - start));
        return next is not null && PoolSeat.ByGroup(next, first) == 0 ? next : first;
    }
}
