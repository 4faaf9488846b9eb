using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;
using Plateau.Media.Audio;

namespace Plateau.IntegrationTests.Calls;

/// <summary>baresip as an agent's telephone: another implementation of everything.</summary>
[Collection(CallsCollection.Name)]
public sealed class BaresipTests
{
    private const int ToneHz = 1_010;

    [Theory]
    [InlineData("pcma")]
    [InlineData("g722/16000/1")]
    public async Task It_answers_hears_the_caller_and_is_heard(string codec)
    {
        await using var world = await CallWorld.Start();
        await using var phone = await Phone(world, codec);
        var customer = world.Customer(SmallCentre.QueueNumber);
        await customer.Connected();
        var established = await world.Facts.Seen<CallEstablished>();

        var heard = await Hearing.Listen([customer]);
        Assert.True(Hearing.Measure(heard[0], ToneHz) > -30, "the customer does not hear baresip");
        customer.Call.HangUp();
        await world.Record(established.Call);
        await phone.Printed("terminated", FactLog.Patience);
        await phone.Stop();

        var audio = WavParser.Parse(await File.ReadAllBytesAsync(phone.Heard()[0]), out _)!;
        Assert.True(Hearing.Measure(audio, customer.ToneHz) > -30, "baresip does not hear the customer");
    }

    [Fact]
    public async Task It_holds_resumes_and_transfers()
    {
        await using var world = await CallWorld.Start();
        await using var phone = await Phone(world, "pcma");
        var customer = world.Customer(SmallCentre.QueueNumber);
        await customer.Connected();
        await world.Facts.Seen<CallEstablished>();

        await phone.Command("hold");
        await world.Facts.Seen<CallHeld>();
        var held = await Hearing.Listen([customer]);
        Assert.True(Hearing.Loudness(held[0]) > -40, "no music on hold");
        Assert.True(Hearing.Measure(held[0], ToneHz) < -60, "the held customer hears the agent");
        await phone.Command("resume");
        await world.Facts.Seen<CallResumed>();
        Assert.True(Hearing.Measure((await Hearing.Listen([customer]))[0], ToneHz) > -30, "not heard after the hold");

        await phone.Command("transfer", $"sip:0261910001@127.0.0.1:{world.Centre.SipPort}");
        var other = await world.Outside.Offered("0261910001");
        await other.Answer();
        await world.Facts.Seen<CallTransferred>();
        Assert.Equal("customer: 0261910001; 0261910001: customer", await Hearing.Of(customer, other));
    }

    [Fact]
    public async Task When_it_unregisters_its_agent_is_unreachable()
    {
        await using var world = await CallWorld.Start();
        await using var phone = await Phone(world, "pcma");

        await phone.Command("quit");

        var lost = await world.Facts.AgentIs("ada", AgentState.Unreachable);
        Assert.Equal(AgentStatus.Ready, lost.Status);
    }

    private static async Task<Baresip> Phone(CallWorld world, string codec)
    {
        var phone = await Baresip.Start(("ada", SmallCentre.SecretOf("ada")), world.Centre.SipPort, ToneHz, codec: codec);
        await world.LogInOnly("ada");
        return phone;
    }
}
