using Plateau.Contracts;
using Plateau.Core.Routing;
using Plateau.Server.Calls;
using Plateau.Server.Hosting;

namespace Plateau.Server.Routing;

internal sealed record MoveBody(QueueId Queue, AgentId? By = null);

internal sealed record PriorityBody(int PriorityS, AgentId? By = null);

/// <param name="Open">True or false; null = by its hours again.</param>
/// <param name="By">Who asks.</param>
internal sealed record QueueOpenBody(bool? Open = null, AgentId? By = null);

/// <summary>What a supervisor may do with those who wait, and with queues and callbacks.</summary>
internal static class WaitingActions
{
    public static void Map(ApiRoutes api)
    {
        api.Post<MoveBody>("/calls/{call}/move", "Move a waiting call to another queue", (call, b) => call.Ask(id =>
            new MoveWaiting(id, b.By, call.Id<CallId>("call"), b.Queue)));
        api.Post<PriorityBody>("/calls/{call}/priority", "Change the priority of a waiting call", (call, b) =>
            call.Ask(id => new ChangePriority(id, b.By, call.Id<CallId>("call"), b.PriorityS)));
        api.Post<AgentBody>("/calls/{call}/pull", "Take a chosen waiting call", (call, b) => call.Ask(id =>
            new PullWaiting(id, b.By, call.Id<CallId>("call"), b.Agent)));
        api.Post<QueueOpenBody>("/queues/{queue}/open", "Open or close a queue beyond its hours", (call, b) =>
            call.Ask(id => new SetQueueOpen(id, b.By, call.Id<QueueId>("queue"), b.Open)));
        api.Post<ActionBody>("/callbacks/{callback}/cancel", "Withdraw a callback", (call, b) => call.Ask(id =>
            new CancelCallback(id, b.By, call.Id<CallbackId>("callback"))));
    }
}
