using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Server.Calls;
using Plateau.Server.Hosting;
using Plateau.Server.Storage;

namespace Plateau.Server.Agents;

/// <summary>Agents' time, in order.</summary>
internal static class SearchIntervals
{
    private const int PageMax = 1_000;

    public static void Map(ApiRoutes api) =>
        api.Get("/records/agent-intervals", "Agents' state intervals in order", Search);

    private static async Task<Listing<AgentIntervalRecord>> Search(
        ApiCall call, Database database, string? from, string? to, string? agent, int? limit, string? cursor)
    {
        var size = Parameter.Limit(limit, PageMax);
        await using var db = database.Open(call.Tenant.Id);
        var rows = Of(db, from, to, agent);
        if (cursor is not null)
        {
            var after = long.TryParse(cursor, out var n)
                ? n : throw ApiFault.BadParameter("cursor", "not a cursor", "curseur non valable");
            rows = rows.Where(r => r.Ordinal > after);
        }

        var page = await rows.OrderBy(r => r.Ordinal).Take(size + 1).ToListAsync(call.Stop);
        return new Listing<AgentIntervalRecord>(
            [.. page.Take(size).Select(r => r.Record())],
            page.Count > size ? page[size - 1].Ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The intervals that touch [from, to).</summary>
    public static IQueryable<AgentIntervalRow> Of(TenantDb db, string? from, string? to, string? agent)
    {
        var rows = db.AgentIntervals.AsNoTracking();
        if (Parameter.Instant("from", from) is { } start)
        {
            rows = rows.Where(r => r.End > start);
        }

        if (Parameter.Instant("to", to) is { } end)
        {
            rows = rows.Where(r => r.Start < end);
        }

        return Parameter.Id<AgentId>("agent", agent) is { } one ? rows.Where(r => r.Agent == one) : rows;
    }
}
