using Plateau.Core.Insights;
using Plateau.Tests.Tidy;

namespace Plateau.Tests.Insights;

public sealed class MetricTests
{
    private static IEnumerable<Metric> Metrics => QueueMetrics.All.Concat(AgentMetrics.All).Distinct();

    [Fact]
    public void The_guide_prints_every_metric_as_the_code_defines_it() => House.AssertNone(
        from metric in Metrics
        let row = $"| `{metric.Id}` | {metric.Unit} | {metric.NameFr}<br>{metric.NameEn} "
            + $"| {metric.TextFr}<br>{metric.TextEn} | {metric.Numerator} | {metric.Denominator} |"
        where !Guide.Contains(row)
        select row);

    [Fact]
    public void The_guide_prints_every_definition_of_service_level_with_its_formula() => House.AssertNone(
        from definition in ServiceLevelDefinitions.BuiltIn
        let text = ServiceLevelDefinitions.Describe(definition.Formula)
        let row = $"| `{definition.Id}` | {text.TextFr}<br>{text.TextEn} | {text.Numerator} | {text.Denominator} |"
        where !Guide.Contains(row)
        select row);

    [Fact]
    public void The_guide_names_no_metric_that_does_not_exist()
    {
        var known = Metrics.Select(m => m.Id).Concat(ServiceLevelDefinitions.BuiltIn.Select(d => d.Id.Value)).ToHashSet();

        House.AssertNone(
            from line in Guide
            where line.StartsWith("| `", StringComparison.Ordinal)
            let id = line.Split('`')[1]
            where !known.Contains(id)
            select id);
    }

    [Fact]
    public void Every_metric_has_a_name_of_its_own_and_says_in_two_languages_what_it_is()
    {
        Assert.Equal(Metrics.Count(), Metrics.Select(m => m.Id).Distinct().Count());
        Assert.All(Metrics, m => Assert.NotEqual(m.TextFr, m.TextEn));
        Assert.All(Metrics.Where(m => m.Unit == MetricUnit.Share), m => Assert.NotEqual("1", m.Denominator));
    }

    private static string[] Guide => House.Read("docs/guide/METRICS.md").Split('\n');
}
