using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Server.Insights;
using Plateau.Server.Storage;

namespace Plateau.Server.Messaging;

/// <summary>When deliveries are tried again and given up.</summary>
public sealed record WebhookOptions
{
    /// <summary>Pause after the first failure; doubled after each.</summary>
    public TimeSpan RetryMin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Attempts until a delivery is dead; with the pauses above the last is some five hours after the first.
    /// </summary>
    public int AttemptsMax { get; init; } = 12;

    /// <summary>Longest wait for an answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the time comes from.</summary>
    public Func<Instant> Clock { get; init; } = static () => Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
}

/// <summary>
/// Sends a tenant's facts to its webhooks: at least once each, signed, with retries that survive a restart.
/// </summary>
/// <remarks>
/// A delivery is a row before it is a request. Deliveries run side by side and may overtake each other; the body
/// carries
/// the sequence. A dead delivery stays visible until <see cref="Revive"/> or the retention.
/// </remarks>
public sealed class WebhookDriver : IAsyncDisposable
{
    private const int DueMax = 32;
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(2);

    private readonly TenantId _tenant;
    private readonly Database _database;
    private readonly EventStream _stream;
    private readonly ForeignHttp _http;
    private readonly WebhookOptions _options;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Nudge _changed = new();
    private readonly Nudge _due = new();
    private readonly Task _work;

    /// <summary>Starts to deliver.</summary>
    public WebhookDriver(
        EventStream stream, TenantId tenant, Database database, ForeignHttp http, WebhookOptions options, ILogger log)
    {
        _tenant = tenant;
        _database = database;
        _stream = stream;
        _http = http;
        _options = options;
        _log = log;
        _work = Task.WhenAll(Task.Run(() => Insist(Enqueue)), Task.Run(() => Insist(Deliver)));
    }

    /// <summary>Tells that webhooks were added, changed or removed.</summary>
    public void Changed()
    {
        _changed.Give();
        _due.Give();
    }

