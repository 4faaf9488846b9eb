using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Media.Audio;
using Plateau.Media.Detection;

namespace Plateau.IntegrationTests.Calls;

/// <summary>What agents and supervisors do with a call, judged by who hears whom.</summary>
[Collection(CallsCollection.Name)]
public sealed class FloorTests
{
    private static readonly AgentId Ada = new("ada");
    private static readonly AgentId Bob = new("bob");
    private static readonly AgentId Sue = new("sue");

    [Fact]
    public async Task Acceptance_20_A_supervisor_listens_whispers_to_the_agent_alone_and_barges_in()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada", "sue");
        var call = await world.Connect();
        await Monitor(world, call, MonitorMode.Listen);
        var sue = await world.Inside.Offered("sue");
        await sue.Answer();
        await Monitoring(world, MonitorMode.Listen);
        Assert.Equal("customer: ada; ada: customer; sue: customer ada", await Hearing.Of(call.Customer, call.Agent, sue));

        await Monitor(world, call, MonitorMode.Whisper);
        await Monitoring(world, MonitorMode.Whisper);
        var heard = await Hearing.Listen([call.Customer, call.Agent, sue]);
        Assert.True(Hearing.Measure(heard[0], sue.ToneHz) < -80, "the customer hears the whisper");
        Assert.True(Hearing.Measure(heard[1], sue.ToneHz) > -30, "the agent does not hear the whisper");

