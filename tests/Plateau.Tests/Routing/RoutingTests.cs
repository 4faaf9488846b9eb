using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Core.Routing;

namespace Plateau.Tests.Routing;

public sealed class RoutingTests
{
    [Theory]
    [InlineData(SelectionPolicy.LongestIdle, "ada bob cyd ada")]
    [InlineData(SelectionPolicy.TopDown, "cyd cyd cyd cyd")]
    [InlineData(SelectionPolicy.RoundRobin, "ada bob cyd ada")]
    [InlineData(SelectionPolicy.LeastCalls, "ada bob cyd ada")]
    [InlineData(SelectionPolicy.LeastOccupied, "ada bob cyd ada")]
    [InlineData(SelectionPolicy.HighestSkill, "ada ada ada ada")]
    public void Policies_ask_in_their_own_order(SelectionPolicy policy, string order)
    {
        var s = new Scenario(SmallCentre.Config(q => q with
        {
            Selection = policy,
            Members = [new(new AgentId("cyd")), new(new AgentId("bob")), new(new AgentId("ada"))],
        }));
        s.LogIn("ada");
        s.At(1);
        s.LogIn("bob");
        s.At(2);
        s.LogIn("cyd");
        s.At(3);
        foreach (var _ in Enumerable.Range(0, 4))
        {
            s.At(s.Seconds + 10);
            s.Dial("anna", SmallCentre.SalesNumber);
            s.Answer(s.Facts<CallOffered>().Last().Agent.Value);
            s.At(s.Seconds + 10);
            s.HangUp("anna");
        }

        Assert.Equal(order, string.Join(' ', s.Facts<CallOffered>().Select(o => o.Agent)));
    }

