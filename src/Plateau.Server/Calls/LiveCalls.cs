using Plateau.Contracts;
using Plateau.Core.Routing;
using Plateau.Server.Hosting;
using Plateau.Server.Insights;

namespace Plateau.Server.Calls;

/// <summary>Calls that are up.</summary>
internal static class LiveCalls
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/calls", "Calls that are up, oldest first", (ApiCall call) => call.Tenant.Floor.Snapshot().Calls);
        api.Get("/calls/{call}", "A call that is up, with the last decision about it", (ApiCall call) =>
            TypedResults.Ok(call.Tenant.Floor.Call(call.Id<CallId>("call")) ?? throw ApiFault.NotFound()));
        api.Get("/calls/{call}/explanation", "Why a waiting call is where it is: every agent with the reason", Explain);
        api.Get("/parked", "Parked calls by slot", (ApiCall call) => (IReadOnlyList<LiveCall>)
            [.. call.Tenant.Floor.Snapshot().Calls.Where(c => c.State == LiveCallState.Parked)]);
        api.Get("/callbacks", "Callbacks that are not over, oldest first", (ApiCall call) =>
            call.Tenant.Floor.Snapshot().Callbacks);
    }

    private static async Task<DecisionRecord> Explain(ApiCall call)
    {
        var id = call.Id<CallId>("call");
        return await call.Tenant.Driver.Query(centre => centre.Explain(id)) ?? throw ApiFault.NotFound();
    }
}
