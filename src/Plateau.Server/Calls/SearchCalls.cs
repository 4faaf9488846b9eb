using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Routing;
using Plateau.Server.Hosting;
using Plateau.Server.Identity;
using Plateau.Server.Storage;

namespace Plateau.Server.Calls;

/// <summary>What is wanted of call records; null = whatever.</summary>
internal sealed record CallQuery(
    string? From, string? To, string? Number, string? Queue, string? Agent, string? Disposition, string? Direction,
    string? Cause, bool? Answered)
{
    /// <summary>The rows wanted, in no order.</summary>
    public IQueryable<CallRow> Of(TenantDb db)
    {
        var rows = db.Calls.AsNoTracking();
        rows = Where(rows, Parameter.Instant("from", From), at => r => r.Started >= at);
        rows = Where(rows, Parameter.Instant("to", To), at => r => r.Started < at);
        rows = Where(rows, Parameter.Id<QueueId>("queue", Queue), id => r => r.Queue == id);
        rows = Where(rows, Parameter.Id<AgentId>("agent", Agent), id => r => r.Agent == id);
        rows = Where(rows, Parameter.Id<DispositionId>("disposition", Disposition), id => r => r.Disposition == id);
        rows = Where(rows, Parameter.Name<CallDirection>("direction", Direction), v => r => r.Direction == v);
        rows = Where(rows, Parameter.Name<ClearingCause>("cause", Cause), v => r => r.Cause == v);
        if (Answered is { } answered)
        {
            rows = rows.Where(r => (r.Connected != null) == answered);
        }

        if (Number is { Length: > 0 } number)
        {
            rows = rows.Where(r => r.Caller.Contains(number) || r.Called.Contains(number));
        }

        return rows;
    }

    private static IQueryable<CallRow> Where<T>(
        IQueryable<CallRow> rows, T? value, Func<T, Expression<Func<CallRow, bool>>> rule)
        where T : struct => value is { } given ? rows.Where(rule(given)) : rows;
}

/// <summary>A page of an answer.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Searches call records, newest first.</summary>
internal static class SearchCalls
{
    public const int PageMax = 500;

    public static void Map(ApiRoutes api)
    {
        api.Get("/records/calls", "Search call records, newest first", Search);
        api.Get("/records/calls.csv", "The same as CSV", Csv).Produces(200, contentType: "text/csv");
        api.Get("/records/calls/{call}", "One call record with legs, segments, queue visits and offers", One);
        api.Get("/records/calls/{call}/decisions", "Why the call was offered to whom, in order", Decisions);
    }

    private static async Task<Listing<CallRecord>> Search(
        ApiCall call, Database database, [AsParameters] CallQuery query, int? limit, string? cursor)
    {
        var size = Parameter.Limit(limit, PageMax);
        await using var db = database.Open(call.Tenant.Id);
        var rows = query.Of(db);
        if (cursor is not null)
        {
            var before = Parameter.Id<CallId>("cursor", cursor);
            rows = rows.Where(r => r.Call.CompareTo(before!.Value) < 0);
        }

        // Ids sort by time, so the id alone is a cursor that stays right while new calls are written.
        var page = await rows.OrderByDescending(r => r.Call).Take(size + 1).ToListAsync(call.Stop);
        return new Listing<CallRecord>(
            [.. page.Take(size).Select(r => r.Record())], page.Count > size ? page[size - 1].Call.ToString() : null);
    }

    private static async Task<IResult> Csv(ApiCall call, Database database, [AsParameters] CallQuery query)
    {
        await call.Audit("export.calls", "records/calls.csv", call.Http.Request.QueryString.Value);
        call.Http.Response.ContentType = "text/csv; charset=utf-8";
        call.Http.Response.Headers.ContentDisposition = "attachment; filename=calls.csv";
        await using var db = database.Open(call.Tenant.Id);
        await using var text = new StreamWriter(call.Http.Response.Body);
        await CallCsv.Write(text, query.Of(db).OrderBy(r => r.Started).AsAsyncEnumerable(), null, call.Stop);
        return Results.Empty;
    }

    private static async Task<CallRecord> One(ApiCall call, Database database)
    {
        var id = call.Id<CallId>("call");
        await using var db = database.Open(call.Tenant.Id);
        var row = await db.Calls.AsNoTracking().SingleOrDefaultAsync(r => r.Call == id, call.Stop)
            ?? throw ApiFault.NotFound();
        return row.Record() with { Disposition = row.Disposition, Notes = row.Notes };
    }

    private static async Task<IReadOnlyList<DecisionRecord>> Decisions(ApiCall call, Database database)
    {
        var id = call.Id<CallId>("call");
        await using var db = database.Open(call.Tenant.Id);
        var rows = await db.Decisions.AsNoTracking().Where(d => d.Call == id).OrderBy(d => d.Ordinal)
            .ToListAsync(call.Stop);
        if (rows.Count == 0 && call.Tenant.Floor.Call(id) is null && !await db.Calls.AnyAsync(r => r.Call == id, call.Stop))
        {
            throw ApiFault.NotFound();
        }

        return [.. rows.Select(r => r.Record())];
    }
}