        await Monitor(world, call, MonitorMode.Barge);
        await Monitoring(world, MonitorMode.Barge);
        Assert.Equal(
            "customer: ada sue; ada: customer sue; sue: customer ada", await Hearing.Of(call.Customer, call.Agent, sue));
        call.Customer.Call.HangUp();
        await sue.Ended();
        Assert.Contains((await world.Record(call.Id)).Legs, leg => leg.Role == LegRole.Supervisor);
    }

    [Fact]
    public async Task Acceptance_20_The_customers_side_of_the_recording_has_nothing_of_the_whisper()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada", "sue");
        var call = await world.Connect();
        await Monitor(world, call, MonitorMode.Whisper);
        var sue = await world.Inside.Offered("sue");
        await sue.Answer();
        await Monitoring(world, MonitorMode.Whisper);
        await Hearing.Listen([call.Customer, call.Agent, sue]);
        call.Customer.Call.HangUp();

        var audio = await Recorded(world, await world.Record(call.Id));
        var left = audio.Samples.Where((_, i) => i % 2 == 0).ToArray();
        Assert.True(ToneMeter.MeasureDbov(left, sue.ToneHz, audio.SampleRateHz) < -80, "the whisper is on the customer's side");
    }

    [Fact]
    public async Task A_consultation_becomes_a_conference_of_three_and_then_a_transfer()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada", "bob");
        var call = await world.Connect();

        await world.Centre.Grant(id => new Consult(id, Ada, call.Id, Ada, new CallTarget(Agent: Bob)));
        var bob = await world.Inside.Offered("bob");
        await bob.Answer();
        await world.Facts.AgentIs("bob", AgentState.Talking);
        Assert.Equal("customer:; ada: bob; bob: ada", await Hearing.Of(call.Customer, call.Agent, bob));

        await world.Centre.Grant(id => new MakeConference(id, Ada, call.Id, Ada));
        Assert.Equal(
            "customer: ada bob; ada: customer bob; bob: customer ada", await Hearing.Of(call.Customer, call.Agent, bob));

        call.Agent.Call.HangUp();
        await call.Agent.Ended();
        Assert.Equal("customer: bob; bob: customer", await Hearing.Of(call.Customer, bob));
        call.Customer.Call.HangUp();
        await bob.Ended();
        InboundCallTests.AssertSegmentsTouch(await world.Record(call.Id));
    }

    [Fact]
    public async Task A_consulted_number_outside_gets_the_customer_and_the_agent_is_free()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        var call = await world.Connect();

        await world.Centre.Grant(id => new Consult(id, Ada, call.Id, Ada, new CallTarget(Number: "0261910001")));
        var other = await world.Outside.Offered("0261910001");
        await other.Answer();
        Assert.Equal("customer:; ada: 0261910001; 0261910001: ada", await Hearing.Of(call.Customer, call.Agent, other));
        var before = world.Facts.Count;
        await world.Centre.Grant(id => new CompleteTransfer(id, Ada, call.Id, Ada));
        await call.Agent.Ended();
        await world.Facts.AgentIs("ada", AgentState.Idle, before);

        Assert.Equal("customer: 0261910001; 0261910001: customer", await Hearing.Of(call.Customer, other));
        other.Call.HangUp();
        await call.Customer.Ended();
        Assert.True((await world.Facts.Seen<CallTransferred>()).Consulted);
    }

    [Fact]
    public async Task A_held_customer_hears_music_and_is_taken_back()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        var call = await world.Connect();

        await world.Centre.Grant(id => new HoldCall(id, Ada, call.Id, Ada));
        var heard = await Hearing.Listen([call.Customer, call.Agent]);
        Assert.True(Hearing.Loudness(heard[0]) > -40, "no music");
        Assert.True(Hearing.Measure(heard[0], call.Agent.ToneHz) < -60, "the held customer hears the agent");

        await world.Centre.Grant(id => new ResumeCall(id, Ada, call.Id, Ada));
        Assert.Equal("customer: ada; ada: customer", await Hearing.Of(call.Customer, call.Agent));
    }

    [Fact]
    public async Task A_parked_customer_is_retrieved_by_another_agent()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada", "bob");
        var call = await world.Connect();

        await world.Centre.Grant(id => new ParkCall(id, Ada, call.Id, "7"));
        await call.Agent.Ended();
        Assert.Equal("7", (await world.Facts.Seen<CallParked>()).Slot);
        await world.Centre.Grant(id => new RetrieveCall(id, Bob, "7", Bob));
        var bob = await world.Inside.Offered("bob");
        await bob.Answer();
        await world.Facts.Seen<CallParked>(parked => parked.Slot.Length == 0);

        Assert.Equal("customer: bob; bob: customer", await Hearing.Of(call.Customer, bob));
    }

    [Fact]
    public async Task Acceptance_19_A_pause_of_the_recording_outlives_a_transfer_and_is_a_hole_in_the_file()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada", "bob");
        var call = await world.Connect();
        await Hearing.Listen([call.Customer, call.Agent]);
        await world.Centre.Grant(id => new ControlRecording(id, Ada, call.Id, RecordingAction.Pause));
        call.Customer.Speak();
        await world.Centre.Grant(id => new TransferCall(id, Ada, call.Id, new CallTarget(Agent: Bob)));
        var bob = await world.Inside.Offered("bob");
        await bob.Answer();
        await world.Facts.AgentIs("bob", AgentState.Talking);
        await Hearing.Listen([call.Customer, bob]);
        await world.Centre.Grant(id => new ControlRecording(id, Bob, call.Id, RecordingAction.Resume));
        await Hearing.Listen([call.Customer, bob]);
        call.Customer.Call.HangUp();

        var audio = await Recorded(world, await world.Record(call.Id));
        Assert.Matches("^_*#{5,}_{10,}#{5,}_*$", Spoken(audio, call.Customer.ToneHz));
    }

    [Theory]
    [InlineData(CallbackMode.AgentFirst)]
    [InlineData(CallbackMode.CustomerFirst)]
    public async Task A_callback_rings_agent_and_customer_and_connects_them(CallbackMode mode)
    {
        await using var world = await CallWorld.Start(queue: queue => queue with
        {
            Callback = new CallbackConfig { OfferAfterS = 0, Mode = mode },
        });
        var customer = world.Customer(SmallCentre.QueueNumber);
        await customer.Connected();
        await world.Facts.Seen<CallQueued>();
        customer.Call.SendDigits("1");
        await world.Facts.Seen<CallbackChanged>(c => c.State == CallbackState.Waiting);
        customer.Call.HangUp();
        await customer.Ended();

        await world.LogIn("ada");
        Party ada, back;
        if (mode == CallbackMode.AgentFirst)
        {
            ada = await world.Inside.Offered("ada");
            await ada.Answer();
            back = await world.Outside.Offered("0639980001");
            await back.Answer();
        }
        else
        {
            back = await world.Outside.Offered("0639980001");
            await back.Answer();
            ada = await world.Inside.Offered("ada");
            await ada.Answer();
        }

        await world.Facts.Seen<CallbackChanged>(c => c.State == CallbackState.Delivered);
        await world.Facts.Seen<CallEstablished>();
        Assert.Equal($"ada: {back.Name}; {back.Name}: ada", await Hearing.Of(ada, back));
    }

    [Fact]
    public async Task Acceptance_4_A_caller_who_hangs_up_in_the_moment_of_the_answer_leaves_one_outcome_and_nobody_alone()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        for (var round = 0; round < 12; round++)
        {
            var before = world.Facts.Count;
            var customer = world.Customer(SmallCentre.QueueNumber);
            var ada = await world.Inside.Offered("ada");
            ada.Call.Answer();
            if (round % 3 != 0)
            {
                // Just before the other side hears of the answer, or just after.
                await (round % 3 == 1 ? ada.Connected() : customer.Connected());
            }

            customer.Call.HangUp();
            await Task.WhenAll(ada.Ended(), customer.Ended());
            var call = await world.Facts.Seen<CallRecorded>(after: before);
            await world.Facts.AgentIs("ada", AgentState.Idle, before);
            var record = await world.Record(call.Call);
            var visit = Assert.Single(record.QueueVisits);
            var offer = Assert.Single(visit.Offers);
            Assert.Equal(
                visit.Exit == QueueExit.Answered ? OfferOutcome.Accepted : OfferOutcome.CallerLeft, offer.Outcome);
        }

        Assert.Equal(0, await world.Centre.LegsUp());
    }

    [Fact]
    public async Task Acceptance_5_Of_two_agents_who_answer_a_ring_all_at_once_one_has_the_call()
    {
        await using var world = await CallWorld.Start(queue: queue => queue with { Selection = SelectionPolicy.RingAll });
        await world.LogIn("ada", "bob");
        var customer = world.Customer(SmallCentre.QueueNumber);
        var ada = await world.Inside.Offered("ada");
        var bob = await world.Inside.Offered("bob");

        ada.Call.Answer();
        bob.Call.Answer();

        var first = await Task.WhenAny(ada.Call.WhenEnded, bob.Call.WhenEnded).WaitAsync(FactLog.Patience);
        var winner = first == ada.Call.WhenEnded ? bob : ada;
        await winner.Connected();
        await customer.Connected();
        var established = await world.Facts.Seen<CallEstablished>();
        Assert.Equal(new AgentId(winner.Name), established.Agent);
        Assert.Equal($"customer: {winner.Name}; {winner.Name}: customer", await Hearing.Of(customer, winner));
        customer.Call.HangUp();
        var offers = Assert.Single((await world.Record(established.Call)).QueueVisits).Offers;
        Assert.Equal([OfferOutcome.Accepted, OfferOutcome.Withdrawn], offers.Select(o => o.Outcome).Order());
    }

    private static Task<Plateau.Core.AnswerRequest> Monitor(CallWorld world, Conversation call, MonitorMode mode) =>
        world.Centre.Grant(id => new StartMonitoring(id, Sue, call.Id, Sue, mode));

    private static Task<MonitoringChanged> Monitoring(CallWorld world, MonitorMode mode) =>
        world.Facts.Seen<MonitoringChanged>(m => m.Mode == mode);

    private static async Task<WavAudio> Recorded(CallWorld world, CallRecord record) => WavParser.Parse(
        await File.ReadAllBytesAsync(InboundCallTests.PathOf(world, Assert.Single(record.Recordings))), out _)!;

    /// <summary>The left side in tenths of a second: '#' where the tone is, '_' where it is not.</summary>
    private static string Spoken(WavAudio audio, double toneHz)
    {
        var left = audio.Samples.Where((_, i) => i % 2 == 0).ToArray();
        return string.Concat(left.Chunk(audio.SampleRateHz / 10).Select(tenth =>
            ToneMeter.MeasureDbov(tenth, toneHz, audio.SampleRateHz) > -35 ? '#' : '_'));
    }
}
