using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Hosting;
using Plateau.Server.Storage;

namespace Plateau.Server.Identity;

/// <summary>A key as it is shown: never with its secret.</summary>
internal sealed record KeyEntry(
    string Key, string Name, IReadOnlyList<ApiScope> Scopes, Instant Created, string CreatedBy, Instant? Expires,
    Instant? Revoked);

/// <summary>A key just made.</summary>
/// <param name="Secret">What the holder sends; shown this once.</param>
/// <param name="Entry">How it is listed.</param>
internal sealed record NewKey(string Secret, KeyEntry Entry);

internal sealed record NewKeyBody(string Name, IReadOnlyList<ApiScope> Scopes, Instant? Expires = null);

/// <summary>API keys of a tenant: list, make, revoke.</summary>
internal static class EditKeys
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/keys", "API keys, newest first", List);
        api.Configure("/keys", "Make an API key; its secret is shown once", Create)
            .Accepts<NewKeyBody>("application/json").Produces<NewKey>(StatusCodes.Status201Created);
        api.Delete("/keys/{key}", "Revoke an API key", Revoke).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IReadOnlyList<KeyEntry>> List(ApiCall call, Database database)
    {
        await using var db = database.Open(call.Tenant.Id);
        var rows = await db.ApiKeys.AsNoTracking().OrderByDescending(k => k.Created).ToListAsync(call.Stop);
        return [.. rows.Select(Entry)];
    }

    private static async Task<IResult> Create(ApiCall call, Database database, Body<NewKeyBody> body)
    {
        if (body.Value.Scopes.FirstOrDefault(s => !call.Caller.May(s)) is var more && !body.Value.Scopes.All(call.Caller.May))
        {
            throw new ApiFault(403, "scopeMissing", new Tenancy.Phrase(
                $"A key cannot give the scope '{more}' that it lacks itself.",
                $"Une clé ne peut pas donner le droit « {more} » qu'elle n'a pas."));
        }

        var (text, row) = ApiKeys.Create(
            call.Tenant.Id, body.Value.Name, body.Value.Scopes, call.Caller.Name,
            Instant.FromDateTimeOffset(DateTimeOffset.UtcNow), body.Value.Expires);
        await using var db = database.Open(call.Tenant.Id);
        db.Add(row);
        await db.SaveChangesAsync(call.Stop);
        await call.Audit("key.create", row.Key, row.Name);
        return TypedResults.Created($"/api/v1/keys/{row.Key}", new NewKey(text, Entry(row)));
    }

    private static async Task<IResult> Revoke(ApiCall call, Database database, string key)
    {
        await using var db = database.Open(call.Tenant.Id);
        var row = await db.ApiKeys.AsTracking().SingleOrDefaultAsync(k => k.Key == key, call.Stop)
            ?? throw ApiFault.NotFound();
        row.Revoked ??= Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
        await db.SaveChangesAsync(call.Stop);
        await call.Audit("key.revoke", row.Key, row.Name);
        return TypedResults.NoContent();
    }

    public static KeyEntry Entry(ApiKeyRow row) => new(
        row.Key, row.Name, ApiKeys.ScopesOf(row), row.Created, row.CreatedBy, row.Expires, row.Revoked);
}
