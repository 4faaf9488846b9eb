using System.Globalization;
using System.Net;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Telephony;
using Plateau.Core.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;

namespace Plateau.IntegrationTests.Calls;

/// <summary>Trunks with real peers: Kamailio in front, hosts that fail, a carrier that wants a registration.</summary>
[Collection(CallsCollection.Name)]
public sealed class TrunkTests
{
    private const string Number = "0261910001";
    private static readonly AgentId Ada = new("ada");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_comes_in_through_Kamailio_and_either_side_ends_it(bool customerEnds)
    {
        await using var world = await BehindKamailio(out var port);
        await using var kamailio = await Kamailio.Start(
            world.Centre.SipPort, CallWorld.CarrierAddress, world.CarrierPort, port);
        await world.LogIn("ada");
        var call = await world.Connect();
        Assert.Equal("customer: ada; ada: customer", await Hearing.Of(call.Customer, call.Agent));

        (customerEnds ? call.Customer : call.Agent).Call.HangUp();

        await call.Customer.Ended();
        await call.Agent.Ended();
        var record = await world.Record(call.Id);
        Assert.Equal(customerEnds ? ClearingSide.Customer : ClearingSide.Agent, record.EndedBy);
        Assert.Equal(new TrunkId("carrier"), record.Legs[0].Trunk);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agent_calls_out_through_Kamailio_and_either_side_ends_it(bool customerEnds)
    {
        await using var world = await BehindKamailio(out var port);
        await using var kamailio = await Kamailio.Start(
            world.Centre.SipPort, CallWorld.CarrierAddress, world.CarrierPort, port);
        await world.LogIn("ada");
        var (ada, other) = await PlaceCall(world);
        Assert.Equal($"ada: {Number}; {Number}: ada", await Hearing.Of(ada, other));

        (customerEnds ? other : ada).Call.HangUp();

        await ada.Ended();
        await other.Ended();
        var record = await world.Record((await world.Facts.Seen<CallStarted>()).Call);
        Assert.Equal(CallDirection.Outbound, record.Direction);
        Assert.Equal(customerEnds ? ClearingSide.Customer : ClearingSide.Agent, record.EndedBy);
    }

    [Fact]
    public async Task A_host_without_circuits_is_passed_over()
    {
        var port = FreePort.Udp();
        await using var world = await WithFirstHost(port);
        await using var refuses = new Sipp
        {
            Scenario = "refuse_503", ServerPort = world.Centre.SipPort, Address = "127.0.0.5", Port = port,
        }.Start();
        await world.LogIn("ada");

        var (ada, other) = await PlaceCall(world);

        Assert.Equal($"ada: {Number}; {Number}: ada", await Hearing.Of(ada, other));
        Assert.Equal(0, await refuses.Exit(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_silent_host_is_passed_over()
    {
        await using var silent = RawSip.Udp(1, "127.0.0.5");
        await using var world = await WithFirstHost(silent.Local.Port);
        await world.LogIn("ada");

        var (ada, other) = await PlaceCall(world);

        Assert.Equal($"ada: {Number}; {Number}: ada", await Hearing.Of(ada, other));
        Assert.StartsWith("INVITE", await silent.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trunk_registers_with_its_password_when_it_is_challenged()
    {
        var port = FreePort.Udp();
        await using var registrar = new Sipp
        {
            Scenario = "registrar", ServerPort = 1, Address = "127.0.0.5", Port = port,
            Keys = new Dictionary<string, string> { ["account"] = "house", ["secret"] = "trunk-secret-1" },
        }.Start();
        await using var world = await CallWorld.Start(config => config with
        {
            Trunks =
            [
                config.Trunks[0] with
                {
                    Hosts = [new TrunkHostConfig("127.0.0.5", port)],
                    Account = new TrunkAccountConfig("house", "trunk-secret-1", "carrier.invalid"),
                },
            ],
        });

        Assert.True(await registrar.Exit(TimeSpan.FromSeconds(20)) == 0, registrar.Output);
        Assert.Matches(@"<-+ 403 +0 ", registrar.Output);
    }

    private static async Task<(Party Agent, Party Other)> PlaceCall(CallWorld world)
    {
        await world.Centre.Grant(id => new PlaceCall(id, Ada, Ada, new CallTarget(Number: Number)));
        var ada = await world.Inside.Offered("ada");
        await ada.Answer();
        var other = await world.Outside.Offered(Number);
        await other.Answer();
        await world.Facts.Seen<CallEstablished>();
        return (ada, other);
    }

    private static Task<CallWorld> BehindKamailio(out int port)
    {
        ForeignProcess.SkipUnlessInstalled("kamailio", "kamailio");
        var proxy = new IPEndPoint(IPAddress.Parse(Kamailio.Address), FreePort.Udp());
        port = proxy.Port;
        return CallWorld.Start(
            config => config with
            {
                Trunks =
                [
                    config.Trunks[0] with
                    {
                        Hosts = [new TrunkHostConfig(Kamailio.Address, proxy.Port)],
                        AllowedSources = [string.Create(CultureInfo.InvariantCulture, $"{Kamailio.Address}/32")],
                    },
                ],
            },
            proxy: proxy);
    }

    private static Task<CallWorld> WithFirstHost(int port) => CallWorld.Start(config => config with
    {
        Trunks =
        [
            config.Trunks[0] with
            {
                Hosts = [new TrunkHostConfig("127.0.0.5", port), config.Trunks[0].Hosts[0] with { Priority = 1 }],
            },
        ],
    });
}
