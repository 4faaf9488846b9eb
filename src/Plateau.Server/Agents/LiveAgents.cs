using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Server.Hosting;
using Plateau.Server.Insights;

namespace Plateau.Server.Agents;

/// <summary>Agents on the floor: every one who is configured, logged out ones too.</summary>
internal static class LiveAgents
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/agents", "All agents with status and state", All);
        api.Get("/agents/{agent}", "One agent with status and state", One);
    }

    private static IReadOnlyList<LiveAgent> All(ApiCall call)
    {
        var seen = call.Tenant.Floor.Snapshot().Agents.ToDictionary(a => a.Agent);
        return [.. call.Tenant.Configs.Config.Agents.Select(a => seen.GetValueOrDefault(a.Id) ?? NeverSeen(a.Id))];
    }

    private static Microsoft.AspNetCore.Http.HttpResults.Ok<LiveAgent> One(ApiCall call)
    {
        var id = call.Id<AgentId>("agent");
        return call.Tenant.Configs.Config.Agents.Any(a => a.Id == id)
            ? TypedResults.Ok(call.Tenant.Floor.Agent(id) ?? NeverSeen(id))
            : throw ApiFault.NotFound();
    }

    private static LiveAgent NeverSeen(AgentId agent) => new(
        agent, AgentStatus.LoggedOut, AgentState.LoggedOut, Instant.Epoch, null, AgentCause.Configuration, null);
}
