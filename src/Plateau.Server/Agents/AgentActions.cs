using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Agents;
using Plateau.Server.Calls;
using Plateau.Server.Hosting;

namespace Plateau.Server.Agents;

internal sealed record LogInBody(PhoneId? Phone = null, bool HasHeartbeat = false, AgentId? By = null);

internal sealed record PauseBody(NotReadyReasonId Reason, AgentId? By = null);

/// <param name="Queues">All queues from now on; null = back to the configuration.</param>
/// <param name="Until">When it reverts by itself; null = not.</param>
/// <param name="By">Who asks.</param>
internal sealed record AgentQueuesBody(IReadOnlyList<QueueId>? Queues = null, Instant? Until = null, AgentId? By = null);

/// <param name="Skills">All skills from now on; null = back to the configuration.</param>
/// <param name="Until">When it reverts by itself; null = not.</param>
/// <param name="By">Who asks.</param>
internal sealed record AgentSkillsBody(
    IReadOnlyDictionary<SkillId, int>? Skills = null, Instant? Until = null, AgentId? By = null);

/// <summary>Everything that can be done with an agent; the centre decides whether it may be done now.</summary>
internal static class AgentActions
{
    public static void Map(ApiRoutes api)
    {
        MapPresence(api);
        MapOffers(api);
        api.Post<AgentQueuesBody>("/agents/{agent}/queues", "Change an agent's queues at once", (call, b) =>
            call.Ask(id => new SetAgentQueues(id, b.By, call.Id<AgentId>("agent"), b.Queues, b.Until)));
        api.Post<AgentSkillsBody>("/agents/{agent}/skills", "Change an agent's skills at once", (call, b) =>
            call.Ask(id => new SetAgentSkills(id, b.By, call.Id<AgentId>("agent"), b.Skills, b.Until)));
    }

    private static void MapPresence(ApiRoutes api)
    {
        api.Post<LogInBody>("/agents/{agent}/log-in", "Log an agent in", (call, b) => call.Ask(id =>
            new LogIn(id, b.By, call.Id<AgentId>("agent"), b.Phone, b.HasHeartbeat)));
        api.Post<ActionBody>("/agents/{agent}/log-out", "Log an agent out", (call, b) => call.Ask(id =>
            new LogOut(id, b.By, call.Id<AgentId>("agent"))));
        api.Post<ActionBody>("/agents/{agent}/ready", "Make an agent ready", (call, b) => call.Ask(id =>
            new GoReady(id, b.By, call.Id<AgentId>("agent"))));
        api.Post<PauseBody>("/agents/{agent}/pause", "Pause an agent for a reason", (call, b) => call.Ask(id =>
            new Pause(id, b.By, call.Id<AgentId>("agent"), b.Reason)));
        api.Post<ActionBody>("/agents/{agent}/request-wrap-up", "Ask for wrap-up after this call", (call, b) =>
            call.Ask(id => new RequestWrapUp(id, b.By, call.Id<AgentId>("agent"))));
        api.Post<ActionBody>("/agents/{agent}/end-wrap-up", "End wrap-up", (call, b) => call.Ask(id =>
            new EndWrapUp(id, b.By, call.Id<AgentId>("agent"))));
        api.Post<ActionBody>("/agents/{agent}/heartbeat", "Renew an agent's lease", (call, _) =>
        {
            var agent = call.Id<AgentId>("agent");
            if (call.Tenant.Configs.Config.Agents.All(a => a.Id != agent))
            {
                throw ApiFault.NotFound();
            }

            call.Tenant.Driver.Post(new Heartbeat(agent));
            return Task.FromResult(new ActionAnswer(string.Empty, null));
        });
    }

    private static void MapOffers(ApiRoutes api)
    {
        api.Post<ActionBody>("/offers/{offer}/acknowledge", "The agent's client shows the offer", (call, b) =>
            call.Ask(id => new AcknowledgeOffer(id, b.By, call.Id<OfferId>("offer"))));
        api.Post<ActionBody>("/offers/{offer}/accept", "Take an offer", (call, b) => call.Ask(id =>
            new AcceptOffer(id, b.By, call.Id<OfferId>("offer"))));
        api.Post<ActionBody>("/offers/{offer}/reject", "Refuse an offer", (call, b) => call.Ask(id =>
            new RejectOffer(id, b.By, call.Id<OfferId>("offer"))));
    }
}
