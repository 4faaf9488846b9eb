using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;

namespace Plateau.IntegrationTests.Calls;

/// <summary>baresip as an agent's telephone: another implementation of everything.</summary>
[Collection(CallsCollection.Name)]
public sealed class BaresipTests
{
    private const int ToneHz = 1_010;

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
