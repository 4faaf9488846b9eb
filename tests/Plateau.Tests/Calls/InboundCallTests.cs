using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Core.Agents;
using Plateau.Core.Calls;

namespace Plateau.Tests.Calls;

public sealed class InboundCallTests
{
    [Fact]
    public void A_call_goes_from_flow_to_queue_to_agent_to_wrap_up_to_record()
    {
        var s = new Scenario(SmallCentre.Config(q => q with { WrapUp = WrapUpMode.MandatoryTimeout, WrapUpS = 20 }));
        s.At(0);
        var call = s.Dial("anna", SmallCentre.MenuNumber);
        var play = s.All<PlayPrompts>().Single();
        s.At(3);
        s.Give(new PlaybackEnded(s.Leg("anna"), play.Playback, Completed: true));
        Assert.Single(s.All<PlayMusic>());
        s.At(10);
        s.LogIn("ada");
        Assert.Equal(AgentState.Reserved, s.StateOf("ada"));
        s.Ring("ada");
        s.At(14);
        s.Answer("ada");
        Assert.Equal(AgentState.Talking, s.StateOf("ada"));
        Assert.Equal(2, s.All<JoinBridge>().Select(j => j.Bridge).Count());
        s.At(74);
        s.HangUp("anna");
        Assert.Equal(AgentState.WrapUp, s.StateOf("ada"));
        Assert.Empty(s.Records);
        s.At(94);
        Assert.Equal(AgentState.Idle, s.StateOf("ada"));

        var record = s.Records.Single();
        Assert.Equal((call, ClearingCause.Normal, ClearingSide.Customer), (record.Call, record.Cause, record.EndedBy));
        Assert.Equal(
            "Ivr 3, Queued 11, Talking 60",
            string.Join(", ", record.Legs[0].Segments.Select(g => $"{g.Kind} {(g.End - g.Start).TotalSeconds}")));
        Assert.Equal(
            "Offered 4, Talking 60, WrapUp 20",
            string.Join(", ", record.Legs[1].Segments.Select(g => $"{g.Kind} {(g.End - g.Start).TotalSeconds}")));
        var visit = record.QueueVisits.Single();
        Assert.Equal((QueueExit.Answered, new AgentId("ada")), (visit.Exit, visit.Agent!.Value));
        Assert.Equal(OfferOutcome.Accepted, visit.Offers.Single().Outcome);
        Assert.Equal(s.Now - TimeSpan.FromSeconds(20), record.Ended);
    }

    [Fact]
    public void A_caller_who_hangs_up_in_the_queue_is_counted_abandoned()
    {
        var s = new Scenario(SmallCentre.Config());
        s.Dial("anna", SmallCentre.SalesNumber);
        s.At(7);
        s.HangUp("anna");
        var record = s.Records.Single();
        Assert.Equal((ClearingCause.Abandoned, ClearingSide.Customer), (record.Cause, record.EndedBy));
        Assert.Equal(QueueExit.Abandoned, record.QueueVisits.Single().Exit);
    }

    [Fact]
    public void An_unknown_number_is_refused_and_recorded()
    {
        var s = new Scenario(SmallCentre.Config());
        s.Dial("anna", "+33199009999");
        Assert.Equal(ClearingCause.UnknownNumber, s.All<ClearLeg>().Single().Cause);
        Assert.Equal(ClearingCause.UnknownNumber, s.Records.Single().Cause);
    }

    [Fact]
    public void The_call_after_the_last_allowed_one_is_refused_with_limit_reached()
    {
        var s = new Scenario(SmallCentre.Config(centre: c => c with { CallsMax = 1 }));
        s.Dial("anna", SmallCentre.SalesNumber);
        s.Dial("bert", SmallCentre.SalesNumber);
        Assert.Equal(ClearingCause.LimitReached, s.Records.Single().Cause);
        s.HangUp("anna");
        s.Dial("carl", SmallCentre.SalesNumber);
        Assert.Equal(2, s.Records.Count());
    }
}
