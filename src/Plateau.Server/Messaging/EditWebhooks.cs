using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Server.Hosting;
using Plateau.Server.Identity;
using Plateau.Server.Storage;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Messaging;

/// <param name="Url">Absolute http or https URL.</param>
/// <param name="Types">Types of facts wanted; empty or null = all.</param>
/// <param name="IsEnabled">Whether facts are sent.</param>
internal sealed record WebhookBody(string Url, IReadOnlyList<string>? Types = null, bool IsEnabled = true);

/// <summary>A webhook as it is shown.</summary>
/// <param name="Secret">Key of the signature; told once, when the webhook is made.</param>
internal sealed record WebhookEntry(
    string Webhook, string Url, IReadOnlyList<string> Types, bool IsEnabled, Instant Created, string? Secret = null);

internal sealed record DeliveryEntry(
    long Sequence, DeliveryState State, int Attempts, Instant NextAttempt, Instant? LastAttempt, int? LastStatus,
    string? LastError);

/// <summary>What a test of a webhook gave.</summary>
/// <param name="Status">HTTP status; 0 when none came.</param>
/// <param name="Error">What failed; null when nothing did.</param>
internal sealed record WebhookTest(int Status, string? Error);

internal sealed record Revived(int Deliveries);

/// <summary>Webhooks: read, put, remove, test, and what became of their deliveries.</summary>
internal static class EditWebhooks
{
    private const int WebhooksMax = 50;
    private const int DeliveriesMax = 200;

    public static void Map(ApiRoutes api)
    {
        api.Get("/webhooks", "All webhooks", List);
        api.Get("/webhooks/{webhook}", "One webhook", (ApiCall call, Database database) => One(call, database));
        api.Put("/webhooks/{webhook}", "Add or change a webhook; a new one's secret is told once", Put)
            .Accepts<WebhookBody>("application/json").Produces<WebhookEntry>();
        api.Delete("/webhooks/{webhook}", "Remove a webhook", Remove).Produces(StatusCodes.Status204NoContent);
        api.Get("/webhooks/{webhook}/deliveries", "What became of deliveries, newest first", Deliveries);
        api.Configure("/webhooks/{webhook}/revive", "Try dead deliveries again", Revive);
        api.Configure("/webhooks/{webhook}/test", "Send a signed test now", Test);
    }

    private static async Task<IReadOnlyList<WebhookEntry>> List(ApiCall call, Database database)
    {
        await using var db = database.Open(call.Tenant.Id);
        var rows = await db.Webhooks.AsNoTracking().OrderBy(w => w.Webhook).ToListAsync(call.Stop);
        return [.. rows.Select(r => Entry(r))];
    }

    private static async Task<WebhookEntry> One(ApiCall call, Database database)
    {
        await using var db = database.Open(call.Tenant.Id);
        return Entry(await Find(call, db));
    }

    private static async Task<IResult> Put(ApiCall call, Database database, Body<WebhookBody> body, string webhook)
    {
        Check(webhook, body.Value);
        await using var db = database.Open(call.Tenant.Id);
        var row = await db.Webhooks.AsTracking().SingleOrDefaultAsync(w => w.Webhook == webhook, call.Stop);
        var isNew = row is null;
        if (row is null)
        {
            if (await db.Webhooks.CountAsync(call.Stop) >= WebhooksMax)
            {
                throw new ApiFault(StatusCodes.Status409Conflict, "limitReached", new Phrase(
                    $"There are {WebhooksMax} webhooks already.", $"Il y a déjà {WebhooksMax} webhooks."));
            }

            row = New(call, webhook);
            db.Add(row);
        }

        row.Url = body.Value.Url;
        row.Types = string.Join(' ', body.Value.Types ?? []);
        row.IsEnabled = body.Value.IsEnabled;
        await db.SaveChangesAsync(call.Stop);
        call.Tenant.Webhooks.Changed();
        await call.Audit("webhook.save", webhook, row.Url);
        return TypedResults.Ok(Entry(row, isNew ? row.Secret : null));
    }

