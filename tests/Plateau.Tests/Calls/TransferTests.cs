using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;

namespace Plateau.Tests.Calls;

public sealed class TransferTests
{
    [Fact]
    public void A_blind_transfer_to_a_colleague_frees_the_agent_at_once() => Scenario.Run("""
        at     input              state                     effect
        0.0    login-ada          ada=Idle                  -
        0.0    login-dan          dan=Idle                  -
        0.0    dial-anna-sales    ada=Reserved              call-ada
        1.0    answer-ada         ada=Talking               join-anna join-ada
        9.0    transfer-anna-dan  ada=Idle,dan=Reserved     leave-anna clear-ada call-dan
        10.0   ring-dan           dan=Ringing               -
        12.0   answer-dan         dan=Talking               join-anna join-dan
        20.0   hangup-dan         dan=Idle                  clear-anna record-Normal
        """);

    [Fact]
    public void A_blind_transfer_that_nobody_takes_comes_back_to_the_queue_with_its_place()
    {
        var s = Scenario.Run("""
            at     input              state                     effect
            0.0    login-ada          ada=Idle                  -
            0.0    login-dan          dan=Idle                  -
            0.0    dial-anna-sales    ada=Reserved              call-ada
            1.0    answer-ada         ada=Talking               join-ada
            9.0    transfer-anna-dan  dan=Reserved              call-dan
            12.0   busy-dan           dan=Idle,ada=Reserved     call-ada
            13.0   answer-ada         ada=Talking               join-anna
            """);
        Assert.Equal(Scenario.Start, s.Facts<CallQueued>().Last().Entered);
    }

    [Fact]
    public void A_transfer_outside_connects_customer_and_number() => Scenario.Run("""
        at     input                      state        effect
        0.0    login-ada                  ada=Idle     -
        0.0    dial-anna-sales            -            call-ada
        1.0    answer-ada                 ada=Talking  join-ada
        9.0    transfer-anna-+33199005555 ada=Idle     clear-ada call-+33199005555
        12.0   answer-+33199005555        -            join-anna join-+33199005555
        20.0   hangup-anna                -            clear-+33199005555 record-Normal
        """);

    [Fact]
    public void A_consulted_transfer_connects_the_customer_with_the_colleague() => Scenario.Run("""
        at     input            state                    effect
        0.0    login-ada        ada=Idle                 -
        0.0    login-dan        dan=Idle                 -
        0.0    dial-anna-sales  ada=Reserved             call-ada
        1.0    answer-ada       ada=Talking              join-ada
        9.0    consult-ada-dan  ada=Talking,dan=Reserved leave-ada leave-anna music-anna call-dan
        12.0   answer-dan       dan=Talking              join-ada join-dan
        14.0   swap-ada         ada=Talking              leave-dan music-dan join-anna join-ada
        16.0   swap-ada         ada=Talking              leave-anna music-anna join-ada join-dan
        18.0   complete-ada     ada=Idle,dan=Talking     join-anna join-dan clear-ada
        30.0   hangup-anna      dan=Idle                 clear-dan record-Normal
        """);

    [Fact]
    public void A_consultation_ends_in_a_conference_and_the_last_two_go_on() => Scenario.Run("""
        at     input            state                     effect
        0.0    login-ada        ada=Idle                  -
        0.0    login-dan        dan=Idle                  -
        0.0    dial-anna-sales  ada=Reserved              call-ada
        1.0    answer-ada       ada=Talking               join-ada
        9.0    consult-ada-dan  dan=Reserved              music-anna call-dan
        12.0   answer-dan       dan=Talking               join-ada join-dan
        14.0   conference-ada   ada=Talking,dan=Talking   join-anna join-ada join-dan
        20.0   hangup-ada       ada=Idle,dan=Talking      -
        25.0   hangup-anna      dan=Idle                  clear-dan record-Normal
        """);

    [Fact]
    public void A_party_asked_who_does_not_come_brings_agent_and_customer_together_again() => Scenario.Run("""
        at     input                state         effect
        0.0    login-ada            ada=Idle      -
        0.0    login-dan            dan=Idle      -
        0.0    dial-anna-sales      ada=Reserved  call-ada
        1.0    answer-ada           ada=Talking   join-ada
        9.0    consult-ada-dan      dan=Reserved  music-anna call-dan
        12.0   busy-dan             dan=Idle      join-anna join-ada
        13.0   consult-ada-support  dan=Reserved  music-anna call-dan
        14.0   answer-dan           dan=Talking   left-Answered join-ada join-dan
        15.0   cancel-ada           dan=Idle      join-anna join-ada clear-dan
        16.0   consult-ada-dan      dan=Reserved  music-anna call-dan
        17.0   hangup-anna          ada=Idle,dan=Idle  clear-ada clear-dan record-Normal   // nobody was connected to dan yet
        """);

    [Fact]
    public void A_parked_call_is_retrieved_or_goes_back_to_who_parked_it() => Scenario.Run("""
        at     input            state         effect
        0.0    login-ada        ada=Idle      -
        0.0    login-cyd        cyd=Idle      -
        0.0    dial-anna-sales  ada=Reserved  call-ada
        1.0    answer-ada       ada=Talking   join-ada
        5.0    park-ada-7       ada=Idle      leave-anna clear-ada music-anna
        9.0    retrieve-cyd-7   cyd=Dialling  call-cyd
        11.0   answer-cyd       cyd=Talking   join-anna join-cyd
        12.0   park-cyd-7       cyd=Idle      clear-cyd music-anna
        132.0  tick             cyd=Reserved  call-cyd
        134.0  answer-cyd       cyd=Talking   join-anna
        140.0  retrieve-ada-7   ada=Idle      no-NotFound
        """);

