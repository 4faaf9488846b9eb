using Plateau.Contracts;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>What supervisors (and agents who pull) do with those who wait.</summary>
internal sealed partial class RoutingMachine
{
    /// <summary>To another queue, entry time kept.</summary>
    internal RequestError? MoveTo(MoveWaiting request)
    {
        if (Find(request.Call) is not { Callback: null } item || FindQueue(request.Queue) is not { } queue)
        {
            return RequestError.NotFound;
        }

        if (queue == item.Queue)
        {
            return RequestError.WrongState;
        }

        Exit(item, QueueExit.Withdrawn, queue.Id);
        return null;
    }

    /// <summary>Counts from the next decision on, which is made at once.</summary>
    internal RequestError? Prioritise(ChangePriority request)
    {
        if (Find(request.Call) is not { } item)
        {
            return RequestError.NotFound;
        }

        if (request.PriorityS is < -86_400 or > 86_400)
        {
            return RequestError.Invalid;
        }

        Reorder(item, i => i.PriorityS = request.PriorityS);
        return null;
    }

    /// <summary>The agent takes this call, whatever the order says; permission is membership of the queue.</summary>
    internal RequestError? Pull(PullWaiting request)
    {
        if (Find(request.Call) is not { } item || roster.Find(request.Agent) is not { } agent)
        {
            return RequestError.NotFound;
        }

        if (!agent.IsAvailable || item.State is WaitingState.Offered or WaitingState.Resting)
        {
            return RequestError.WrongState;
        }

        if (context.Config.Member(item.Queue.Id, agent.Id) is null && !context.Config.IsSupervisor(agent.Id))
        {
            return RequestError.NotAllowed;
        }

        MakeOffer(item, agent, "pulled by the agent");
        return null;
    }
}
