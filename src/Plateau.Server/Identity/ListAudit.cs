using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Server.Calls;
using Plateau.Server.Hosting;
using Plateau.Server.Storage;

namespace Plateau.Server.Identity;

/// <summary>One line of the audit.</summary>
internal sealed record AuditLine(
    string Id, Instant At, string Actor, string Address, string Action, string Subject, string? Detail);

/// <summary>Who did what, newest first.</summary>
internal static class ListAudit
{
    private const int PageMax = 500;

    public static void Map(ApiRoutes api) => api.Get("/audit", "Who did what, newest first", List);

    private static async Task<Listing<AuditLine>> List(
        ApiCall call, Database database, string? action, string? actor, int? limit, string? cursor)
    {
        var size = Parameter.Limit(limit, PageMax);
        await using var db = database.Open(call.Tenant.Id);
        var rows = db.Audit.AsNoTracking();
        rows = action is null ? rows : rows.Where(r => r.Action == action);
        rows = actor is null ? rows : rows.Where(r => r.Actor == actor);
        rows = cursor is null ? rows : rows.Where(r => string.Compare(r.Id, cursor) < 0);
        var page = await rows.OrderByDescending(r => r.Id).Take(size + 1).ToListAsync(call.Stop);
        return new Listing<AuditLine>(
            [.. page.Take(size).Select(r =>
                new AuditLine(r.Id, r.At, r.Actor, r.Address, r.Action, r.Subject, r.Detail))],
            page.Count > size ? page[size - 1].Id : null);
    }
}
