using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Insights;

/// <summary>The share answered in time, by a named definition.</summary>
public static class ServiceLevel
{
    /// <summary>Numerator and denominator over stays in queues.</summary>
    /// <param name="definition">Formula, threshold and time of short abandons.</param>
    /// <param name="visits">Stays; refused ones do not count in any formula.</param>
    public static Ratio Of(ServiceLevelConfig definition, IEnumerable<QueueVisitRecord> visits)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var tally = QueueTally.Of(
            visits, TimeSpan.FromSeconds(definition.ThresholdS), TimeSpan.FromSeconds(definition.ShortAbandonS));
        return Of(definition.Formula, tally);
    }

    /// <summary>Numerator and denominator from counts made with the definition's threshold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The formula is none of the enumeration.</exception>
    public static Ratio Of(ServiceLevelFormula formula, QueueTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        return formula switch
        {
            ServiceLevelFormula.Canonical => new Ratio(
                tally.AnsweredInTime,
                tally.Answered + tally.Abandoned - tally.ShortAbandoned + tally.FlowedOut),
            ServiceLevelFormula.AnsweredOnly => new Ratio(tally.AnsweredInTime, tally.Answered),
            ServiceLevelFormula.AnsweredAndAbandonedInTime => new Ratio(
                tally.AnsweredInTime + tally.AbandonedInTime, tally.Answered + tally.Abandoned),
            ServiceLevelFormula.RemovedInTime => new Ratio(tally.RemovedInTime, tally.Entered),
            ServiceLevelFormula.LateAbandonsOnly => new Ratio(
                tally.AnsweredInTime, tally.Answered + tally.Abandoned - tally.AbandonedInTime),
            ServiceLevelFormula.ShortAbandonsExcluded => new Ratio(
                tally.AnsweredInTime, tally.Answered + tally.Abandoned - tally.ShortAbandoned),
            ServiceLevelFormula.Everything => new Ratio(tally.AnsweredInTime, tally.Entered),
            _ => throw new ArgumentOutOfRangeException(nameof(formula)),
        };
    }
}
