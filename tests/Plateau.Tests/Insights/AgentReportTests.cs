using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Insights;
using static Plateau.Tests.Insights.Records;

namespace Plateau.Tests.Insights;

public sealed class AgentReportTests
{
    private const string Shift =
        "Idle 100, Reserved 1, Ringing 9, Talking 60 #1, Holding 20 #1, Talking 40 #1, WrapUp 30 #1, Idle 50, "
        + "Ringing 10, Talking 50 #2, Paused 100 lunch, Paused 30 training, Missed 20";

    [Fact]
    public void Every_figure_comes_from_intervals_offers_and_legs()
    {
        var legs = new LegRecord
        {
            Leg = new LegId(1), Role = LegRole.Agent, Agent = new AgentId("anna"), Party = "anna",
            Cause = ClearingCause.Transferred, EndedBy = ClearingSide.Agent,
            Segments = [new SegmentRecord(SegmentKind.Talking, Noon, Noon + S(60))],
        };
        var visit = Visit(
            QueueExit.Answered, 10, 0, null, Offer("anna", OfferOutcome.Accepted), Offer("anna", OfferOutcome.CallerLeft),
            Offer("anna", OfferOutcome.NoAnswer), Offer("anna", OfferOutcome.Rejected));
        var input = new AgentReportInput(
            Day("anna", Shift), [Call(CallDirection.Inbound, [visit], legs)],
            [
                new NotReadyReasonConfig(new NotReadyReasonId("training"), IsProductive: true),
                new NotReadyReasonConfig(new NotReadyReasonId("lunch"), IsPaid: false),
            ],
            Noon, Noon + S(3_600));

        var report = Assert.Single(AgentReports.Of(input, isStrict: true).Reports);

        Assert.Equal(S(520), report.LoggedIn);
        Assert.Equal(
            """
            agent.logged-in 520/1
            agent.handled 2/1
            agent.aht 200/2
            agent.talk-time 150/2
            agent.hold-time 20/2
            agent.hold-time-of-held 20/1
            agent.wrap-up-time 30/2
            agent.wrap-up-time-of-wrapped-up 30/1
            agent.occupancy 200/350
            agent.talk-share 150/520
            agent.idle 150/1
            agent.ringing 20/1
            agent.paused 130/1
            agent.paused-productive 30/1
            agent.transfer-rate 1/2
            offer.accept-rate 1/4
            offer.non-response 2/4
            offer.non-response-with-caller-left 3/4
            """,
            string.Join('\n', report.Metrics.Select(m => FormattableString.Invariant(
                $"{m.Metric.Id} {m.Ratio.Numerator}/{m.Ratio.Denominator}"))));
        Assert.Equal(AgentMetrics.All, report.Metrics.Select(m => m.Metric));
        Assert.Equal(["lunch", "training"], report.Reasons.Select(r => r.Key));
    }

    [Fact]
    public void A_period_cuts_intervals_so_that_the_states_still_sum_to_the_time_in_it()
    {
        var input = new AgentReportInput(Day("anna", Shift), [], [], Noon + S(105), Noon + S(205));

        Assert.Equal(S(100), Assert.Single(AgentReports.Of(input).Reports).LoggedIn);
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(5, 0, "Gap")]
    [InlineData(-5, 0, "Overlap")]
    [InlineData(0, 5, "LateStart")]
    public void Strict_reports_name_what_breaks_the_sum(double shiftS, double loginS, string? breach)
    {
        var day = Day("anna", "Idle 10, Talking 20 #1, Idle 30");
        day[1] = day[1] with { Start = day[1].Start + S(shiftS) };
        day = [.. day.Select(i => i with { LoginStarted = i.LoginStarted - S(loginS) })];
        var reports = AgentReports.Of(new AgentReportInput(day, [], [], Noon, Noon + S(60)), isStrict: true);

        Assert.Equal(breach, reports.Violations.Select(v => v.Breach.ToString()).SingleOrDefault());
        Assert.Equal(breach is null ? 1 : 0, reports.Reports.Count);
        Assert.All(reports.Violations, v => Assert.Equal((new AgentId("anna"), S(5)), (v.Agent, v.By)));
    }

    [Fact]
    public void Backward_and_logged_out_intervals_are_violations()
    {
        var day = Day("anna", "Idle 10, LoggedOut 5");
        day[0] = day[0] with { Start = day[0].Start + S(30) };

        Assert.Equal(
            ["LateStart", "LoggedOut", "Negative"],
            AgentTime.Check(day).Select(v => v.Breach.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_log_ins_of_an_agent_are_two_times()
    {
        var second = Day("anna", "Idle 10").Select(i => i with
        {
            LoginStarted = Noon + S(100), Start = Noon + S(100), End = Noon + S(110),
        });

        Assert.Empty(AgentTime.Check([.. Day("anna", "Idle 10"), .. second, .. Day("bob", "Paused 5")]));
    }
}
