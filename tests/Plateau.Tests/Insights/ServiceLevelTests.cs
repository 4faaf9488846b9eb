using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Insights;
using static Plateau.Tests.Insights.Records;

namespace Plateau.Tests.Insights;

public sealed class ServiceLevelTests
{
    /// <summary>The day of features §5.1: 85 answered (70 in time), 13 abandoned (6 ≤ 5 s, 3 ≤ 20 s, 4 later), 2
    /// flowed out.</summary>
    private static readonly IReadOnlyList<QueueVisitRecord> SameDay =
    [
        .. Visits(69, QueueExit.Answered, 12), Visit(QueueExit.Answered, 20), .. Visits(15, QueueExit.Answered, 20.000001),
        .. Visits(6, QueueExit.Abandoned, 5), .. Visits(3, QueueExit.Abandoned, 19), .. Visits(4, QueueExit.Abandoned, 21),
        .. Visits(2, QueueExit.Timeout, 30),
    ];

    [Theory]
    [InlineData("answered-only-1", 70, 85, 82.35)]
    [InlineData("answered-and-abandoned-in-time-1", 79, 98, 80.61)]
    [InlineData("removed-in-time-1", 79, 100, 79.00)]
    [InlineData("late-abandons-only-1", 70, 89, 78.65)]
    [InlineData("short-abandons-excluded-1", 70, 92, 76.09)]
    [InlineData("everything-1", 70, 100, 70.00)]
    [InlineData("canonical-1", 70, 94, 74.47)]
    public void Acceptance_13_the_same_day_has_a_different_service_level_by_each_named_definition(
        string id, int numerator, int denominator, double percent)
    {
        var definition = ServiceLevelDefinitions.Find(new ServiceLevelId(id), [])!;

        var level = ServiceLevel.Of(definition, SameDay);

        Assert.Equal((numerator, denominator, percent), (level.Numerator, level.Denominator, level.Percent));
    }

    [Fact]
    public void A_configured_definition_has_its_own_threshold_and_cannot_replace_a_built_in_one()
    {
        ServiceLevelConfig[] configured =
        [
            new(new ServiceLevelId("contract-7"), 21, 5, ServiceLevelFormula.AnsweredOnly),
            new(new ServiceLevelId("canonical-1"), 600),
        ];

        Assert.Equal(100, ServiceLevel.Of(ServiceLevelDefinitions.Find(new("contract-7"), configured)!, SameDay).Percent);
        Assert.Equal(20, ServiceLevelDefinitions.Find(null, configured)!.ThresholdS);
        Assert.Null(ServiceLevelDefinitions.Find(new("unknown"), configured));
    }

    [Fact]
    public void Without_calls_there_is_no_service_level() =>
        Assert.Null(ServiceLevel.Of(ServiceLevelDefinitions.BuiltIn[0], []).Percent);

    [Fact]
    public void Refused_calls_count_in_no_formula_and_callbacks_are_never_abandons()
    {
        QueueVisitRecord[] visits =
        [
            Visit(QueueExit.Answered, 10), Visit(QueueExit.Full, 0), Visit(QueueExit.JoinEmpty, 0),
            Visit(QueueExit.Closed, 0), Visit(QueueExit.Callback, 15),
        ];

        Assert.Equal(new Ratio(1, 1), ServiceLevel.Of(Definition("canonical-1"), visits));
        Assert.Equal(new Ratio(1, 2), ServiceLevel.Of(Definition("everything-1"), visits));
        Assert.Equal(new Ratio(2, 2), ServiceLevel.Of(Definition("removed-in-time-1"), visits));
    }

    [Fact]
    public void A_delivered_callback_changes_service_level_only_where_it_is_asked_for()
    {
        CallRecord[] calls =
        [
            Call(CallDirection.Inbound, [Visit(QueueExit.Answered, 10), Visit(QueueExit.Callback, 70)]),
            Call(CallDirection.Outbound, [Visit(QueueExit.Answered, 3_600)]),
        ];

        Assert.Equal(100, ServiceLevel.Of(Definition("canonical-1"), QueueVisits.Of(calls, Sales)).Percent);
        Assert.Equal(
            50, ServiceLevel.Of(Definition("canonical-1"), QueueVisits.Of(calls, Sales, CallbackVisits.Included)).Percent);
        Assert.Empty(QueueVisits.Of(calls, new QueueId("other")));
    }

    [Fact]
    public void Every_formula_is_described_in_two_languages()
    {
        var texts = Enum.GetValues<ServiceLevelFormula>().Select(ServiceLevelDefinitions.Describe).ToList();

        Assert.Equal(texts.Count, texts.Select(t => t.Id).Distinct().Count());
        Assert.All(texts, t => Assert.NotEqual(t.TextFr, t.TextEn));
        Assert.Equal(texts.Count, ServiceLevelDefinitions.BuiltIn.Select(d => d.Formula).Distinct().Count());
    }

    private static ServiceLevelConfig Definition(string id) => ServiceLevelDefinitions.Find(new ServiceLevelId(id), [])!;
}
