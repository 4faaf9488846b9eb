using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Agents;
using Plateau.Core.Calls;

namespace Plateau.Tests.Agents;

public sealed class AgentTests
{
    [Fact]
    public void An_agent_who_does_not_answer_in_fifteen_seconds_loses_the_call_and_is_back_after_a_minute() => Scenario.Run("""
        at     input            state          effect
        0.0    login-ada        ada=Idle       -
        0.0    dial-anna-sales  ada=Reserved   call-ada
        0.2    ring-ada         ada=Ringing    -
        15.0   tick             ada=Missed     offer-ada-NoAnswer clear-ada
        16.0   answer-ada       ada=Missed     -                 // late: the ring was already withdrawn
        75.0   tick             ada=Reserved   call-ada          // ready again by itself, the call kept its place
        """);

    [Fact]
    public void What_never_rang_was_not_missed() => Scenario.Run("""
        at     input            state            effect
        0.0    login-ada        ada=Idle         -
        0.0    dial-anna-sales  ada=Reserved     call-ada
        15.0   tick             ada=Unreachable  offer-ada-Unreachable clear-ada
        20.0   found-ada        ada=Reserved     call-ada
        """);

    [Fact]
    public void Each_outcome_of_an_offer_has_its_own_treatment() => Scenario.Run("""
        at     input            state                         effect
        0.0    login-ada        ada=Idle                      -
        0.1    login-bob        bob=Idle                      -
        0.2    login-cyd        cyd=Idle                      -
        1.0    dial-anna-sales  ada=Reserved                  call-ada
        1.1    ring-ada         ada=Ringing                   -
        2.0    reject-ada       ada=Idle,bob=Reserved         offer-ada-Rejected clear-ada call-bob
        3.0    busy-bob         bob=Idle,cyd=Reserved         offer-bob-Busy call-cyd      // ada is excluded, bob rests
        4.0    gone-cyd         cyd=Unreachable               offer-cyd-Unreachable
        13.0   tick             bob=Reserved                  call-bob                     // ten seconds after he was busy
        14.0   hangup-anna      bob=Idle                      offer-bob-CallerLeft left-Abandoned clear-bob record-Abandoned
        """);

    [Fact]
    public void A_refusal_may_pause_for_a_while() => Scenario.Run("""
        at     input            state         effect
        0.0    login-ada        ada=Idle      -
        0.0    dial-anna-sales  ada=Reserved  call-ada
        2.0    reject-ada       ada=Paused    offer-ada-Rejected
        22.0   tick             ada=Idle      -
        62.0   tick             ada=Reserved  call-ada   // the exclusion from this call is over
        """, SmallCentre.Config(q => q with { RejectPauseS = 20 }));

    [Fact]
    public void Three_misses_in_a_row_are_needed_when_the_queue_says_so() => Scenario.Run("""
        at     input            state         effect
        0.0    login-ada        ada=Idle      -
        0.0    dial-anna-sales  ada=Reserved  call-ada
        0.1    ring-ada         ada=Ringing   -
        15.0   tick             ada=Reserved  offer-ada-NoAnswer call-ada
        15.1   ring-ada         ada=Ringing   -
        30.0   tick             ada=Missed    offer-ada-NoAnswer
        """, SmallCentre.Config(q => q with { MissesMax = 2 }));

