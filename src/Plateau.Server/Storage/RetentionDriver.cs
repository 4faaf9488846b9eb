using Plateau.Contracts;
using Plateau.Server.Insights;
using Plateau.Server.Messaging;

namespace Plateau.Server.Storage;

/// <summary>What a tenant's retention works on.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="JournalFolder">Its journal, of which closed generations go.</param>
/// <param name="Keep">How long facts, settled webhook deliveries and closed journals are kept.</param>
internal sealed record RetentionOptions(TenantId Tenant, string JournalFolder, TimeSpan Keep);

/// <summary>Removes, every hour, what has been kept long enough. Call records, intervals and decisions stay.</summary>
internal sealed class RetentionDriver : IAsyncDisposable
{
    private readonly Database _database;
    private readonly RetentionOptions _options;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    internal RetentionDriver(Database database, RetentionOptions options, ILogger log)
    {
        _database = database;
        _options = options;
        _log = log;
        _work = Task.Run(Work);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>Removes what is older than the instant.</summary>
    internal static async Task RemoveBefore(
        Database database, RetentionOptions options, Instant before, CancellationToken stop)
    {
        JournalFolder.RemoveClosed(options.JournalFolder, before.ToDateTimeOffset().UtcDateTime);
        await using var db = database.Open(options.Tenant);
        await FactTable.RemoveBefore(db, before, stop);
        await WebhookTable.RemoveBefore(db, before, stop);
    }

    private async Task Work()
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try
            {
                var before = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow) - _options.Keep;
                await RemoveBefore(_database, _options, before, _stop.Token);
            }
#pragma warning disable CA1031 // A database that is away, for one: the next hour does it.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Log.RetentionFailed(_log, _options.Tenant, e);
            }
        }
        while (await hourly.WaitForNextTickAsync(_stop.Token));
    }
}
