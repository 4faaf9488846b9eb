using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Server.Hosting;
using Plateau.Server.Insights;

namespace Plateau.Server.Routing;

/// <summary>A queue now.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Name">What people see.</param>
/// <param name="OpenByHand">What a supervisor set it to; null for its hours.</param>
/// <param name="WaitingCalls">Who waits, longest first, each with the last decision about it.</param>
/// <param name="OldestEntered">Since when the first of them waits.</param>
/// <param name="Talking">Calls of this queue in conversation.</param>
/// <param name="Agents">Its members by state.</param>
internal sealed record LiveQueue(
    QueueId Queue, string Name, bool? OpenByHand, IReadOnlyList<LiveCall> WaitingCalls, Instant? OldestEntered, int Talking,
    IReadOnlyDictionary<AgentState, int> Agents);

/// <summary>Queues now, with those who wait and why.</summary>
internal static class LiveQueues
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/queues", "All queues with who waits", All);
        api.Get("/queues/{queue}", "One queue with who waits and why", One);
    }

    private static IReadOnlyList<LiveQueue> All(ApiCall call)
    {
        var floor = call.Tenant.Floor.Snapshot();
        return [.. call.Tenant.Configs.Config.Queues.Select(q => Look(call.Tenant, floor, q))];
    }

    private static Microsoft.AspNetCore.Http.HttpResults.Ok<LiveQueue> One(ApiCall call)
    {
        var id = call.Id<QueueId>("queue");
        var queue = call.Tenant.Configs.Config.Queues.FirstOrDefault(q => q.Id == id) ?? throw ApiFault.NotFound();
        return TypedResults.Ok(Look(call.Tenant, call.Tenant.Floor.Snapshot(), queue));
    }

    private static LiveQueue Look(TenantHost tenant, FloorState floor, Contracts.Routing.QueueConfig queue)
    {
        var own = floor.Calls.Where(c => c.Queue == queue.Id).ToList();
        var waiting = own.Where(c => c.Entered is not null).OrderBy(c => c.Entered).ToList();
        var members = MembersOf(tenant, queue);
        return new LiveQueue(
            queue.Id, queue.Name, tenant.Floor.OpenByHand(queue.Id), waiting,
            waiting.Count == 0 ? null : waiting[0].Entered,
            own.Count(c => c.State is LiveCallState.Talking or LiveCallState.Held),
            floor.Agents.Where(a => members.Contains(a.Agent)).CountBy(a => a.State).ToDictionary());
    }

    /// <summary>Agents named, those of the teams named; everyone when nobody is.</summary>
    private static HashSet<AgentId> MembersOf(TenantHost tenant, Contracts.Routing.QueueConfig queue)
    {
        var teams = queue.Members.Select(m => m.Team).OfType<TeamId>().ToHashSet();
        var named = queue.Members.Select(m => m.Agent).OfType<AgentId>().ToHashSet();
        return [.. tenant.Configs.Config.Agents
            .Where(a => queue.Members.Count == 0 || named.Contains(a.Id) || (a.Team is { } t && teams.Contains(t)))
            .Select(a => a.Id)];
    }
}
