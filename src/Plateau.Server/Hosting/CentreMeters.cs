using System.Diagnostics.Metrics;
using Plateau.Contracts.Agents;
using Plateau.Server.Insights;

namespace Plateau.Server.Hosting;

/// <summary>Our own figures, read when they are asked for: nothing is counted twice and nothing runs free.</summary>
internal sealed class CentreMeters : IDisposable
{
    public const string Name = "Plateau";
    private readonly Meter _meter = new(Name);
    private readonly TenantHosts _tenants;

    public CentreMeters(TenantHosts tenants)
    {
        _tenants = tenants;
        _meter.CreateObservableGauge("plateau.calls", () => Each((t, floor) =>
            floor.Calls.CountBy(c => c.State).Select(s => Point(s.Value, t, ("state", s.Key.ToString())))),
            "{call}", "Calls that are up, by what they do");
        _meter.CreateObservableGauge("plateau.queue.waiting", () => Each((t, floor) =>
            t.Configs.Config.Queues.Select(q => Point(
                floor.Calls.Count(c => c.Queue == q.Id && c.Entered is not null), t, ("queue", q.Id.Value)))),
            "{call}", "Calls that wait, by queue");
        _meter.CreateObservableGauge("plateau.agents", () => Each((t, floor) =>
            floor.Agents.Where(a => a.State != AgentState.LoggedOut).CountBy(a => a.State)
                .Select(s => Point(s.Value, t, ("state", s.Key.ToString())))), "{agent}", "Agents at work, by state");
        _meter.CreateObservableGauge("plateau.centre.inputs.waiting", () => Each((t, _) =>
            [Point(t.Driver.State.InputsWaiting, t)]), "{input}", "Inputs that a centre has not taken yet");
        _meter.CreateObservableCounter("plateau.centre.inputs", () => Each((t, _) =>
            [Point(t.Driver.State.InputsTaken, t)]), "{input}", "Inputs that a centre has taken");
        _meter.CreateObservableCounter("plateau.centre.inputs.set_aside", () => Each((t, _) =>
            [Point(t.Driver.State.InputsSetAside, t)]), "{input}", "Inputs that a centre failed on");
        _meter.CreateObservableGauge("plateau.database.lag", () => Each((t, _) =>
            [Point(t.Writer.Waiting, t)]), "{entry}", "Things that wait for the database");
        _meter.CreateObservableGauge("plateau.database.away", () => Each((t, _) =>
            [Point(t.Writer.Outage is null ? 0 : 1, t)]), "1", "Whether the database cannot be written");
    }

    public void Dispose() => _meter.Dispose();

    private List<Measurement<long>> Each(Func<TenantHost, FloorState, IEnumerable<Measurement<long>>> measure) =>
        [.. _tenants.All.Where(t => t.Driver.State.Phase == CentrePhase.Running)
            .SelectMany(t => measure(t, t.Floor.Snapshot()))];

    private static Measurement<long> Point(long value, TenantHost tenant, params ReadOnlySpan<(string Name, string Value)> tags)
    {
        var all = new List<KeyValuePair<string, object?>> { new("tenant", tenant.Id.Value) };
        foreach (var (name, text) in tags)
        {
            all.Add(new(name, text));
        }

        return new Measurement<long>(value, all);
    }
}
