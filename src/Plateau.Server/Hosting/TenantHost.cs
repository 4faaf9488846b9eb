using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Server.Insights;
using Plateau.Server.Ivr;
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
    private readonly Outbox _outbox;
    private readonly DatabaseWriter _writer;
    private FlowHttpDriver? _flowHttp;
    private CentreDriver? _driver;
    private WebhookDriver? _webhooks;

    /// <param name="tenant">Whose.</param>
    /// <param name="parts">What is shared.</param>
    /// <param name="node">The first of the two node numbers that are this tenant's alone.</param>
    public TenantHost(TenantId tenant, TenantParts parts, int node)
    {
        Id = tenant;
        _parts = parts;
        _node = node;
        _journal = Path.Combine(parts.Folders.Journal, tenant.Value);
        _outbox = Outbox.Open(Path.Combine(_journal, "outbox"));
        _writer = new DatabaseWriter(parts.Database, tenant, _outbox, Path.Combine(_journal, "set-aside"), parts.Log);
        Configs = new ConfigStore(tenant, parts.Database);
        Events = new EventStream(tenant, parts.Database, _outbox);
        var language = parts.Config.Tenants.First(t => t.Tenant == tenant).Language;
        Prompts = PromptStore.Open(Path.Combine(parts.Folders.Prompts, tenant.Value), language, parts.Voice);
        Sinks = new CentreSinks { Fact = Tell, Store = Store, Flush = _outbox.Flush };
        Configs.Changed += config => Driver.Post(new ApplyConfig(SecretText.Conceal(config)));
        Configs.Changed += config => Prompts.Configure(config.Prompts);
    }

    public TenantId Id { get; }

    /// <summary>The centre; there from <see cref="Start"/> on.</summary>
    public CentreDriver Driver => _driver ?? throw new InvalidOperationException($"{Id} has not started.");

    public WebhookDriver Webhooks => _webhooks ?? throw new InvalidOperationException($"{Id} has not started.");

    /// <summary>Who does what the centre decides; telephony adds itself before <see cref="Start"/>.</summary>
    public CentreSinks Sinks { get; }

    public ConfigStore Configs { get; }

    public EventStream Events { get; }

    public PromptStore Prompts { get; }

    public Floor Floor { get; } = new();

    public ServerFolders Folders => _parts.Folders;

    public DatabaseWriterState Writer => _writer.State;

    /// <summary>Completes when the database has everything up to an ordinal.</summary>
    public Task WaitUntilWritten(long ordinal) => _writer.WaitUntilWritten(ordinal);

    /// <summary>Finds the configuration, then sets the centre and all that hangs on it to work.</summary>
    public async Task Start(CentreConfig file)
    {
        var first = (Fact: 0L, Ordinal: _outbox.LastOrdinal);
        try
        {
            await Configs.Load(file, Instant.FromDateTimeOffset(DateTimeOffset.UtcNow));
            var mark = await _parts.Database.Watermark(Id);
            first = (mark.Fact, Math.Max(mark.Ordinal, first.Ordinal));
        }
        catch (Exception e) when (Database.IsOutage(e))
        {
            ApiLog.DatabaseAway(_parts.Log, e);
            Configs.UseFile(file);
        }

        Prompts.Configure(Configs.Config.Prompts);
        Events.Begin(first.Fact);
        _driver = new CentreDriver(Options(first), Sinks, _parts.Log);
        _flowHttp = new FlowHttpDriver(_parts.Http, _driver.Post);
        Sinks.Http = _flowHttp.Call;
        await _driver.Start(SecretText.Conceal(Configs.Config));
        _webhooks = new WebhookDriver(Events, Id, _parts.Database, _parts.Http, new WebhookOptions(), _parts.Log);
    }

    public async ValueTask DisposeAsync()
    {
        if (_webhooks is not null)
        {
            await _webhooks.DisposeAsync();
        }

        if (_driver is not null)
        {
            await _driver.DisposeAsync();
        }

        _flowHttp?.Dispose();
        await _writer.DisposeAsync();
        _outbox.Dispose();
        Prompts.Dispose();
        Configs.Dispose();
    }

    private CentreDriverOptions Options((long Fact, long Ordinal) last) => new()
    {
        Tenant = Id, JournalFolder = _journal, Node = _node, RequestNode = _node + 1, Mode = _parts.Config.Journal.Mode,
        First = (last.Fact + 1, last.Ordinal + 1),
    };

    private void Tell(FactRecord fact)
    {
        Floor.Take(fact);
        Events.Append(fact);
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
