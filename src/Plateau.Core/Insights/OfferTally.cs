using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Insights;

/// <summary>Offers counted by what came of them.</summary>
/// <param name="Made">All that were made.</param>
/// <param name="Accepted">Taken.</param>
/// <param name="Rejected">Refused by the agent.</param>
/// <param name="NoAnswer">Not answered in time.</param>
/// <param name="Busy">The device was busy.</param>
/// <param name="Unreachable">The device did not respond.</param>
/// <param name="CallerLeft">The caller hung up while it rang; nobody's fault.</param>
/// <param name="Withdrawn">Taken back: another agent was faster, or a supervisor moved the call.</param>
public sealed record OfferTally(
    int Made, int Accepted, int Rejected, int NoAnswer, int Busy, int Unreachable, int CallerLeft, int Withdrawn)
{
    /// <summary>Missed by the agent or the device, the caller still being there.</summary>
    public int NonResponse => Rejected + NoAnswer + Busy + Unreachable;

    /// <summary>Counts offers.</summary>
    public static OfferTally Of(IEnumerable<OfferRecord> offers)
    {
        var all = offers.ToList();
        return new OfferTally(
            all.Count, Count(OfferOutcome.Accepted), Count(OfferOutcome.Rejected), Count(OfferOutcome.NoAnswer),
            Count(OfferOutcome.Busy), Count(OfferOutcome.Unreachable), Count(OfferOutcome.CallerLeft),
            Count(OfferOutcome.Withdrawn));

        int Count(OfferOutcome outcome) => all.Count(offer => offer.Outcome == outcome);
    }
}
