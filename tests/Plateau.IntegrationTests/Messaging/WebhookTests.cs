using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Server.Messaging;
using Plateau.Server.Storage;

namespace Plateau.IntegrationTests.Messaging;

public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly WebhookOptions Options = new()
    {
        RetryMin = TimeSpan.FromMilliseconds(5), RetryMax = TimeSpan.FromMilliseconds(20), AttemptsMax = 3,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly ForeignHttp _http = new(new ForeignHttpOptions { AllowPrivateAddresses = true });
    private Database _database = null!;
    private Outbox _outbox = null!;
    private EventStream _stream = null!;

    public async ValueTask InitializeAsync()
    {
        _database = new Database(DatabaseOptions.File(_folder["plateau.db"]));
        await _database.Migrate();
        _outbox = Outbox.Open(_folder["outbox"]);
        _stream = new EventStream(SampleRecords.Tenant, _database, _outbox);
    }

    public ValueTask DisposeAsync()
    {
        _outbox.Dispose();
        _http.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_fact_arrives_signed_with_its_place_in_the_stream()
    {
        await using var peer = new WebPeer(_ => new WebPeerAnswer(204));
        await Hook(peer.Url, "callCleared");
        await using var driver = Driver(_http);
        Tell(1);
        var request = await peer.Next();
        var fact = JsonSerializer.Deserialize<FactRecord>(request.Body, PlateauJson.Options)!;
        Assert.Equal(1, fact.Sequence);
        Assert.IsType<CallCleared>(fact.Fact);
        var signature = request.Headers[WebhookSignature.Header];
        var seconds = long.Parse(signature.Split(',')[0][2..]);
        Assert.Equal(WebhookSignature.Sign("geheim", Instant.FromUnixSeconds(seconds), request.Body), signature);
        Assert.Equal(DeliveryState.Delivered, (await Settled(1)).State);
    }

    [Fact]
    public async Task Only_the_types_wanted_are_sent_and_a_hook_added_later_begins_there()
    {
        await using var peer = new WebPeer(_ => new WebPeerAnswer(200));
        await using var driver = Driver(_http);
        Tell(1);
        await Hook(peer.Url, "callParked", cursor: 1);
        driver.Changed();
        Tell(2);
        _stream.Append(new FactRecord(
            3, SampleRecords.Noon, SampleRecords.Tenant, new CallParked(new CallId(3), "701")));
        Assert.Contains("701", (await peer.Next()).Body, StringComparison.Ordinal);
        await using var db = _database.Open(SampleRecords.Tenant);
        Assert.Equal([3], await db.WebhookDeliveries.Select(d => d.Sequence).ToListAsync());
    }

    [Fact]
    public async Task A_failed_delivery_is_tried_again_also_by_the_next_process()
    {
        var refusals = 1;
        await using var peer = new WebPeer(
            _ => new WebPeerAnswer(Interlocked.Decrement(ref refusals) >= 0 ? 503 : 200));
        await Hook(peer.Url, "");
        var hour = TimeSpan.FromHours(1);
        await using (var driver = Driver(_http, Options with { RetryMin = hour, RetryMax = hour }))
        {
            Tell(1);
            await peer.Next();
            var row = await Row(1, d => d.Attempts == 1);
            Assert.Equal((DeliveryState.Pending, 503), (row.State, row.LastStatus));
        }

        // An hour later, in another process.
        await using var next = Driver(_http, Options with { Clock = () => Now() + hour });
        await peer.Next();
        var settled = await Settled(1);
        Assert.Equal((DeliveryState.Delivered, 2), (settled.State, settled.Attempts));
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_dead_visibly_and_can_be_revived()
    {
        var isUp = false;
        await using var peer = new WebPeer(_ => new WebPeerAnswer(isUp ? 200 : 500));
        await Hook(peer.Url, "");
        await using var driver = Driver(_http);
        Tell(1);
        var dead = await Settled(1);
        Assert.Equal((DeliveryState.Dead, 3, 500), (dead.State, dead.Attempts, dead.LastStatus));
        isUp = true;
        Assert.Equal(1, await driver.Revive("crm"));
        await Row(1, d => d.State == DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_webhook_to_the_own_network_is_not_allowed()
    {
        await using var peer = new WebPeer(_ => new WebPeerAnswer(200));
        using var strict = new ForeignHttp(new ForeignHttpOptions());
        await Hook(peer.Url, "");
        await using var driver = Driver(strict);
        Tell(1);
        var dead = await Settled(1);
        Assert.Equal((DeliveryState.Dead, 0), (dead.State, dead.LastStatus));
        Assert.StartsWith("not allowed", dead.LastError, StringComparison.Ordinal);
    }

    private static Instant Now() => Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);

    private WebhookDriver Driver(ForeignHttp http, WebhookOptions? options = null) =>
        new(_stream, SampleRecords.Tenant, _database, http, options ?? Options, NullLogger.Instance);

    private void Tell(long sequence) => _stream.Append(new FactRecord(
        sequence, SampleRecords.Noon, SampleRecords.Tenant,
        new CallCleared(new CallId((ulong)sequence), ClearingCause.Normal, ClearingSide.Customer)));

    private async Task Hook(string url, string types, long cursor = 0)
    {
        await using var db = _database.Open(SampleRecords.Tenant);
        db.Add(new WebhookRow
        {
            Tenant = SampleRecords.Tenant, Webhook = "crm", Url = url, Secret = "geheim", Types = types,
            IsEnabled = true, Created = SampleRecords.Noon, Cursor = cursor,
        });
        await db.SaveChangesAsync();
    }

    private Task<WebhookDeliveryRow> Settled(long sequence) => Row(sequence, d => d.State != DeliveryState.Pending);

    private async Task<WebhookDeliveryRow> Row(long sequence, Func<WebhookDeliveryRow, bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            await using var db = _database.Open(SampleRecords.Tenant);
            if (await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Sequence == sequence, limit.Token) is { } row
                && condition(row))
            {
                return row;
            }
        }
    }
}
