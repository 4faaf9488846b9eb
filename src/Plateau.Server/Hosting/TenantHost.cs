using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Server.Insights;
using Plateau.Server.Storage;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>Everything that runs for one tenant: its centre, its configuration, its outbox, and the floor as the API shows it.</summary>
internal sealed class TenantHost : IAsyncDisposable
{
    private readonly Outbox _outbox;
    private readonly DatabaseWriter _writer;

    public TenantHost(TenantId tenant, TenantStart start, int ordinal)
    {
        Id = tenant;
        Configs = new ConfigStore(tenant, start.Database);
        Folders = start.Folders;
        var journal = Path.Combine(start.Folders.Journal, tenant.Value);
        _outbox = Outbox.Open(Path.Combine(journal, "outbox"));
        _writer = new DatabaseWriter(start.Database, tenant, _outbox, Path.Combine(journal, "set-aside"), start.Log);
        Sinks = new CentreSinks { Fact = Tell, Store = Store };
        // Two node numbers a tenant: its centre's and its requests'; a server has 1,024 in all.
        var node = (start.Config.Node + (2 * ordinal)) % 1022;
        Driver = new CentreDriver(
            new CentreDriverOptions
            {
                Tenant = tenant, JournalFolder = journal, Node = node, RequestNode = node + 1,
                Mode = start.Config.Journal.Mode,
            },
            Sinks, start.Log);
        Configs.Changed += config => Driver.Post(new ApplyConfig(SecretText.Conceal(config)));
    }

    public TenantId Id { get; }

    public CentreDriver Driver { get; }

    public CentreSinks Sinks { get; }

    public ConfigStore Configs { get; }

    public Floor Floor { get; } = new();

    public ServerFolders Folders { get; }

    public DatabaseWriterState Writer => _writer.State;

    /// <summary>Told each fact after the journal has it, in order of sequence; a listener returns at once.</summary>
    public event Action<FactRecord>? Fact;

    /// <summary>Finds the configuration and sets the centre to work.</summary>
    public async Task Start(CentreConfig file, ILogger log)
    {
        try
        {
            await Configs.Load(file, Instant.FromDateTimeOffset(DateTimeOffset.UtcNow));
        }
        catch (Exception e) when (Database.IsOutage(e))
        {
            ApiLog.DatabaseAway(log, e);
            Configs.UseFile(file);
        }

        await Driver.Start(SecretText.Conceal(Configs.Config));
    }

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await _writer.DisposeAsync();
        _outbox.Dispose();
        Configs.Dispose();
    }

    private void Tell(FactRecord fact)
    {
        Floor.Take(fact);
        Fact?.Invoke(fact);
    }

    private void Store(IReadOnlyList<OutboxEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Decision is { } decision)
            {
                Floor.Take(decision);
            }
        }

        _outbox.Append(entries);
    }
}

/// <summary>What every tenant of a server shares at its start.</summary>
internal sealed record TenantStart(ServerConfig Config, ServerFolders Folders, Database Database, ILogger Log);

/// <summary>All tenants of this server.</summary>
internal sealed class TenantHosts : IAsyncDisposable
{
    private readonly SortedDictionary<TenantId, TenantHost> _hosts = [];

    public TenantHosts(ServerConfig config, ServerFolders folders, Database database, ILogger<TenantHosts> log)
    {
        var start = new TenantStart(config, folders, database, log);
        foreach (var tenant in config.Tenants)
        {
            _hosts[tenant.Tenant] = new TenantHost(tenant.Tenant, start, _hosts.Count);
        }
    }

    /// <summary>In order of their names.</summary>
    public IReadOnlyCollection<TenantHost> All => _hosts.Values;

    public TenantHost? Find(TenantId tenant) => _hosts.GetValueOrDefault(tenant);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await host.DisposeAsync();
        }
    }
}
