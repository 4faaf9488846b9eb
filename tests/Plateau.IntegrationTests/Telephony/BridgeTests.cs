using Plateau.Contracts.Calls;
using Plateau.Media.Codecs;
using static Plateau.IntegrationTests.Telephony.MediaFloor;

namespace Plateau.IntegrationTests.Telephony;

/// <summary>What parties with real sockets hear of each other.</summary>
public sealed class BridgeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("PCMA", "PCMA")]
    [InlineData("PCMU", "PCMU")]
    [InlineData("PCMA", "PCMU")]
    [InlineData("PCMA", "G722")]
    [InlineData("G722", "G722")]
    [InlineData("opus", "PCMA")]
    [InlineData("opus", "G722")]
    public async Task Two_parties_hear_each_other_whatever_they_speak(string first, string second)
    {
        var (a, b) = (Named(first), Named(second));
        Assert.SkipUnless(a.IsAvailable && b.IsAvailable, "libopus.so.0 is not installed");
        await using var floor = new MediaFloor();
        var (customer, _) = floor.Join(a, 440, LegRole.Customer);
        var (agent, _) = floor.Join(b, 1_000, LegRole.Agent);

        var heard = await Task.WhenAll(customer.HearAsync(Second), agent.HearAsync(Second));

        Assert.InRange(Level(heard[0], 1_000, a), -19, -14);
        Assert.InRange(Level(heard[1], 440, b), -19, -14);
        Assert.True(Level(heard[0], 440, a) < -45, "the customer hears himself");
        Assert.True(Level(heard[1], 1_000, b) < -45, "the agent hears himself");
    }

    private static Codec Named(string name) => Codec.All.Single(c => c.Name == name);
}