    private static async Task<IResult> Remove(ApiCall call, Database database)
    {
        await using var db = database.Open(call.Tenant.Id);
        db.Remove(await Find(call, db));
        await db.SaveChangesAsync(call.Stop);
        call.Tenant.Webhooks.Changed();
        await call.Audit("webhook.remove", call.Text("webhook"));
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<DeliveryEntry>> Deliveries(ApiCall call, Database database, string? state)
    {
        var wanted = Parameter.Name<DeliveryState>("state", state);
        await using var db = database.Open(call.Tenant.Id);
        var webhook = (await Find(call, db)).Webhook;
        var rows = db.WebhookDeliveries.AsNoTracking().Where(d => d.Webhook == webhook);
        rows = wanted is { } only ? rows.Where(d => d.State == only) : rows;
        return await rows.OrderByDescending(d => d.Sequence).Take(DeliveriesMax)
            .Select(d => new DeliveryEntry(
                d.Sequence, d.State, d.Attempts, d.NextAttempt, d.LastAttempt, d.LastStatus, d.LastError))
            .ToListAsync(call.Stop);
    }

    private static async Task<Revived> Revive(ApiCall call, Database database)
    {
        var webhook = await One(call, database);
        return new Revived(await call.Tenant.Webhooks.Revive(webhook.Webhook, call.Stop));
    }

    private static async Task<WebhookTest> Test(ApiCall call, Database database, ForeignHttp http)
    {
        await using var db = database.Open(call.Tenant.Id);
        var row = await Find(call, db);
        var now = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
        var body = $$"""{"test":true,"tenant":"{{call.Tenant.Id}}","webhook":"{{row.Webhook}}","at":"{{now}}"}""";
        var answer = await http.Send(
            uri => new HttpRequestMessage(HttpMethod.Post, uri)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { { WebhookSignature.Header, WebhookSignature.Sign(row.Secret, now, body) } },
            },
            row.Url, TimeSpan.FromSeconds(10), call.Stop);
        return new WebhookTest(answer.Status, answer.Error);
    }

    private static void Check(string webhook, WebhookBody body)
    {
        var errors = new ConfigErrors(null);
        if (!QueueId.TryParse(webhook, out _))
        {
            throw ApiFault.BadParameter("webhook", "a name of 1 to 64 letters, digits, '-', '_' or '.'",
                "un nom de 1 à 64 lettres, chiffres, « - », « _ » ou « . »");
        }

        if (!Uri.TryCreate(body.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            errors.Add("badUrl", ConfigPath.Root.Member("url"), "an absolute http or https URL is expected",
                "il faut une URL http ou https absolue");
        }

        for (var i = 0; i < (body.Types?.Count ?? 0); i++)
        {
            if (!StreamEvents.IsType(body.Types![i]))
            {
                errors.Add("unknownType", ConfigPath.Root.Member("types").At(i),
                    $"'{body.Types[i]}' is no type of event", $"« {body.Types[i]} » n'est pas un type d'événement");
            }
        }

        if (errors.Count > 0)
        {
            throw ApiFault.Invalid(errors.Sorted());
        }
    }

    private static WebhookRow New(ApiCall call, string webhook) => new()
    {
        Tenant = call.Tenant.Id, Webhook = webhook, Url = string.Empty, Types = string.Empty, IsEnabled = true,
        Secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        Created = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow), Cursor = call.Tenant.Events.LastSequence,
    };

    private static async Task<WebhookRow> Find(ApiCall call, TenantDb db)
    {
        var name = call.Text("webhook");
        return await db.Webhooks.AsTracking().SingleOrDefaultAsync(w => w.Webhook == name, call.Stop)
            ?? throw ApiFault.NotFound();
    }

    private static WebhookEntry Entry(WebhookRow row, string? secret = null) => new(
        row.Webhook, row.Url, row.Types.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.IsEnabled, row.Created, secret);
}