    [Theory]
    [InlineData(WrapUpMode.None, "Idle", "Idle", "Idle")]
    [InlineData(WrapUpMode.Mandatory, "WrapUp", "Idle", "WrapUp")]
    [InlineData(WrapUpMode.MandatoryTimeout, "WrapUp", "Idle", "Idle")]
    [InlineData(WrapUpMode.MandatoryForcedTimeout, "WrapUp", "WrapUp", "Idle")]
    [InlineData(WrapUpMode.AgentRequested, "Idle", "Idle", "Idle")]
    public void Wrap_up_has_five_modes(WrapUpMode mode, string after, string afterEnding, string afterLimit)
    {
        foreach (var isEnded in new[] { true, false })
        {
            var s = new Scenario(SmallCentre.Config(q => q with { WrapUp = mode, WrapUpS = 30 }));
            s.LogIn("ada");
            s.Dial("anna", SmallCentre.SalesNumber);
            s.Answer("ada");
            s.HangUp("anna");
            Assert.Equal(after, s.StateOf("ada").ToString());
            s.At(10);
            if (isEnded)
            {
                s.Ask(id => new EndWrapUp(id, null, new AgentId("ada")));
                Assert.Equal(afterEnding, s.StateOf("ada").ToString());
            }
            else
            {
                s.At(30);
                Assert.Equal(afterLimit, s.StateOf("ada").ToString());
            }
        }
    }

    [Fact]
    public void Wrap_up_on_request_and_its_automatic_disposition()
    {
        var s = Scenario.Run("""
            at     input            state         effect
            0.0    login-ada        ada=Idle      -
            0.0    dial-anna-sales  ada=Reserved  call-ada
            1.0    answer-ada       ada=Talking   left-Answered join-anna join-ada
            5.0    wrapup-ada       ada=Talking   -
            9.0    hangup-anna      ada=WrapUp    clear-ada
            19.0   tick             ada=Idle      record-Normal
            """, SmallCentre.Config(q => q with
            {
                WrapUp = WrapUpMode.AgentRequested, WrapUpS = 10, DefaultDisposition = new DispositionId("timeout"),
            }));
        var record = s.Records.Single();
        Assert.Equal((new DispositionId("timeout"), true), (record.Disposition!.Value, record.DispositionIsAutomatic));
    }

    [Fact]
    public void A_silent_client_is_unreachable_after_20_s_and_logged_out_after_120_s() => Scenario.Run("""
        at      input       state            effect
        0.0     beat-ada    ada=Idle         -
        5.0     alive-ada   ada=Idle         -
        24.9    tick        ada=Idle         -
        25.0    tick        ada=Unreachable  -
        60.0    alive-ada   ada=Idle         -    // the state before the loss
        80.0    tick        ada=Unreachable  -
        179.9   tick        ada=Unreachable  -
        180.0   tick        ada=LoggedOut    -
        """);

    [Fact]
    public void A_lost_pause_is_restored_as_a_pause_and_a_ringing_telephone_that_vanishes_is_not_a_miss() => Scenario.Run("""
        at      input            state            effect
        0.0     login-ada        ada=Idle         -
        1.0     pause-ada        ada=Paused       -
        2.0     lost-ada         ada=Unreachable  -
        30.0    found-ada        ada=Paused       -
        31.0    ready-ada        ada=Idle         -
        32.0    dial-anna-sales  ada=Reserved     call-ada
        33.0    ring-ada         ada=Ringing      -
        34.0    lost-ada         ada=Unreachable  offer-ada-Unreachable clear-ada
        35.0    found-ada        ada=Reserved     call-ada
        36.0    answer-ada       ada=Talking      join-ada
        37.0    lost-ada         ada=Talking      -       // the talk goes on as long as it can
        40.0    hangup-anna      ada=Unreachable  record-Normal
        157.0   tick             ada=LoggedOut    -
        """);

    [Fact]
    public void A_second_log_in_replaces_the_first_without_a_gap()
    {
        var s = new Scenario(SmallCentre.Config());
        s.LogIn("ada");
        s.At(10);
        Assert.Null(s.Ask(id => new LogIn(id, null, new AgentId("ada"), new PhoneId("p-hall"), true)).Error);
        s.At(20);
        s.Ask(id => new LogOut(id, null, new AgentId("ada")));
        Assert.Equal(20, s.Intervals.Sum(i => (i.End - i.Start).TotalSeconds));
        Assert.Equal([AgentCause.Agent, AgentCause.SecondLogin], s.Intervals.Select(i => i.Cause));
    }

