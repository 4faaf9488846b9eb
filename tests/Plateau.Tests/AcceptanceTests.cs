using System.Diagnostics;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Core.Routing;
using Plateau.Tests.Routing;

namespace Plateau.Tests;

/// <summary>Items of the acceptance catalogue that belong to the core; the number in the name is the
/// catalogue's.</summary>
public sealed class AcceptanceTests
{
    [Fact]
    public void Acceptance_01_the_same_log_gives_the_same_decisions()
    {
        var world = new RandomWorld(CentreProperties.ConfigOf(1), 4711);
        world.Begin();
        while (world.Count < 20_000)
        {
            world.Step(1_500);
        }

        var centre = new Centre(new IdSource(1));
        var effects = new List<CentreEffect>();
        foreach (var (at, input) in world.Inputs)
        {
            effects.Clear();
            centre.Apply(at, input, effects);
        }

        Assert.Equal(world.Centre.StateHash(), centre.StateHash());
    }

    /// <summary>A million events, twice; the inputs follow from the effects, so one difference makes all that follows
    /// differ.</summary>
    [Fact(Explicit = true)]
    public void Acceptance_01_a_million_events_give_the_same_state_twice()
    {
        ulong Run()
        {
            var world = new RandomWorld(CentreProperties.ConfigOf(1), 4711) { KeepsInputs = false };
            world.Begin();
            while (world.Count < 1_000_000)
            {
                world.Step(1_500);
            }

            return world.Centre.StateHash();
        }

        Assert.Equal(Run(), Run());
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Acceptance_04_a_caller_who_hangs_up_around_the_answer_has_exactly_one_outcome(int milliseconds)
    {
        foreach (var isCallerFirst in new[] { true, false })
        {
            var s = new Scenario(SmallCentre.Config());
            s.LogIn("ada");
            s.Dial("anna", SmallCentre.SalesNumber);
            s.Ring("ada");
            var hangUpAt = 5 + (milliseconds / 1000.0);
            if (milliseconds < 0 || (milliseconds == 0 && isCallerFirst))
            {
                s.At(hangUpAt);
                s.HangUp("anna");
                s.At(5);
                s.Answer("ada");
            }
            else
            {
                s.At(5);
                s.Answer("ada");
                s.At(hangUpAt);
                s.HangUp("anna");
            }

            s.Centre.Verify();
            Assert.Equal(AgentState.Idle, s.StateOf("ada"));
            var record = s.Records.Single();
            var visit = Assert.Single(record.QueueVisits);
            var offer = Assert.Single(visit.Offers);
            var isAnswered = visit.Exit == QueueExit.Answered;
            Assert.Equal(isAnswered ? OfferOutcome.Accepted : OfferOutcome.CallerLeft, offer.Outcome);
            Assert.Equal(isAnswered ? ClearingCause.Normal : ClearingCause.Abandoned, record.Cause);
            Assert.DoesNotContain(s.Intervals, i => i.State is AgentState.Missed or AgentState.Paused);
        }
    }

    [Fact]
    public void Acceptance_05_two_agents_answer_ring_all_in_the_same_millisecond_and_one_wins()
    {
        var s = new Scenario(SmallCentre.Config(q => q with { Selection = SelectionPolicy.RingAll }));
        s.LogIn("ada", "bob", "cyd");
        s.Dial("anna", SmallCentre.SalesNumber);
        s.Ring("ada");
        s.Ring("bob");
        s.At(4);
        s.Answer("bob");
        s.Answer("ada");
        s.Centre.Verify();
        Assert.Equal(AgentState.Talking, s.StateOf("bob"));
        Assert.Equal((AgentState.Idle, AgentState.Idle), (s.StateOf("ada"), s.StateOf("cyd")));
        s.HangUp("anna");
        var offers = s.Records.Single().QueueVisits.Single().Offers;
        Assert.Equal(
            "ada Withdrawn, bob Accepted, cyd Withdrawn",
            string.Join(", ", offers.OrderBy(o => o.Agent).Select(o => $"{o.Agent} {o.Outcome}")));
    }

    [Theory]
    [InlineData("hang up")]
    [InlineData("transfer")]
    [InlineData("consult")]
    public void Acceptance_06_no_call_is_offered_before_the_end_of_wrap_up(string how)
    {
        var s = new Scenario(SmallCentre.Config(q => q with { WrapUp = WrapUpMode.MandatoryTimeout, WrapUpS = 30 }));
        s.LogIn("ada", "dan");
        s.Dial("anna", SmallCentre.SalesNumber);
        s.Answer("ada");
        s.Dial("bert", SmallCentre.SalesNumber);
        s.At(10);
        switch (how)
        {
            case "transfer":
                Assert.Null(s.Ask(id => new TransferCall(id, new("ada"), s.Call("anna"), new(Agent: new("dan")))).Error);
                break;
            case "consult":
                Assert.Null(s.Ask(id => new Consult(id, null, s.Call("anna"), new("ada"), new(Agent: new("dan")))).Error);
                s.Answer("dan");
                Assert.Null(s.Ask(id => new CompleteTransfer(id, null, s.Call("anna"), new("ada"))).Error);
                break;
            default:
                s.HangUp("anna");
                break;
        }

        Assert.Equal(AgentState.WrapUp, s.StateOf("ada"));
        s.At(39.999);
        Assert.Equal(AgentState.WrapUp, s.StateOf("ada"));
        s.At(40);
        Assert.Equal(AgentState.Reserved, s.StateOf("ada"));
        s.Centre.Verify();
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("talk")]
    [InlineData("hold")]
    [InlineData("wrap-up")]
    [InlineData("reconnection")]
    public void Acceptance_07_a_pending_pause_never_gets_another_call(string when)
    {
        var s = new Scenario(SmallCentre.Config(q => q with { WrapUp = WrapUpMode.MandatoryTimeout, WrapUpS = 5, MissesMax = 9 }));
        s.LogIn("ada");
        s.Dial("anna", SmallCentre.SalesNumber);
        s.Dial("bert", SmallCentre.SalesNumber);
        s.Ring("ada");
        void Pause() => Assert.Null(s.Ask(id => new Pause(id, null, new("ada"), new("lunch"))).Error);
        if (when == "ring")
        {
            Pause();
            s.At(16);
        }
        else
        {
            s.Answer("ada");
            if (when == "talk")
            {
                Pause();
            }
            else if (when == "hold")
            {
                Assert.Null(s.Ask(id => new HoldCall(id, null, s.Call("anna"), new("ada"))).Error);
                Pause();
            }
            else if (when == "reconnection")
            {
                s.Give(new PhonePresence(new PhoneId("p-ada"), false));
                Pause();
                s.Give(new PhonePresence(new PhoneId("p-ada"), true));
            }

            s.HangUp("anna");
            if (when == "wrap-up")
            {
                Pause();
            }

            s.At(10);
        }

        Assert.Equal(AgentState.Paused, s.StateOf("ada"));
        s.At(300);
        Assert.Equal(AgentState.Paused, s.StateOf("ada"));
        Assert.Single(s.Facts<CallOffered>());
    }

    [Fact]
    public void Acceptance_09_under_score_nobody_is_overtaken_and_under_strict_the_starvation_guard_holds()
    {
        foreach (var ordering in new[] { QueueOrdering.Score, QueueOrdering.Strict })
        {
            var s = new Scenario(SmallCentre.Config(
                q => q with { PriorityS = 20, Rank = 1, StarvationS = 60 },
                q => q with { Ageing = 2, StarvationS = 60, Rank = 0 },
                c => c with { Ordering = ordering }));
            s.Dial("support-0", SmallCentre.SupportNumber);
            s.At(5);
            s.Dial("sales-5", SmallCentre.SalesNumber);
            s.At(15);
            s.Dial("sales-15", SmallCentre.SalesNumber);
            s.At(22);
            s.LogIn("bob");

            // At 22 s: support 2 × 22 = 44; sales 17 + 20 = 37 and 27.
            var first = ordering == QueueOrdering.Score ? "support-0" : "sales-5";
            Assert.Equal(s.Call(first), s.Facts<CallOffered>().Last().Call);
            s.Answer("bob");
            s.At(61);
            s.HangUp("support-0");
            if (ordering == QueueOrdering.Strict)
            {
                continue;
            }

            Assert.Equal(s.Call("sales-5"), s.Facts<CallOffered>().Last().Call);
        }

        var starving = new Scenario(SmallCentre.Config(
            q => q with { Rank = 5 }, q => q with { StarvationS = 60 }, c => c with { Ordering = QueueOrdering.Strict }));
        starving.Dial("old", SmallCentre.SupportNumber);
        starving.At(59);
        starving.Dial("new", SmallCentre.SalesNumber);
        starving.At(60);
        starving.LogIn("bob");
        Assert.Equal(starving.Call("old"), starving.Facts<CallOffered>().Single().Call);
        Assert.Equal("starvation guard", starving.All<WriteDecision>().Single().Record.Reason);
    }

    [Fact]
    public void Acceptance_10_a_changed_priority_counts_at_the_next_decision()
    {
        var s = new Scenario(SmallCentre.Config());
        s.Dial("anna", SmallCentre.SalesNumber);
        s.At(30);
        s.Dial("bert", SmallCentre.SalesNumber);
        Assert.Null(s.Ask(id => new ChangePriority(id, new("eve"), s.Call("bert"), 31)).Error);
        s.LogIn("ada");
        Assert.Equal(s.Call("bert"), s.Facts<CallOffered>().Single().Call);
        Assert.Equal(RequestError.NotAllowed, s.Ask(id => new ChangePriority(id, new("ada"), s.Call("anna"), 99)).Error);
    }

    [Fact]
    public void Acceptance_11_a_callback_agent_first_keeps_the_place_through_a_failed_attempt_and_a_machine()
    {
        var s = new Scenario(SmallCentre.Config(q => q with { Callback = new CallbackConfig { OfferAfterS = 5, GapS = 60 } }));
        s.Dial("anna", SmallCentre.SalesNumber, "+33639980001");
        s.At(10);
        s.Give(new LegDigit(s.Leg("anna"), '1'));
        s.Give(new PlaybackEnded(s.Leg("anna"), s.All<PlayPrompts>().Last().Playback, true));
        Assert.Equal(QueueExit.Callback, s.Records.Single().QueueVisits.Single().Exit);
        s.Dial("again", SmallCentre.SalesNumber, "+33639980001");
        s.At(20);
        s.Give(new LegDigit(s.Leg("again"), '1'));
        Assert.Single(s.Facts<CallbackChanged>());
        s.HangUp("again");

        s.Dial("bert", SmallCentre.SalesNumber);
        s.LogIn("ada");
        s.Answer("ada");
        Assert.Equal("+33639980001", s.All<OriginateLeg>().Last().Target.Number);
        Assert.Equal(AgentState.Dialling, s.StateOf("ada"));
        s.HangUp("+33639980001", ClearingCause.Busy);
        Assert.Equal(CallbackState.Waiting, s.Facts<CallbackChanged>().Last().State);
        Assert.Equal(s.Call("bert"), s.Facts<CallOffered>().Last().Call);
        s.Answer("ada");
        s.At(90);
        s.HangUp("bert");
        s.Answer("ada");
        s.Answer("+33639980001");
        Assert.Equal(CallbackState.Delivered, s.Facts<CallbackChanged>().Last().State);
        var attempt = s.Facts<CallbackChanged>().Last().Call!.Value;
        Assert.Null(s.Ask(id => new ReportMachine(id, new("ada"), attempt)).Error);
        Assert.Equal(CallbackState.Waiting, s.Facts<CallbackChanged>().Last().State);
        s.At(150);
        s.Answer("ada");
        s.Answer("+33639980001");
        Assert.Equal(AgentState.Talking, s.StateOf("ada"));
        Assert.Equal(Scenario.Start, s.Records.Last().QueueVisits.Single().Entered);
        s.Centre.Verify();
    }

    [Fact]
    public void Acceptance_11_a_callback_customer_first_goes_to_the_head_and_waits_while_the_queue_is_closed()
    {
        var callback = new CallbackConfig { OfferAfterS = 0, Mode = CallbackMode.CustomerFirst, RingS = 20 };
        var s = new Scenario(SmallCentre.Config(q => q with { Callback = callback }));
        s.Dial("anna", SmallCentre.SalesNumber, "+33639980001");
        s.Give(new LegDigit(s.Leg("anna"), '1'));
        s.Give(new PlaybackEnded(s.Leg("anna"), s.All<PlayPrompts>().Last().Playback, true));
        s.Ask(id => new SetQueueOpen(id, null, new("sales"), false));
        s.LogIn("ada");
        Assert.DoesNotContain(s.All<OriginateLeg>(), o => o.Target.Number is not null);
        s.Ask(id => new SetQueueOpen(id, null, new("sales"), null));
        s.Answer("+33639980001");
        Assert.Equal(CallbackState.Delivered, s.Facts<CallbackChanged>().Last().State);
        s.Answer("ada");
        Assert.Equal(AgentState.Talking, s.StateOf("ada"));
        Assert.Equal(Scenario.Start, s.Facts<CallQueued>().Last().Entered);
        s.Centre.Verify();
    }

    [Fact]
    public void Acceptance_12_the_estimate_is_never_zero_never_rises_and_its_error_is_known()
    {
        var s = new Scenario(SmallCentre.Config(q => q with
        {
            AssumedHandlingS = 100,
            Announcements = new AnnouncementConfig { FirstS = 5, EveryS = 10, RoundS = 30, Position = PositionAnnouncement.No },
        }));
        s.LogIn("ada");
        s.Dial("first", SmallCentre.SalesNumber);
        s.Answer("ada");
        s.Dial("second", SmallCentre.SalesNumber);
        for (var at = 5; at <= 95; at += 10)
        {
            s.At(at);
            foreach (var play in s.All<PlayPrompts>().ToArray())
            {
                s.Give(new PlaybackEnded(play.Leg, play.Playback, true));
            }
        }

        s.At(100);
        s.HangUp("first");
        s.Answer("ada");
        var said = s.All<PlayPrompts>().Select(p => p.Items[0].Text!).ToArray();
        Assert.Equal(["Le temps d'attente estimé est de 2 minutes."], said);
        s.HangUp("second");
        var visit = s.Records.Last().QueueVisits.Single();
        Assert.Equal(TimeSpan.FromSeconds(100), visit.EstimatedWait);
        Assert.Equal(0.0, s.Centre.Snapshot().Queues[0].EstimateError);
    }

    [Fact]
    public void Acceptance_17_a_queue_opens_at_local_nine_on_both_sides_of_the_change_of_clocks()
    {
        var hours = new HoursConfig
        {
            Id = new HoursId("office"),
            Periods = [new OpenPeriodConfig(Enum.GetValues<DayOfWeek>(), new TimeOnly(9, 0), new TimeOnly(18, 0))],
        };
        var config = SmallCentre.Config(q => q with { Hours = hours.Id }, null, c => c with { Hours = [hours] });
        foreach (var (closed, open) in new[]
        {
            ("2027-03-27T07:59:00Z", "2027-03-27T08:01:00Z"), ("2027-03-28T06:59:00Z", "2027-03-28T07:01:00Z"),
            ("2027-10-30T06:59:00Z", "2027-10-30T07:01:00Z"), ("2027-10-31T07:59:00Z", "2027-10-31T08:01:00Z"),
        })
        {
            var s = new Scenario(config);
            s.At((Instant.Parse(closed) - Scenario.Start).TotalSeconds);
            s.Dial("early", SmallCentre.SalesNumber);
            Assert.Equal(QueueExit.Closed, s.Records.Single().QueueVisits.Single().Exit);
            s.At((Instant.Parse(open) - Scenario.Start).TotalSeconds);
            s.Dial("late", SmallCentre.SalesNumber);
            Assert.Single(s.Facts<CallQueued>());
        }
    }

    [Theory]
    [InlineData("blind")]
    [InlineData("consult")]
    [InlineData("conference")]
    [InlineData("re-queue")]
    public void Acceptance_19_a_paused_recording_stays_paused_and_goes_on_by_itself(string how)
    {
        var s = new Scenario(SmallCentre.Config(q => q with { Recording = RecordingPolicy.Always }));
        s.LogIn("ada", "dan");
        var call = s.Dial("anna", SmallCentre.SalesNumber);
        s.Answer("ada");
        Assert.Null(s.Ask(id => new ControlRecording(id, new("ada"), call, RecordingAction.Pause)).Error);
        s.At(60);
        switch (how)
        {
            case "blind":
                Assert.Null(s.Ask(id => new TransferCall(id, new("ada"), call, new(Agent: new("dan")))).Error);
                s.Answer("dan");
                break;
            case "re-queue":
                Assert.Null(s.Ask(id => new TransferCall(id, new("ada"), call, new(Queue: new("support")))).Error);
                s.Answer("dan");
                break;
            default:
                Assert.Null(s.Ask(id => new Consult(id, null, call, new("ada"), new(Agent: new("dan")))).Error);
                s.Answer("dan");
                Assert.Null(how == "consult"
                    ? s.Ask(id => new CompleteTransfer(id, null, call, new("ada"))).Error
                    : s.Ask(id => new MakeConference(id, null, call, new("ada"))).Error);
                break;
        }

        Assert.Equal(AgentState.Talking, s.StateOf("dan"));
        Assert.Single(s.All<StartRecording>());
        Assert.Single(s.All<PauseRecording>());
        Assert.Empty(s.All<ResumeRecording>());
        s.At(Limits.RecordingPauseMax.TotalSeconds);
        Assert.Single(s.All<ResumeRecording>());
    }
}
