using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Core.Agents;

namespace Plateau.Core.Routing;

/// <summary>Preferred agents: asked first, waited for while busy, passed over at once when they will not
/// come.</summary>
internal sealed partial class RoutingMachine
{
    private AgentSeats? SeatsOf(AgentId agent) => _seats.GetValueOrDefault(agent);

    /// <summary>Whether waiting for the agent makes sense: free now, or busy and the queue waits for busy
    /// ones.</summary>
    private bool IsComing(WaitingItem item, AgentId agent)
    {
        if (roster.Find(agent) is not { IsLoggedIn: true, IsLost: false } preferred || SeatsOf(agent) is null)
        {
            return false;
        }

        return preferred.IsAvailable
            || (IsBusyForNow(preferred) && item.Queue.Config.PreferredAgentWaitS > 0
                && context.Now < item.Entered + TimeSpan.FromSeconds(item.Queue.Config.PreferredAgentWaitS));
    }

    /// <summary>Busy with something that ends in being ready again.</summary>
    private static bool IsBusyForNow(AgentMachine agent) => (agent.IsBusy || agent.IsResting)
        && (agent.Pending?.Status ?? agent.Status) == AgentStatus.Ready;

    private void Hold(WaitingItem item, AgentId agent)
    {
        var seats = SeatsOf(agent)!;
        LeavePool(item);
        item.State = WaitingState.HeldForPreferred;
        seats.Held.Add(item);
        var limit = Instant.Max(
            context.Now, item.Entered + TimeSpan.FromSeconds(item.Queue.Config.PreferredAgentWaitS));
        context.Set(item.PreferredDue!, limit);
        if (seats.Agent.IsAvailable)
        {
            _freed.Enqueue(seats);
        }
    }

    /// <summary>Takes the call from those kept for an agent; it may be offered to anyone.</summary>
    private void Unhold(WaitingItem item)
    {
        if (item.State == WaitingState.HeldForPreferred)
        {
            SeatsOf(item.Preferred!.Value)?.Held.Remove(item);
            item.State = WaitingState.Waiting;
            context.Clear(item.PreferredDue!);
        }
    }

    private void ReleaseHeld(WaitingItem item)
    {
        if (item.State == WaitingState.HeldForPreferred)
        {
            Unhold(item);
            JoinPool(item);
        }
    }

    /// <summary>The agent changed: calls kept for someone who will not come are released at once.</summary>
    private void ReleaseHeldFor(AgentSeats seats)
    {
        if (seats.Held.Count == 0 || seats.Agent.IsAvailable || IsBusyForNow(seats.Agent))
        {
            return;
        }

        foreach (var item in seats.Held.ToList())
        {
            ReleaseHeld(item);
        }
    }
}