    [Fact]
    public void Random_draws_the_same_for_the_same_call_and_reaches_everyone()
    {
        string Draw()
        {
            var s = new Scenario(SmallCentre.Config(q => q with { Selection = SelectionPolicy.Random }));
            s.LogIn("ada", "bob", "cyd");
            for (var i = 0; i < 30; i++)
            {
                s.At(i + 1);
                s.Dial("anna", SmallCentre.SalesNumber);
                s.HangUp("anna");
            }

            return string.Join(' ', s.Facts<CallOffered>().Select(o => o.Agent));
        }

        var first = Draw();
        Assert.Equal(first, Draw());
        Assert.All(["ada", "bob", "cyd"], agent => Assert.Contains(agent, first, StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_relax_with_the_time_waited_and_rings_add_up() => Scenario.Run("""
        at     input            state                   effect
        0.0    login-ada        ada=Idle                -
        0.0    login-cyd        cyd=Idle                -
        0.0    login-bob        bob=Idle                -
        0.0    pause-bob        bob=Paused              -
        1.0    dial-anna-sales  ada=Idle,cyd=Idle       answer-anna   // english 5: only bob, who is paused
        30.9   tick             ada=Idle                -
        31.0   tick             ada=Reserved,cyd=Idle   call-ada      // english 3 from 30 s on
        32.0   reject-ada       ada=Idle,cyd=Idle       offer-ada-Rejected
        61.0   tick             cyd=Reserved            call-cyd      // ring 1 opens, nothing required
        """, Stepped());

    [Fact]
    public void A_step_that_nobody_logged_in_can_meet_gives_way_at_once() => Scenario.Run("""
        at     input            state         effect
        0.0    login-ada        ada=Idle      -
        0.0    dial-anna-sales  ada=Reserved  call-ada       // bob, the only one with english 5, is not there
        """, Stepped());

    [Fact]
    public void Overflow_moves_the_call_with_its_entry_time()
    {
        var s = Scenario.Run("""
            at     input            state         effect
            0.0    login-ada        ada=Idle      -
            0.0    pause-ada        ada=Paused    -
            0.0    login-dan        dan=Idle      -
            1.0    dial-anna-sales  dan=Idle      answer-anna
            21.0   tick             dan=Reserved  left-Overflow call-dan
            25.0   answer-dan       dan=Talking   left-Answered
            30.0   hangup-anna      dan=Idle      record-Normal
            """, SmallCentre.Config(q => q with { Steps = [new(), new() { AfterS = 20, OverflowTo = new QueueId("support") }] }));
        Assert.Equal(
            ["sales Overflow 20", "support Answered 24"],
            s.Records.Single().QueueVisits.Select(v => $"{v.Queue} {v.Exit} {(v.Left - v.Entered).TotalSeconds}"));
    }

    [Fact]
    public void Refusals_and_exits_have_names()
    {
        Exit("full", q => q with { WaitingMax = 1 }, s => s.Dial("bert", SmallCentre.SalesNumber), QueueExit.Full);
        Exit("join empty", q => q with { JoinPresence = PresenceRule.Ready }, _ => { }, QueueExit.JoinEmpty);
        Exit("timeout", q => q with { WaitMaxS = 40 }, s => s.At(40), QueueExit.Timeout);
        Exit("leave empty", q => q with { StayPresence = PresenceRule.Ready }, s => s.At(30), QueueExit.LeaveEmpty);
        Exit(
            "closed", q => q with { StayAtClosing = false },
            s => s.Ask(id => new SetQueueOpen(id, null, new("sales"), false)), QueueExit.Closed);

        static void Exit(string what, Func<QueueConfig, QueueConfig> rule, Action<Scenario> then, QueueExit exit)
        {
            var s = new Scenario(SmallCentre.Config(rule));
            s.Dial("anna", SmallCentre.SalesNumber);
            then(s);
            Assert.True(s.Facts<QueueLeft>().LastOrDefault()?.Exit == exit, what);
        }
    }

    [Fact]
    public void Somebody_present_within_the_grace_time_keeps_the_callers()
    {
        var s = new Scenario(SmallCentre.Config(q => q with
        {
            StayPresence = PresenceRule.Busy | PresenceRule.Unreachable, EmptyGraceS = 30,
        }));
        s.Dial("anna", SmallCentre.SalesNumber);
        s.At(29);
        s.LogIn("ada");
        s.At(150);
        Assert.Empty(s.Facts<QueueLeft>());
    }

    [Fact]
    public void A_preferred_agent_is_waited_for_while_busy_and_not_when_away()
    {
        var s = Preferring(30);
        s.LogIn("ada", "bob");
        s.Dial("anna", SmallCentre.SalesNumber);
        s.Answer("ada");
        s.Dial("bert", SmallCentre.MenuNumber);
        s.Give(new PlaybackEnded(s.Leg("bert"), s.All<PlayPrompts>().Last().Playback, true));
        Assert.Equal(AgentState.Idle, s.StateOf("bob"));
        Assert.Contains(
            s.Centre.Explain(s.Call("bert"))!.Candidates,
            c => c.Agent == new AgentId("bob") && c.Reason == CandidateReason.HeldForPreferred);
        s.At(10);
        s.Ask(id => new Pause(id, null, new("ada"), new("lunch")));
        Assert.Equal(AgentState.Reserved, s.StateOf("bob"));
    }

    [Fact]
    public void A_preferred_agent_who_becomes_free_in_time_gets_the_call()
    {
        var s = Preferring(30);
        s.LogIn("ada", "bob");
        s.Dial("anna", SmallCentre.SalesNumber);
        s.Answer("ada");
        s.Dial("bert", SmallCentre.MenuNumber);
        s.Give(new PlaybackEnded(s.Leg("bert"), s.All<PlayPrompts>().Last().Playback, true));
        s.At(29);
        s.HangUp("anna");
        var decision = s.All<WriteDecision>().Last().Record;
        Assert.Equal((new AgentId("ada"), "preferred agent"), (decision.Chosen!.Value, decision.Reason));
    }

    [Fact]
    public void A_caller_who_hung_up_and_calls_again_gets_the_old_place()
    {
        var s = new Scenario(SmallCentre.Config(q => q with { ReturnKeepsPlaceS = 60 }));
        s.Dial("anna", SmallCentre.SalesNumber, "+33639980001");
        s.At(10);
        s.Dial("bert", SmallCentre.SalesNumber);
        s.HangUp("anna");
        s.At(60);
        s.Dial("anna", SmallCentre.SalesNumber, "+33639980001");
        Assert.Equal((1, Scenario.Start), (s.Facts<CallQueued>().Last().Position, s.Facts<CallQueued>().Last().Entered));
    }

    [Fact]
    public void Announcements_tell_position_and_wait_count_from_their_ends_and_only_improve()
    {
        var s = new Scenario(SmallCentre.Config(q => q with
        {
            Announcements = new AnnouncementConfig
            {
                FirstS = 10, EveryS = 20, EstimatedWait = false, Comfort = [new("calm")], ComfortEveryS = 15,
            },
        }));
        s.Dial("bert", SmallCentre.SalesNumber);
        s.Dial("anna", SmallCentre.SalesNumber);
        void Ends(string name) => s.Give(new PlaybackEnded(
            s.Leg(name), s.All<PlayPrompts>().Last(p => p.Leg == s.Leg(name)).Playback, true));
        string Heard() => string.Join('|', s.All<PlayPrompts>().Where(p => p.Leg == s.Leg("anna"))
            .SelectMany(p => p.Items).Select(i => i.Text ?? i.Prompt!.Value.Value));
        s.At(10);
        Ends("anna");
        Assert.Equal("Vous êtes en position 2.", Heard());
        s.At(15);
        Ends("anna");
        s.At(29);
        s.HangUp("bert");
        s.At(30);
        Ends("anna");
        Assert.Equal("Vous êtes en position 2.|calm|Vous êtes le prochain appel.", Heard());
        Assert.Equal(4, s.All<PlayMusic>().Count(m => m.Leg == s.Leg("anna")));
    }

    [Fact]
    public void Supervisors_move_and_agents_pull()
    {
        var s = Scenario.Run("""
            at     input              state         effect
            0.0    dial-anna-sales    -             answer-anna
            1.0    dial-bert-sales    -             answer-bert
            2.0    move-anna-support  -             left-Withdrawn
            3.0    login-dan          dan=Reserved  call-dan
            4.0    reject-dan         dan=Idle      offer-dan-Rejected
            5.0    pull-dan-anna      dan=Reserved  call-dan
            6.0    answer-dan         dan=Talking   left-Answered
            7.0    pull-dan-bert      dan=Talking   no-WrongState
            """);
        Assert.Equal(Scenario.Start, s.Facts<CallQueued>().Last(q => q.Queue == new QueueId("support")).Entered);
    }

    [Fact]
    public void A_new_configuration_counts_for_those_who_wait_and_a_removed_queue_lets_them_go()
    {
        var english = new RoutingStepConfig { Requires = new Dictionary<SkillId, int> { [new("english")] = 5 } };
        var s = new Scenario(SmallCentre.Config(q => q with { Steps = [english] }));
        s.LogIn("ada", "bob");
        s.Ask(id => new Pause(id, null, new("bob"), new("lunch")));
        s.Dial("anna", SmallCentre.SalesNumber);
        Assert.Equal(AgentState.Idle, s.StateOf("ada"));
        s.Give(new ApplyConfig(SmallCentre.Config()));
        Assert.Equal(AgentState.Reserved, s.StateOf("ada"));
        s.Give(new ApplyConfig(SmallCentre.Config(centre: c => c with
        {
            Queues = [c.Queues[1]], EntryPoints = [c.EntryPoints[1]], Flows = [],
        })));
        Assert.Equal(QueueExit.System, s.Records.Single().QueueVisits.Single().Exit);
        Assert.Equal(AgentState.Idle, s.StateOf("ada"));
        s.Centre.Verify();
    }

    [Fact]
    public void Explain_tells_of_each_agent_why_not()
    {
        var s = new Scenario(Stepped());
        s.LogIn("ada", "bob", "cyd");
        s.Ask(id => new Pause(id, null, new("bob"), new("lunch")));
        s.Dial("anna", SmallCentre.SalesNumber);
        var reasons = s.Centre.Explain(s.Call("anna"))!.Candidates
            .ToDictionary(c => c.Agent.Value, c => (c.Reason, c.Detail));
        Assert.Equal((CandidateReason.SkillMissing, "english 5"), reasons["ada"]);
        Assert.Equal((CandidateReason.Paused, "lunch"), reasons["bob"]);
        Assert.Equal(CandidateReason.RingNotOpen, reasons["cyd"].Reason);
        Assert.DoesNotContain("dan", reasons.Keys);
    }

    private static Scenario Preferring(int waitS) => new(SmallCentre.Config(
        q => q with { PreferredAgentWaitS = waitS },
        centre: c => c with
        {
            Flows = [c.Flows[0] with { Nodes = System.Text.Json.Nodes.JsonNode.Parse("""
                {
                  "greet": { "type": "say", "text": "Bonjour.", "next": "wait" },
                  "wait": { "type": "queue", "queue": "sales", "preferredAgent": "ada", "default": "bye" },
                  "bye": { "type": "hangup" }
                }
                """)!.AsObject() }],
        }));

    private static Plateau.Contracts.Tenancy.CentreConfig Stepped() => SmallCentre.Config(q => q with
    {
        Members = [new(new AgentId("ada")), new(new AgentId("bob")), new(new AgentId("cyd"), null, Ring: 1)],
        Steps =
        [
            new() { Requires = new Dictionary<SkillId, int> { [new("english")] = 5 }, RingMax = 0 },
            new() { AfterS = 30, Requires = new Dictionary<SkillId, int> { [new("english")] = 3 }, RingMax = 0 },
            new() { AfterS = 60, RingMax = 1 },
        ],
    });
}
