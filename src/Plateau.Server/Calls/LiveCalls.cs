using Plateau.Contracts;
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
        api.Get("/parked", "Parked calls by slot", (ApiCall call) => (IReadOnlyList<LiveCall>)
            [.. call.Tenant.Floor.Snapshot().Calls.Where(c => c.State == LiveCallState.Parked)]);
        api.Get("/callbacks", "Callbacks that are not over, oldest first", (ApiCall call) =>
            call.Tenant.Floor.Snapshot().Callbacks);
    }
}