    [Fact]
    public void A_supervisor_listens_whispers_barges_and_takes_over() => Scenario.Run("""
        at     input            state                   effect
        0.0    login-ada        ada=Idle                -
        0.0    login-eve        eve=Idle                -
        0.0    dial-anna-sales  ada=Reserved            call-ada
        1.0    answer-ada       ada=Talking             join-ada
        2.0    listen-anna      eve=Dialling            call-eve
        3.0    answer-eve       eve=Talking             listen-eve
        4.0    whisper-anna     eve=Talking             whisper-eve
        5.0    barge-anna       eve=Talking             barge-eve
        6.0    takeover-anna    eve=Talking,ada=Idle    join-eve clear-ada
        9.0    hangup-anna      eve=Idle                clear-eve record-Normal
        """);

    [Fact]
    public void An_agent_calls_out_and_a_failed_call_needs_no_wrap_up() => Scenario.Run("""
        at     input                   state         effect
        0.0    login-ada               ada=Idle      -
        1.0    place-ada-+33199005555  ada=Dialling  call-ada
        2.0    answer-ada              ada=Dialling  call-+33199005555
        5.0    busy-+33199005555       ada=Idle      clear-ada record-Busy
        6.0    place-ada-+33199005556  ada=Dialling  call-ada
        7.0    answer-ada              ada=Dialling  call-+33199005556
        9.0    answer-+33199005556     ada=Talking   join-+33199005556 join-ada
        20.0   hangup-+33199005556     ada=Idle      clear-ada record-Normal
        """);

    [Fact]
    public void Colleagues_call_each_other_by_extension_and_an_unanswered_one_is_not_blamed()
    {
        var s = new Scenario(SmallCentre.Config());
        s.LogIn("ada", "bob");
        s.DialFromPhone("desk", "p-ada", "12");
        Assert.Equal(Plateau.Contracts.Agents.AgentState.Reserved, s.StateOf("bob"));
        s.Ring("bob");
        Assert.Single(s.All<RingLeg>());
        s.Answer("bob");
        Assert.Equal(
            (Plateau.Contracts.Agents.AgentState.Talking, Plateau.Contracts.Agents.AgentState.Talking),
            (s.StateOf("ada"), s.StateOf("bob")));
        s.HangUp("desk");
        Assert.Equal(CallDirection.Internal, s.Records.Single().Direction);
        s.DialFromPhone("desk", "p-ada", "12");
        s.Ring("bob");
        s.At(30);
        Assert.Equal(Plateau.Contracts.Agents.AgentState.Idle, s.StateOf("bob"));
        Assert.Equal(ClearingCause.NoAnswer, s.Records.Last().Cause);
        s.Centre.Verify();
    }

    [Fact]
    public void A_telephone_transfers_with_refer()
    {
        var s = new Scenario(SmallCentre.Config());
        s.LogIn("ada", "dan");
        s.Dial("anna", SmallCentre.SalesNumber);
        s.Answer("ada");
        Assert.True(s.Give(new LegTransferRequested(s.Leg("ada"), "14")).OfType<AnswerTransfer>().Single().Accepted);
        s.Answer("dan");
        Assert.Equal(Plateau.Contracts.Agents.AgentState.Talking, s.StateOf("dan"));
        Assert.False(s.Give(new LegTransferRequested(s.Leg("dan"), "9")).OfType<AnswerTransfer>().Single().Accepted);
    }

    [Fact]
    public void A_message_is_recorded_and_told()
    {
        var s = Scenario.Run("""
            at     input              state         effect
            0.0    login-ada          ada=Idle      -
            0.0    dial-anna-sales    ada=Reserved  call-ada
            1.0    answer-ada         ada=Talking   join-ada
            5.0    transfer-anna-box  ada=Idle      leave-anna clear-ada
            """);
        var message = s.All<RecordMessage>().Single();
        s.At(20);
        s.Give(new RecordingFinished(message.Call, new RecordingRecord(
            message.Recording, s.Now, TimeSpan.FromSeconds(9), "m.wav", 9, new string('0', 64), IsMessage: true)));
        Assert.Equal("box", s.Facts<MessageLeft>().Single().Mailbox);
        Assert.True(s.Records.Single().Recordings.Single().IsMessage);
    }

    [Fact]
    public void After_a_restart_each_interrupted_call_is_closed_and_agents_keep_their_status()
    {
        var s = new Scenario(SmallCentre.Config());
        s.LogIn("ada", "dan");
        s.Ask(id => new Pause(id, null, new("dan"), new("lunch")));
        s.Dial("anna", SmallCentre.SalesNumber);
        s.Answer("ada");
        s.Dial("bert", SmallCentre.SalesNumber);
        s.At(10);
        s.Give(new Restarted());
        Assert.All(s.Records, r => Assert.Equal((ClearingCause.Restart, ClearingSide.System), (r.Cause, r.EndedBy)));
        Assert.Equal(2, s.Records.Count());
        Assert.Equal(
            (Plateau.Contracts.Agents.AgentState.Idle, Plateau.Contracts.Agents.AgentState.Paused), (s.StateOf("ada"), s.StateOf("dan")));
        s.Centre.Verify();
    }
}
