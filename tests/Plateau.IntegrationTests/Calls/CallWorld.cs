using System.Net;
using System.Net.Http.Json;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Agents;
using Plateau.IntegrationTests.Fixtures;
using Plateau.IntegrationTests.Peers;

namespace Plateau.IntegrationTests.Calls;

/// <summary>A running centre with telephones on both sides: customers behind the trunk, agents in the house.</summary>
internal sealed class CallWorld : IAsyncDisposable
{
    internal const string CarrierAddress = "127.0.0.2";

    private readonly TemporaryFolder _folder;

    private CallWorld(RunningCentre centre, TemporaryFolder folder, int carrierPort, IPEndPoint? proxy)
    {
        var server = new IPEndPoint(IPAddress.Loopback, centre.SipPort);
        Centre = centre;
        _folder = folder;
        CarrierPort = carrierPort;
        Facts = new FactLog(centre.Tenant.Sinks);
        Outside = new Telephones(CarrierAddress, carrierPort, proxy ?? server, folder.Path);
        Inside = new Telephones("127.0.0.1", 0, server, folder.Path);
    }

    internal RunningCentre Centre { get; }

    internal FactLog Facts { get; }

    /// <summary>Customers: they call over the trunk, and numbers outside ring here.</summary>
    internal Telephones Outside { get; }

    /// <summary>Agents' phones.</summary>
    internal Telephones Inside { get; }

    /// <summary>Where the trunk's host is, at <see cref="CarrierAddress"/>.</summary>
    internal int CarrierPort { get; }

    /// <summary>A file of this world, gone with it.</summary>
    internal string this[string name] => _folder[name];

    /// <summary>Starts a centre and its telephones.</summary>
    /// <param name="change">Changes of the small centre's configuration.</param>
    /// <param name="queue">Changes of its queue.</param>
    /// <param name="server">Changes of the server's configuration.</param>
    /// <param name="proxy">What stands between the customers and the centre; null for nothing.</param>
    internal static async Task<CallWorld> Start(
        Func<CentreConfig, CentreConfig>? change = null, Func<QueueConfig, QueueConfig>? queue = null,
        Func<ServerConfig, ServerConfig>? server = null, IPEndPoint? proxy = null)
    {
        var port = FreePort.Udp();
        var config = SmallCentre.Config(queue);
        config = config with
        {
            Trunks = [.. config.Trunks.Select(t => t with { Hosts = [new TrunkHostConfig(CarrierAddress, port)] })],
        };
        var folder = new TemporaryFolder();
        var centre = await RunningCentre.Start(change?.Invoke(config) ?? config, folder, server);
        return new CallWorld(centre, folder, port, proxy);
    }

    /// <summary>Registers the phones and logs their agents in; all are idle afterwards.</summary>
    internal async Task LogIn(params string[] agents)
    {
        foreach (var agent in agents)
        {
            await Inside.Register(agent);
            await LogInOnly(agent);
        }
    }

    /// <summary>Logs an agent in whose phone is somebody else's.</summary>
    internal async Task LogInOnly(string agent)
    {
        await Centre.Grant(id => new LogIn(id, null, new AgentId(agent)));
        await Facts.AgentIs(agent, AgentState.Idle);
    }

    /// <summary>A customer calls a number.</summary>
    internal Party Customer(string number, string caller = "0639980001", double toneHz = 457) =>
        Outside.Call("customer", toneHz, number, caller);

    /// <summary>A customer calls the queue and the agent answers: both are connected when this returns.</summary>
    internal async Task<Conversation> Connect(string agent = "ada")
    {
        var before = Facts.Count;
        var customer = Customer(SmallCentre.QueueNumber);
        var phone = await Inside.Offered(agent);
        await phone.Answer();
        await customer.Connected();
        var established = await Facts.Seen<CallEstablished>(after: before);
        return new Conversation(established.Call, customer, phone);
    }

    /// <summary>Waits until the centre knows no call and its record is in the database; then gives the record by the
    /// API.</summary>
    internal async Task<CallRecord> Record(CallId call)
    {
        await Facts.Seen<CallRecorded>(recorded => recorded.Call == call);
        await Written();
        return (await Centre.Api.GetFromJsonAsync<CallRecord>($"/api/v1/records/calls/{call}", PlateauJson.Options))!;
    }

    /// <summary>Waits until all that the centre has told so far is in the database.</summary>
    internal async Task Written()
    {
        await Centre.Tenant.Driver.Query(_ => true).WaitAsync(FactLog.Patience);
        var state = Centre.Tenant.Writer;
        await Centre.Tenant.WaitUntilWritten(state.Written + state.Waiting).WaitAsync(FactLog.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        Outside.Dispose();
        Inside.Dispose();
        await Centre.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A customer and an agent who are connected.</summary>
/// <param name="Id">The call.</param>
/// <param name="Customer">Who called.</param>
/// <param name="Agent">Who took it.</param>
internal sealed record Conversation(CallId Id, Party Customer, Party Agent);
