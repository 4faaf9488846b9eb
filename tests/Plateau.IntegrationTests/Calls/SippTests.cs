using System.Globalization;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Telephony;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;

namespace Plateau.IntegrationTests.Calls;

/// <summary>SIPp does what telephones do out of the ordinary; its scenarios check every answer.</summary>
[Collection(CallsCollection.Name)]
public sealed class SippTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("u1")]
    [InlineData("t1")]
    public async Task A_basic_call_by_datagram_and_by_stream(string transport)
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        world.Inside.Otherwise = call => call.Answer();

        await Caller(world, "talk_and_hang_up", SmallCentre.QueueNumber, transport).Run(Limit);

        var started = await world.Facts.Seen<CallStarted>();
        Assert.Equal(ClearingSide.Customer, (await world.Record(started.Call)).EndedBy);
    }

    [Fact]
    public async Task A_caller_who_cancels_while_the_telephone_rings_is_answered_487_and_the_ringing_ends()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");

        await Caller(world, "cancel_ringing", SmallCentre.AgentNumber).Run(Limit);

        var ada = await world.Inside.Offered("ada");
        await ada.Ended();
        var record = await world.Record((await world.Facts.Seen<CallStarted>()).Call);
        Assert.Equal((ClearingCause.Abandoned, ClearingSide.Customer), (record.Cause, record.EndedBy));
    }

    [Fact]
    public async Task The_200_is_sent_again_until_it_is_acknowledged()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        world.Inside.Otherwise = call => call.Answer();

        await using var caller = RawSip.Udp(world.Centre.SipPort);
        var invite = caller.Request("INVITE", SmallCentre.QueueNumber, body: caller.Offer());
        await caller.Send(invite);
        string answer;
        do
        {
            answer = await caller.Receive();
        }
        while (RawSip.Status(answer) < 200);
        Assert.Equal(answer, await caller.Receive());
        await caller.Send(caller.InDialog("ACK", invite, answer));
        Assert.Equal(200, RawSip.Status(await caller.Ask(caller.InDialog("BYE", invite, answer))));

        await world.Record(Assert.Single(world.Facts.Of<CallStarted>()).Call);
    }

    [Fact]
    public async Task An_INVITE_that_comes_twice_makes_one_call()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        world.Inside.Otherwise = call => call.Answer();

        await Caller(world, "invite_twice", SmallCentre.QueueNumber).Run(Limit);

        await world.Record((await world.Facts.Seen<CallStarted>()).Call);
        Assert.Single(world.Facts.Of<CallStarted>());
    }

    [Fact]
    public async Task A_caller_who_holds_is_answered_recvonly_and_comes_back()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        world.Inside.Otherwise = call => call.Answer();

        await Caller(world, "hold_and_resume", SmallCentre.QueueNumber).Run(Limit);

        Assert.Equal(ClearingCause.Normal, (await world.Record((await world.Facts.Seen<CallStarted>()).Call)).Cause);
    }

    [Fact]
    public async Task An_agents_phone_that_holds_by_reINVITE_lets_the_customer_hear_music_until_it_resumes()
    {
        await using var world = await WithSippPhone("answer_hold_resume", out var port);
        await using var phone = Phone(world, "answer_hold_resume", port, ("talk_ms", "300"), ("hold_ms", "2500"));
        await world.LogInOnly("bob");
        var customer = world.Customer(SmallCentre.QueueNumber);
        await customer.Connected();

        var held = await world.Facts.Seen<CallHeld>();
        Assert.Equal(new AgentId("bob"), held.Agent);
        var path = customer.StartListening();
        await customer.SpeakFor(TimeSpan.FromMilliseconds(1_500));
        Assert.True(Hearing.Loudness(await customer.StopListening(path)) > -40, "no music on hold");

        await world.Facts.Seen<CallResumed>();
        customer.Call.HangUp();
        Assert.Equal(0, await phone.Exit(Limit));
        var record = await world.Record(held.Call);
        Assert.Contains(
            record.Legs.Single(l => l.Role == LegRole.Customer).Segments, s => s.Kind == SegmentKind.Held);
    }

    [Fact]
    public async Task An_agents_phone_refers_the_customer_to_a_number_outside()
    {
        await using var world = await WithSippPhone("answer_and_refer", out var port);
        await using var phone = Phone(
            world, "answer_and_refer", port, ("talk_ms", "500"), ("target", "0261910001"));
        await world.LogInOnly("bob");
        var customer = world.Customer(SmallCentre.QueueNumber);

        var other = await world.Outside.Offered("0261910001");
        await other.Answer();
        var transferred = await world.Facts.Seen<CallTransferred>();
        Assert.False(transferred.Consulted);
        Assert.Equal("customer: 0261910001; 0261910001: customer", await Hearing.Of(customer, other));
        customer.Call.HangUp();
        await other.Ended();

        Assert.True(await phone.Exit(Limit) == 0, phone.Output);
        var record = await world.Record(transferred.Call);
        Assert.Equal(
            ClearingCause.Transferred, record.Legs.Single(l => l.Agent == new AgentId("bob")).Cause);
    }

    private static Sipp Caller(CallWorld world, string scenario, string number, string transport = "u1") => new()
    {
        Scenario = scenario, ServerPort = world.Centre.SipPort, Number = number, Transport = transport,
        Keys = new Dictionary<string, string> { ["talk_ms"] = "700" },
    };

    /// <summary>A world in which bob's phone is SIPp at a fixed address of 127.0.0.5.</summary>
    private static Task<CallWorld> WithSippPhone(string scenario, out int port)
    {
        ForeignProcess.SkipUnlessInstalled("sipp", "sip-tester");
        Assert.True(File.Exists(Path.Combine(Sipp.ScenarioFolder, scenario + ".xml")));
        var fixedPort = FreePort.Udp();
        port = fixedPort;
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.5:{fixedPort}");
        return CallWorld.Start(config => config with
        {
            Phones = [.. config.Phones.Select(p => p.Id == new PhoneId("bob") ? p with { Address = address } : p)],
        });
    }

    private static ForeignProcess Phone(
        CallWorld world, string scenario, int port, params (string Key, string Value)[] keys) => new Sipp
    {
        Scenario = scenario, ServerPort = world.Centre.SipPort, Address = "127.0.0.5", Port = port, EchoesRtp = true,
        Keys = keys.ToDictionary(k => k.Key, k => k.Value),
    }.Start();
}
