using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Insights;
using Plateau.Core.Tenancy;
using Plateau.Server.Hosting;
using Plateau.Server.Storage;

namespace Plateau.Server.Insights;

/// <summary>Reports: computed from records alone, each figure with its numerator and denominator.</summary>
internal static class Reports
{
    /// <summary>Calls that a report may read; a longer period is asked for in parts.</summary>
    private const int CallsMax = 500_000;

    public static void Map(ApiRoutes api)
    {
        api.Get("/reports/service-levels", "Definitions of service level: the built-in ones and the tenant's", (ApiCall call) =>
            (IReadOnlyList<ServiceLevelConfig>)
                [.. ServiceLevelDefinitions.BuiltIn, .. call.Tenant.Configs.Config.ServiceLevels]);
        api.Get("/reports/queues/{queue}", "A queue's figures of a period", Queue);
        api.Get("/reports/queues/{queue}/intervals", "A queue's figures by 15, 30, 60 minutes or day", QueueIntervals);
        api.Get("/reports/agents", "All agents' figures of a period", Agents);
    }

    private static async Task<QueueReport> Queue(
        ApiCall call, Database database, string? from, string? to, string? serviceLevel)
    {
        var (queue, period) = (QueueOf(call), Period.Read(from, to));
        var visits = (await Calls(call, database, period)).SelectMany(c => c.QueueVisits).Where(v =>
            v.Queue == queue.Id && v.Entered >= period.From && v.Entered < period.To).ToList();
        return QueueReport.Of(visits, Definition(call, queue, serviceLevel), period.From, period.To);
    }

    private static async Task<IReadOnlyList<QueueRollupRow>> QueueIntervals(
        ApiCall call, Database database, string? first, string? last, string? length, string? serviceLevel)
    {
        var queue = QueueOf(call);
        var local = LocalTime.TryCreate(call.Tenant.Configs.Config.TimeZone)!;
        var bins = IntervalBins.Of(
            local, Date("first", first), Date("last", last), Parameter.Name<BinLength>("length", length) ?? BinLength.Half);
        if (bins.Count == 0)
        {
            return [];
        }

        var period = new Period(bins[0].Start, bins[^1].End);
        var calls = await Calls(call, database, period);
        await using var db = database.Open(call.Tenant.Id);
        var rows = await db.AgentIntervals.AsNoTracking()
            .Where(i => i.Queue == queue.Id && i.End > period.From && i.Start < period.To).ToListAsync(call.Stop);
        return QueueRollup.Of(
            bins, [.. calls.SelectMany(c => c.QueueVisits).Where(v => v.Queue == queue.Id)],
            [.. rows.Select(r => r.Record())], Definition(call, queue, serviceLevel));
    }

    private static async Task<AgentReports> Agents(ApiCall call, Database database, string? from, string? to)
    {
        var period = Period.Read(from, to);
        var calls = await Calls(call, database, period);
        await using var db = database.Open(call.Tenant.Id);
        var rows = await db.AgentIntervals.AsNoTracking()
            .Where(i => i.End > period.From && i.Start < period.To).OrderBy(i => i.Ordinal).ToListAsync(call.Stop);
        return AgentReports.Of(new AgentReportInput(
            [.. rows.Select(r => r.Record())], calls, call.Tenant.Configs.Config.NotReadyReasons, period.From, period.To));
    }

    private static QueueConfig QueueOf(ApiCall call)
    {
        var id = call.Id<QueueId>("queue");
        return call.Tenant.Configs.Config.Queues.FirstOrDefault(q => q.Id == id) ?? throw ApiFault.NotFound();
    }

    private static ServiceLevelConfig Definition(ApiCall call, QueueConfig queue, string? wanted) =>
        ServiceLevelDefinitions.Find(
            Parameter.Id<ServiceLevelId>("serviceLevel", wanted) ?? queue.ServiceLevel,
            call.Tenant.Configs.Config.ServiceLevels)
        ?? throw ApiFault.BadParameter("serviceLevel", "no such definition", "il n'y a pas de telle définition");

    /// <summary>Calls that were up at some time of the period.</summary>
    private static async Task<IReadOnlyList<CallRecord>> Calls(ApiCall call, Database database, Period period)
    {
        await using var db = database.Open(call.Tenant.Id);
        var rows = await db.Calls.AsNoTracking().Where(c => c.Ended > period.From && c.Started < period.To)
            .OrderBy(c => c.Started).Take(CallsMax + 1).ToListAsync(call.Stop);
        return rows.Count <= CallsMax
            ? [.. rows.Select(r => r.Record())]
            : throw ApiFault.BadParameter("from", $"more than {CallsMax:N0} calls; ask for a shorter period",
                $"plus de {CallsMax:N0} appels ; demandez une période plus courte");
    }

    private static DateOnly Date(string name, string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date) ? date : throw ApiFault.BadParameter(
            name, "a date such as 2026-11-22 is expected", "il faut une date comme 2026-11-22");

    private sealed record Period(Instant From, Instant To)
    {
        public static Period Read(string? from, string? to)
        {
            var period = new Period(Needed("from", from), Needed("to", to));
            return period.From < period.To ? period : throw ApiFault.BadParameter(
                "to", "must be later than from", "doit être après from");
        }

        private static Instant Needed(string name, string? text) => Parameter.Instant(name, text)
            ?? throw ApiFault.BadParameter(name, "is needed", "est nécessaire");
    }
}
