using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Server.Insights;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;
using Plateau.Server.Telephony.Prompts;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>What all tenants of a server share.</summary>
internal sealed record TenantParts(
    ServerConfig Config, ServerFolders Folders, Database Database, ForeignHttp Http, EspeakSynthesizer Voice, ILogger Log);

/// <summary>Everything that runs for one tenant: its centre, its configuration, what it keeps and whom it tells.</summary>
internal sealed class TenantHost : IAsyncDisposable
{
    private readonly TenantParts _parts;
    private readonly int _node;
    private readonly string _journal;
    private readonly CancellationTokenSource _stop = new();
    private TenantStorage? _storage;
    private CentreDriver? _driver;

    /// <param name="tenant">Whose.</param>
    /// <param name="parts">What is shared.</param>
    /// <param name="node">The first of the two node numbers that are this tenant's alone.</param>
    public TenantHost(TenantId tenant, TenantParts parts, int node)
    {
        Id = tenant;
        _parts = parts;
        _node = node;
        _journal = Path.Combine(parts.Folders.Journal, tenant.Value);
        Configs = new ConfigStore(tenant, parts.Database);
        var language = parts.Config.Tenants.First(t => t.Tenant == tenant).Language;
        Prompts = PromptStore.Open(Path.Combine(parts.Folders.Prompts, tenant.Value), language, parts.Voice);
        Configs.Changed += config => Driver.Post(new ApplyConfig(SecretText.Conceal(config)));
        Configs.Changed += TakePrompts;
    }

    public TenantId Id { get; }

    /// <summary>The centre; there from <see cref="Start"/> on.</summary>
    public CentreDriver Driver => _driver ?? throw new InvalidOperationException($"{Id} has not started.");

    public WebhookDriver Webhooks => Storage.Webhooks;

    /// <summary>Who does what the centre decides; telephony adds itself before <see cref="Start"/>.</summary>
    public CentreSinks Sinks { get; } = new();

    public ConfigStore Configs { get; }

    public EventStream Events => Storage.Stream;

    public PromptStore Prompts { get; }

    public Floor Floor { get; } = new();

    public ServerFolders Folders => _parts.Folders;

    public DatabaseWriterState Writer => Storage.Writer.State;

    private TenantStorage Storage => _storage ?? throw new InvalidOperationException($"{Id} has not started.");

    /// <summary>Completes when the database has everything up to an ordinal.</summary>
    public Task WaitUntilWritten(long ordinal) => Storage.Writer.WaitUntilWritten(ordinal);

    /// <summary>Finds the configuration, then sets the centre and all that hangs on it to work.</summary>
    public async Task Start(CentreConfig file)
    {
        var keep = TimeSpan.FromDays(_parts.Config.Journal.KeepDays);
        _storage = new TenantStorage(
            _parts.Database, _parts.Http, new TenantStorageOptions(Id, Path.Combine(_journal, "outbox"), keep), _parts.Log);
        var last = await FindConfiguration(file);
        TakePrompts(Configs.Config);
        Events.Begin(last.Fact);
        _driver = new CentreDriver(Options(last), Sinks, _parts.Log);
        _storage.Attach(Sinks, _driver.Post);
        ShowFloor();
        await _driver.Start(SecretText.Conceal(Configs.Config));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_driver is not null)
        {
            await _driver.DisposeAsync();
        }

        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }

        Prompts.Dispose();
        Configs.Dispose();
        _stop.Dispose();
    }

    private async Task<(long Fact, long Ordinal)> FindConfiguration(CentreConfig file)
    {
        try
        {
            await Configs.Load(file, Instant.FromDateTimeOffset(DateTimeOffset.UtcNow));
            var mark = await _parts.Database.Watermark(Id);
            return (mark.Fact, Math.Max(mark.Ordinal, Storage.Outbox.LastOrdinal));
        }
        catch (Exception e) when (Database.IsOutage(e))
        {
            ApiLog.DatabaseAway(_parts.Log, e);
            Configs.UseFile(file);
            return (0, Storage.Outbox.LastOrdinal);
        }
    }

    private CentreDriverOptions Options((long Fact, long Ordinal) last) => new()
    {
        Tenant = Id, JournalFolder = _journal, Node = _node, RequestNode = _node + 1, Mode = _parts.Config.Journal.Mode,
        First = (last.Fact + 1, last.Ordinal + 1),
    };

    /// <summary>Lets the floor hear what the storage hears.</summary>
    private void ShowFloor()
    {
        var (fact, store) = (Sinks.Fact!, Sinks.Store!);
        Sinks.Fact = told =>
        {
            Floor.Take(told);
            fact(told);
        };
        Sinks.Store = entries =>
        {
            foreach (var entry in entries)
            {
                if (entry.Decision is { } decision)
                {
                    Floor.Take(decision);
                }
            }

            store(entries);
        };
    }

    /// <summary>Makes prompts ready behind the scenes, so that no caller waits for a voice.</summary>
    private void TakePrompts(CentreConfig config)
    {
        Prompts.Configure(config.Prompts);
        _ = Task.Run(Prepare, _stop.Token);
    }

    private async Task Prepare()
    {
        try
        {
            foreach (var problem in await Prompts.PrepareAsync(_stop.Token))
            {
                ApiLog.PromptDefect(_parts.Log, Id, problem.Error.ToString(), problem.Detail);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The server stops, or the disk refuses: prompts are then made when they are first heard.
        }
    }
}