    /// <summary>Sets dead deliveries of a webhook back to be tried now.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Revive(string webhook, CancellationToken stop = default)
    {
        await using var db = _database.Open(_tenant);
        var now = _options.Clock();
        var revived = await db.WebhookDeliveries
            .Where(d => d.Webhook == webhook && d.State == DeliveryState.Dead)
            .ExecuteUpdateAsync(
                d => d.SetProperty(r => r.State, DeliveryState.Pending).SetProperty(r => r.Attempts, 0)
                    .SetProperty(r => r.NextAttempt, now),
                stop);
        _due.Give();
        return revived;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>Pause before the attempt that follows so many failures.</summary>
    internal static TimeSpan Pause(WebhookOptions options, int failures) => TimeSpan.FromSeconds(Math.Min(
        options.RetryMax.TotalSeconds, options.RetryMin.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 30))));

    private async Task Insist(Func<Task> work)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that is away, for one: the rows wait, the work begins again from them.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.WebhooksFailed(_log, _tenant, e);
                await Task.Delay(OutagePause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Makes rows of facts, from the place of the webhook that is furthest behind.</summary>
    private async Task Enqueue()
    {
        var hooks = await Hooks();
        if (hooks.Count == 0)
        {
            await _changed.Wait(_stop.Token);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var changed = _changed.Wait(either.Token);
        var facts = NextFacts(hooks.Min(h => h.Cursor), either.Token);
        await Task.WhenAny(changed, facts);
        if (changed.IsCompletedSuccessfully)
        {
            await either.CancelAsync();
            return;
        }

        var next = await facts;
        await either.CancelAsync();
        await Enqueue(next);
    }

    private async Task<IReadOnlyList<FactRecord>> NextFacts(long after, CancellationToken stop)
    {
        try
        {
            return await _stream.Next(after, stop);
        }
        catch (FactsGoneException e)
        {
            // The webhook was off for longer than facts are kept: it goes on with what there is.
            Log.WebhookFactsGone(_log, _tenant, e.After, e.Nearest);
            return await _stream.Next(Math.Min(e.Nearest - 1, _stream.LastSequence), stop);
        }
    }

    private async Task<List<WebhookRow>> Hooks()
    {
        await using var db = _database.Open(_tenant);
        return await db.Webhooks.AsNoTracking().Where(h => h.IsEnabled).ToListAsync(_stop.Token);
    }

    private async Task Enqueue(IReadOnlyList<FactRecord> facts)
    {
        await using var db = _database.Open(_tenant);
        var now = _options.Clock();
        foreach (var hook in await db.Webhooks.AsTracking().Where(h => h.IsEnabled).ToListAsync(_stop.Token))
        {
            var types = hook.Types.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var fact in facts.Where(f => f.Sequence > hook.Cursor))
            {
                if (types.Length == 0 || types.Contains(FactTable.TypeName(fact.Fact)))
                {
                    db.Add(Delivery(hook, fact, now));
                }

                hook.Cursor = fact.Sequence;
            }
        }

        await db.SaveChangesAsync(_stop.Token);
        _due.Give();
    }

    private static WebhookDeliveryRow Delivery(WebhookRow hook, FactRecord fact, Instant now) => new()
    {
        Tenant = hook.Tenant,
        Webhook = hook.Webhook,
        Sequence = fact.Sequence,
        State = DeliveryState.Pending,
        Attempts = 0,
        NextAttempt = now,
        Body = JsonSerializer.Serialize(fact, PlateauJson.Options),
    };

    private async Task Deliver()
    {
        await using var db = _database.Open(_tenant);
        var now = _options.Clock();
        var pending = db.WebhookDeliveries.Where(d => d.State == DeliveryState.Pending).OrderBy(d => d.NextAttempt);
        var due = await pending.AsTracking().Where(d => d.NextAttempt <= now).Take(DueMax).ToListAsync(_stop.Token);
        if (due.Count == 0)
        {
            var next = await pending.Select(d => (Instant?)d.NextAttempt).FirstOrDefaultAsync(_stop.Token);
            await _due.Wait(next is { } at ? Until(at) : Timeout.InfiniteTimeSpan, _stop.Token);
            return;
        }

        var hooks = await db.Webhooks.AsNoTracking().ToDictionaryAsync(h => h.Webhook, _stop.Token);
        await Task.WhenAll(due.Select(d => Attempt(d, hooks.GetValueOrDefault(d.Webhook))));
        await db.SaveChangesAsync(_stop.Token);
    }

    private TimeSpan Until(Instant at) =>
        TimeSpan.FromMilliseconds(Math.Clamp((at - _options.Clock()).TotalMilliseconds + 1, 1, 3_600_000));

    private async Task Attempt(WebhookDeliveryRow delivery, WebhookRow? hook)
    {
        if (hook is not { IsEnabled: true })
        {
            delivery.State = DeliveryState.Dead;
            delivery.LastError = "the webhook was removed or switched off";
            return;
        }

        var now = _options.Clock();
        var answer = await _http.Send(
            uri => Request(hook, delivery, now, uri), hook.Url, _options.Timeout, _stop.Token);
        delivery.Attempts++;
        delivery.LastAttempt = now;
        delivery.LastStatus = answer.Status;
        delivery.LastError = answer.Error;
        if (answer is { Status: >= 200 and < 300 })
        {
            delivery.State = DeliveryState.Delivered;
            return;
        }

        delivery.State = delivery.Attempts < _options.AttemptsMax ? DeliveryState.Pending : DeliveryState.Dead;
        delivery.NextAttempt = now + Pause(_options, delivery.Attempts);
    }

    private static HttpRequestMessage Request(WebhookRow hook, WebhookDeliveryRow delivery, Instant now, Uri uri)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(hook.Secret, now, delivery.Body));
        request.Headers.Add("Plateau-Delivery", $"{delivery.Webhook}-{delivery.Sequence}");
        return request;
    }
}
