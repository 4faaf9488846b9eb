using Plateau.Server.Agents;
using Plateau.Server.Calls;
using Plateau.Server.Identity;
using Plateau.Server.Insights;
using Plateau.Server.Ivr;
using Plateau.Server.Messaging;
using Plateau.Server.Routing;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Hosting;

/// <summary>All routes of the API; a slice that is not named here is not served.</summary>
internal static class ApiMap
{
    public const string Root = "/api/v1";

    public static void Map(WebApplication server)
    {
        server.MapOpenApi(Root + "/openapi.json").ExcludeFromDescription();
        var api = new ApiRoutes(server.MapGroup(Root));
        EditConfiguration.Map(api);
        ConfigLists.Map(api);
        LiveCalls.Map(api);
        LiveAgents.Map(api);
        LiveQueues.Map(api);
        FloorBoard.Map(api);
        CallActions.Map(api);
        AgentActions.Map(api);
        WaitingActions.Map(api);
        SearchCalls.Map(api);
        Recordings.Map(api);
        SearchIntervals.Map(api);
        Reports.Map(api);
        EditPrompts.Map(api);
        StreamEvents.Map(api);
        EditWebhooks.Map(api);
        EditKeys.Map(api);
        ListAudit.Map(api);
    }
}
