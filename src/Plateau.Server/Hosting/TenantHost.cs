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

/// <summary>Everything that runs for one tenant: its centre, its configuration, what it keeps and whom it
/// tells.</summary>
internal sealed class TenantHost : IAsyncDisposable
{
    private readonly TenantParts _parts;
    private readonly int _node;
    private readonly string _journal;
    private readonly CancellationTokenSource _stop = new();
    private Kept? _kept;
    private CentreDriver? _driver;
    private FlowHttpDriver? _flows;

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

    public WebhookDriver Webhooks => Storing.Webhooks;

    /// <summary>Who does what the centre decides; telephony adds itself before <see cref="Start"/>.</summary>
    public CentreSinks Sinks { get; } = new();

    public ConfigStore Configs { get; }

    public EventStream Events => Storing.Stream;

    public PromptStore Prompts { get; }

    public Floor Floor { get; } = new();

    public ServerFolders Folders => _parts.Folders;

    public DatabaseWriterState Writer => Storing.Writer.State;

    private Kept Storing => _kept ?? throw new InvalidOperationException($"{Id} has not started.");

    /// <summary>Completes when the database has everything up to an ordinal.</summary>
    public Task WaitUntilWritten(long ordinal) => Storing.Writer.WaitUntilWritten(ordinal);

    /// <summary>Finds the configuration, then sets the centre and all that hangs on it to work.</summary>
    public async Task Start(CentreConfig file)
    {
        _kept = Keep();
        var last = await FindConfiguration(file);
        TakePrompts(Configs.Config);
        Events.Begin(last.Fact);
        _driver = new CentreDriver(Options(last), Sinks, _parts.Log);
        ConnectSinks(_driver);
        await _driver.Start(SecretText.Conceal(Configs.Config));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_driver is not null)
        {
            await _driver.DisposeAsync();
        }

        if (_kept is { } kept)
        {
            await kept.DisposeAsync();
        }

        _flows?.Dispose();
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
            return (mark.Fact, Math.Max(mark.Ordinal, Storing.Outbox.LastOrdinal));
        }
        catch (Exception e) when (Database.IsOutage(e))
        {
            ApiLog.DatabaseAway(_parts.Log, e);
            Configs.UseFile(file);
            return (0, Storing.Outbox.LastOrdinal);
        }
    }

    private CentreDriverOptions Options((long Fact, long Ordinal) last) => new()
    {
        Tenant = Id, JournalFolder = _journal, Node = _node, RequestNode = _node + 1, Mode = _parts.Config.Journal.Mode,
        First = (last.Fact + 1, last.Ordinal + 1),
    };

    private Kept Keep()
    {
        var (database, log) = (_parts.Database, _parts.Log);
        var outbox = Outbox.Open(Path.Combine(_journal, "outbox"));
        var stream = new EventStream(Id, database, outbox);
        var retention = new RetentionOptions(Id, _journal, TimeSpan.FromDays(_parts.Config.Journal.KeepDays));
        return new Kept(
            outbox, new DatabaseWriter(database, Id, outbox, Path.Combine(_journal, "refused"), log), stream,
            new WebhookDriver(stream, Id, database, _parts.Http, new WebhookOptions(), log),
            new RetentionDriver(database, retention, log));
    }

    private void ConnectSinks(CentreDriver driver)
    {
        _flows = new FlowHttpDriver(_parts.Http, driver.Post);
        Sinks.Http = _flows.Call;
        Sinks.Flush = Storing.Outbox.Flush;
        Sinks.Fact += fact =>
        {
            Floor.Take(fact);
            Storing.Stream.Append(fact);
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

            Storing.Outbox.Append(entries);
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

    /// <summary>What keeps and tells, in the order in which it is made.</summary>
    private sealed record Kept(
        Outbox Outbox, DatabaseWriter Writer, EventStream Stream, WebhookDriver Webhooks, RetentionDriver Retention)
    {
        /// <summary>How long an orderly end waits for the database to have everything; the outbox keeps the rest.</summary>
        private static readonly TimeSpan LastWritesMax = TimeSpan.FromSeconds(3);

        public async ValueTask DisposeAsync()
        {
            await Retention.DisposeAsync();
            await Webhooks.DisposeAsync();
            await Writer.WaitUntilWritten(Outbox.LastOrdinal).WaitAsync(LastWritesMax)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Writer.DisposeAsync();
            Outbox.Dispose();
        }
    }
}
