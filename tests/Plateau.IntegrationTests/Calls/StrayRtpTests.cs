using System.Net;
using Plateau.IntegrationTests.Peers;
using Plateau.Media.Codecs;

namespace Plateau.IntegrationTests.Calls;

/// <summary>Somebody who knows a call's port and sends audio there.</summary>
[Collection(CallsCollection.Name)]
public sealed class StrayRtpTests
{
    [Fact]
    public async Task A_stray_source_is_not_heard_and_gets_nothing()
    {
        await using var world = await CallWorld.Start();
        await world.LogIn("ada");
        var call = await world.Connect();
        await using var stray = new RtpPeer(Codec.Pcma, IPAddress.Parse("127.0.0.99"));
        stray.SayTone(2_150);
        stray.Call(call.Customer.Call.Media.Config!.Rtp.ToIPEndPoint());
        stray.Call(call.Agent.Call.Media.Config!.Rtp.ToIPEndPoint());

        var heard = await Hearing.Listen([call.Customer, call.Agent]);

        Assert.All(heard, audio => Assert.True(Hearing.Measure(audio, 2_150) < -60, "the stray is heard"));
        Assert.True(Hearing.Measure(heard[0], call.Agent.ToneHz) > -30, "the agent is lost");
        Assert.True(Hearing.Measure(heard[1], call.Customer.ToneHz) > -30, "the customer is lost");
        Assert.Equal(0, stray.PacketsReceived);
    }
}
