using Plateau.Server.Hosting;

namespace Plateau.Server.Insights;

/// <summary>The whole floor with its place in the event stream: events behind that place bring it forward.</summary>
internal static class FloorBoard
{
    public static void Map(ApiRoutes api) =>
        api.Get("/floor", "The whole floor; follow it from its sequence with /events?after=", (ApiCall call) =>
            call.Tenant.Floor.Snapshot());
}