    [Fact]
    public void A_log_out_during_a_call_takes_effect_at_its_end_and_two_agents_do_not_share_a_telephone()
    {
        var s = Scenario.Run("""
            at     input            state          effect
            0.0    login-ada        ada=Idle       -
            0.0    dial-anna-sales  ada=Reserved   call-ada
            1.0    answer-ada       ada=Talking    join-ada
            2.0    logout-ada       ada=Talking    -
            3.0    dial-bert-sales  ada=Talking    answer-bert
            9.0    hangup-anna      ada=LoggedOut  record-Normal
            """);
        s.LogIn("ada");
        Assert.Equal(
            Core.RequestError.WrongState,
            s.Ask(id => new LogIn(id, null, new AgentId("bob"), new PhoneId("p-ada"))).Error);
    }

    [Fact]
    public void A_nailed_up_line_stays_up_from_call_to_call()
    {
        var s = Scenario.Run("""
            at     input            state            effect
            0.0    login-ada        ada=Unreachable  call-ada
            1.0    answer-ada       ada=Idle         -
            2.0    dial-anna-sales  ada=Ringing      answer-anna
            4.0    accept-ada       ada=Talking      left-Answered join-anna join-ada
            9.0    hangup-anna      ada=Idle         leave-ada record-Normal
            10.0   dial-bert-sales  ada=Ringing      answer-bert
            11.0   accept-ada       ada=Talking      join-bert join-ada
            12.0   hangup-ada       ada=Unreachable  clear-bert record-Normal   // the line itself was hung up
            27.0   tick             ada=Unreachable  call-ada
            28.0   answer-ada       ada=Idle         -
            29.0   logout-ada       ada=LoggedOut    clear-ada
            """, NailedUp());
        Assert.Equal(2, s.All<OriginateLeg>().Count());
        Assert.All(s.Records, r => Assert.Equal(2, r.Legs.Count));
    }

    [Fact]
    public void An_offer_that_the_client_does_not_show_within_a_second_fails_as_unreachable() => Scenario.Run("""
        at     input            state            effect
        0.0    beat-ada         ada=Unreachable  call-ada
        1.0    answer-ada       ada=Idle         -
        2.0    dial-anna-sales  ada=Reserved     answer-anna
        3.0    tick             ada=Unreachable  offer-ada-Unreachable
        4.0    ready-ada        ada=Reserved     -
        4.5    show-ada         ada=Ringing      -
        6.0    accept-ada       ada=Talking      join-ada
        """, NailedUp());

    [Fact]
    public void Intervals_touch_and_sum_up_to_the_logged_in_time()
    {
        var s = Scenario.Run("""
            at     input            state         effect
            0.0    login-ada        ada=Idle      -
            3.0    dial-anna-sales  ada=Reserved  call-ada
            4.0    ring-ada         ada=Ringing   -
            8.0    answer-ada       ada=Talking   join-ada
            20.0   hold-ada         ada=Holding   music-anna
            30.0   resume-ada       ada=Talking   join-anna join-ada
            40.0   hangup-anna      ada=WrapUp    clear-ada
            55.0   tick             ada=Idle      record-Normal
            60.0   pause-ada        ada=Paused    -
            90.0   logout-ada       ada=LoggedOut  -
            """, SmallCentre.Config(q => q with { WrapUp = WrapUpMode.MandatoryTimeout, WrapUpS = 15 }));
        Assert.Equal(
            "Idle 3, Reserved 1, Ringing 4, Talking 12, Holding 10, Talking 10, WrapUp 15, Idle 5, Paused 30",
            string.Join(", ", s.Intervals.Select(i => $"{i.State} {(i.End - i.Start).TotalSeconds}")));
    }

    private static CentreConfig NailedUp() => SmallCentre.Config(centre: c => c with
    {
        Phones = [.. c.Phones.Select(p => p with { IsNailedUp = p.Id == new PhoneId("p-ada") })],
    });
}
