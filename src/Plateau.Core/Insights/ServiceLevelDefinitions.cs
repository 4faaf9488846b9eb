using Plateau.Contracts;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Insights;

/// <summary>Named, versioned definitions of service level: those of the house and those of a configuration.</summary>
/// <remarks>
/// A definition never changes: another threshold or formula is another version. The built-in ones take T = 20 s and
/// short
/// abandons up to 5 s. Source: the published formulas of the systems named in docs/guide/METRICS.md.
/// </remarks>
public static class ServiceLevelDefinitions
{
    /// <summary>The house's definition, used where a queue names none.</summary>
    public static readonly ServiceLevelId Canonical = new("canonical-1");

    /// <summary>The built-in definitions.</summary>
    public static IReadOnlyList<ServiceLevelConfig> BuiltIn { get; } =
    [
        New("canonical-1", ServiceLevelFormula.Canonical),
        New("answered-only-1", ServiceLevelFormula.AnsweredOnly),
        New("answered-and-abandoned-in-time-1", ServiceLevelFormula.AnsweredAndAbandonedInTime),
        New("removed-in-time-1", ServiceLevelFormula.RemovedInTime),
        New("late-abandons-only-1", ServiceLevelFormula.LateAbandonsOnly),
        New("short-abandons-excluded-1", ServiceLevelFormula.ShortAbandonsExcluded),
        New("everything-1", ServiceLevelFormula.Everything),
    ];

    /// <summary>The definition of a name; null when there is none. A configured one cannot replace a built-in
    /// one.</summary>
    /// <param name="id">The name; null = the house's definition.</param>
    /// <param name="configured">Definitions of the configuration.</param>
    public static ServiceLevelConfig? Find(ServiceLevelId? id, IEnumerable<ServiceLevelConfig> configured)
    {
        var wanted = id ?? Canonical;
        return BuiltIn.FirstOrDefault(d => d.Id == wanted) ?? configured.FirstOrDefault(d => d.Id == wanted);
    }

    /// <summary>A formula in words, as it is printed beside the figure.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The formula is none of the enumeration.</exception>
    public static Metric Describe(ServiceLevelFormula formula) => formula switch
    {
        ServiceLevelFormula.Canonical => Text(
            "canonical", "de tous les appels entrés sauf abandons courts et rappels demandés",
            "of all calls let in, short abandons and callbacks asked for left out",
            "A≤T", "A + AB − SAB + FO"),
        ServiceLevelFormula.AnsweredOnly => Text(
            "answered-only", "des appels traités ; les abandons ne comptent pas",
            "of the calls answered; abandoned calls are ignored", "A≤T", "A"),
        ServiceLevelFormula.AnsweredAndAbandonedInTime => Text(
            "answered-and-abandoned-in-time", "des appels traités ou abandonnés ; un abandon dans le délai est un succès",
            "of the calls answered or abandoned; an abandon in time is a success", "A≤T + AB≤T", "A + AB"),
        ServiceLevelFormula.RemovedInTime => Text(
            "removed-in-time", "de tous les appels entrés : traités, abandonnés ou rappel demandé dans le délai",
            "of all calls let in: answered, abandoned or callback asked for in time", "A≤T + AB≤T + CB≤T", "Q"),
        ServiceLevelFormula.LateAbandonsOnly => Text(
            "late-abandons-only", "des appels traités ou abandonnés après le délai",
            "of the calls answered, or abandoned after the threshold", "A≤T", "A + AB − AB≤T"),
        ServiceLevelFormula.ShortAbandonsExcluded => Text(
            "short-abandons-excluded", "des appels traités ou abandonnés, sauf abandons courts",
            "of the calls answered or abandoned, short abandons left out", "A≤T", "A + AB − SAB"),
        ServiceLevelFormula.Everything => Text(
            "everything", "de tous les appels entrés", "of all calls let in", "A≤T", "Q"),
        _ => throw new ArgumentOutOfRangeException(nameof(formula)),
    };

    private static ServiceLevelConfig New(string id, ServiceLevelFormula formula) =>
        new(new ServiceLevelId(id), Formula: formula);

    private static Metric Text(string id, string fr, string en, string numerator, string denominator) => new(
        $"service-level.{id}", MetricUnit.Share, "Qualité de service", "Service level",
        $"Part traitée en T secondes au plus, {fr}.", $"Share answered within T seconds, {en}.", numerator, denominator);
}
