using Plateau.Contracts;
using Plateau.Core;
using Plateau.Server.Insights;
using Plateau.Server.Ivr;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;

namespace Plateau.Server.Hosting;

/// <summary>Where a tenant's outbox lives and how long facts are kept.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="OutboxFolder">Folder of the outbox; made when absent.</param>
/// <param name="FactRetention">How long facts are kept in the database.</param>
public sealed record TenantStorageOptions(TenantId Tenant, string OutboxFolder, TimeSpan FactRetention)
{
    /// <summary>When and how often webhooks are tried.</summary>
    public WebhookOptions Webhooks { get; init; } = new();
}

/// <summary>Everything that a centre's facts and records go to: outbox, database, event stream, webhooks.</summary>
/// <remarks>Opened before the <see cref="CentreDriver"/> is started, disposed of after it.</remarks>
public sealed class TenantStorage : IAsyncDisposable
{
    private readonly Database _database;
    private readonly TenantStorageOptions _options;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _retention;
    private FlowHttpDriver? _flows;

    /// <summary>Opens what is there and starts to write what waits.</summary>
    public TenantStorage(Database database, ForeignHttp http, TenantStorageOptions options, ILogger log)
    {
        _database = database;
        _options = options;
        _log = log;
        Http = http;
        Outbox = Outbox.Open(options.OutboxFolder);
        Writer = new DatabaseWriter(
            database, options.Tenant, Outbox, Path.Combine(options.OutboxFolder, "refused"), log);
        Stream = new EventStream(options.Tenant, database, Outbox);
        Webhooks = new WebhookDriver(Stream, options.Tenant, database, http, options.Webhooks, log);
        _retention = Task.Run(Retain);
    }

    /// <summary>What waits for the database.</summary>
    public Outbox Outbox { get; }

    /// <summary>Carries it there.</summary>
    public DatabaseWriter Writer { get; }

    /// <summary>The facts, to be read from any place.</summary>
    public EventStream Stream { get; }

    /// <summary>Sends them to integrators.</summary>
    public WebhookDriver Webhooks { get; }

    /// <summary>Calls foreign web servers.</summary>
    public ForeignHttp Http { get; }

    /// <summary>Takes the centre's facts, records and questions to web servers.</summary>
    /// <param name="sinks">Of the centre's driver, which is not started yet.</param>
    /// <param name="post">Takes the web servers' answers: <see cref="CentreDriver.Post"/>.</param>
    public void Attach(CentreSinks sinks, Func<CentreInput, bool> post)
    {
        _flows = new FlowHttpDriver(Http, post);
        sinks.Fact = Stream.Append;
        sinks.Store = Outbox.Append;
        sinks.Flush = Outbox.Flush;
        sinks.Http = _flows.Call;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _flows?.Dispose();
        await Webhooks.DisposeAsync();
        await Writer.DisposeAsync();
        await _retention.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Outbox.Dispose();
        _stop.Dispose();
    }

    private async Task Retain()
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try
            {
                var before = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow) - _options.FactRetention;
                await using var db = _database.Open(_options.Tenant);
                await FactTable.RemoveBefore(db, before, _stop.Token);
                await WebhookTable.RemoveBefore(db, before, _stop.Token);
            }
#pragma warning disable CA1031 // A database that is away: the next hour does it.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Log.RetentionFailed(_log, _options.Tenant, e);
            }
        }
        while (await hourly.WaitForNextTickAsync(_stop.Token));
    }
}
