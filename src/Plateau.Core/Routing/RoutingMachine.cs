using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Core.Agents;
using Plateau.Core.Tenancy;

namespace Plateau.Core.Routing;

/// <summary>Who waits, and who is asked next: the assignment decision with its indexes.</summary>
/// <remarks>
/// <code>
/// item state        input                         next state, effect
/// (new)             Enter                         Waiting | HeldForPreferred | refused with a queue exit
/// Waiting           an agent is free              Offered, OfferMade
/// HeldForPreferred  preferred agent free          Offered
/// HeldForPreferred  time over, agent not coming   Waiting
/// Offered           offer ended unaccepted        Waiting (same place)
/// Offered           connected                     Gone, exit Answered
/// any               step due                      requirement, rings, priority; or Gone, exit Overflow
/// any               time limit, nobody present, closing, moved, withdrawn, caller left: Gone with that exit
/// </code>
/// Order of calls: starved first, then rank (strict ordering), score, entry time, id. Order of agents: preferred, ring,
/// rank, selection policy, id. Decisions are made after each input, when everything else has settled.
/// </remarks>
internal sealed partial class RoutingMachine(CentreContext context, AgentRoster roster)
{
    private readonly SortedDictionary<QueueId, QueueState> _queues = [];
    private readonly SortedDictionary<CallId, WaitingItem> _itemsByCall = [];
    private readonly Dictionary<AgentId, AgentSeats> _seats = [];
    private readonly List<AgentMachine> _touched = [];

    private HoursTable _hours = null!;

    internal SortedDictionary<QueueId, QueueState>.ValueCollection Queues => _queues.Values;

    internal int WaitingCount => _itemsByCall.Count;

    internal QueueState? FindQueue(QueueId id) => _queues.GetValueOrDefault(id);

    internal WaitingItem? Find(CallId call) => _itemsByCall.GetValueOrDefault(call);

    internal void ReplaceConfig()
    {
        _hours = context.Config.Flows.Hours;
        foreach (var config in context.Config.Centre.Queues)
        {
            if (_queues.TryGetValue(config.Id, out var queue))
            {
                Replace(queue, config);
            }
            else
            {
                queue = new QueueState(config, context.Now);
                queue.EmptyDue = new Deadline(() => OnEmpty(queue));
                queue.HoursDue = new Deadline(() => OnHours(queue));
                _queues[config.Id] = queue;
            }

            SetHoursDue(queue);
        }

        foreach (var queue in new List<QueueState>(_queues.Values))
        {
            if (context.Config.Queue(queue.Id) is null)
            {
                Remove(queue);
            }
        }

        foreach (var agent in roster.All)
        {
            roster.Touch(agent);
        }
    }

    /// <summary>Takes in all changes of agents since the last call; true when there were any.</summary>
    internal bool TakeAgentChanges()
    {
        if (!roster.TakeTouched(_touched))
        {
            return false;
        }

        foreach (var agent in _touched)
        {
            Refresh(agent);
        }

        return true;
    }

    private void Refresh(AgentMachine agent)
    {
        if (!_seats.TryGetValue(agent.Id, out var seats))
        {
            _seats[agent.Id] = seats = new AgentSeats(agent);
        }

        if (seats.Version != agent.SeatVersion)
        {
            LeaveSeats(seats);
            TakeSeats(seats);
            seats.Version = agent.SeatVersion;
        }

        var presence = PresenceOf(agent);
        if (presence != seats.Presence)
        {
            foreach (var queue in seats.Queues)
            {
                queue.Move(seats.Presence, presence);
                CheckPresence(queue);
            }

            seats.Presence = presence;
        }

        SetIdle(seats, agent.IsAvailable);
        if (agent.IsAvailable)
        {
            _freed.Enqueue(seats);
        }

        ReleaseHeldFor(seats);
    }

    private static AgentPresence PresenceOf(AgentMachine agent) => agent.State switch
    {
        AgentState.LoggedOut => AgentPresence.Absent,
        AgentState.Idle => AgentPresence.Ready,
        AgentState.WrapUp => AgentPresence.WrapUp,
        AgentState.Paused or AgentState.Missed => AgentPresence.Paused,
        AgentState.Unreachable => AgentPresence.Unreachable,
        _ => AgentPresence.Busy,
    };

    /// <summary>Puts the agent's seats into the indexes of idle agents, with fresh figures, or takes them
    /// out.</summary>
    private static void SetIdle(AgentSeats seats, bool isIdle)
    {
        foreach (var seat in seats.Seats)
        {
            if (seat.IsIdle)
            {
                seat.Pool.Idle.Remove(seat);
            }

            seat.IsIdle = isIdle;
            if (isIdle)
            {
                seat.Metric = seat.Pool.Queue.Policy.MetricOf(seat);
                seat.Pool.Idle.Add(seat);
            }
        }
    }

    private void LeaveSeats(AgentSeats seats)
    {
        SetIdle(seats, isIdle: false);
        foreach (var seat in seats.Seats)
        {
            seat.Pool.Seats.Remove(seat);
            if (seat.Pool.Seats.Count == 0)
            {
                _emptied.Enqueue(seat.Pool);
            }
        }

        foreach (var queue in seats.Queues)
        {
            queue.Move(seats.Presence, AgentPresence.Absent);
        }

        seats.Seats.Clear();
        seats.Queues.Clear();
        seats.Presence = AgentPresence.Absent;
    }

    private void TakeSeats(AgentSeats seats)
    {
        if (!seats.Agent.IsLoggedIn)
        {
            return;
        }

        foreach (var id in seats.Agent.Queues)
        {
            if (FindQueue(id) is not { } queue || seats.Queues.Contains(queue))
            {
                continue;
            }

            seats.Queues.Add(queue);
            queue.Move(AgentPresence.Absent, AgentPresence.Absent);
            foreach (var pool in queue.Pools)
            {
                TakeSeat(seats, pool);
            }
        }
    }

    private void TakeSeat(AgentSeats seats, AgentPool pool)
    {
        var member = context.Config.Member(pool.Queue.Id, seats.Agent.Id) ?? default;
        if (!pool.Admits(seats.Agent, member))
        {
            return;
        }

        var seat = new PoolSeat(seats.Agent, pool, member);
        seats.Seats.Add(seat);
        pool.Seats.Add(seat);
        if (seats.Agent.IsAvailable)
        {
            seat.IsIdle = true;
            seat.Metric = pool.Queue.Policy.MetricOf(seat);
            pool.Idle.Add(seat);
        }
    }

    /// <summary>The pool of a requirement; made when it is asked for the first time.</summary>
    private AgentPool PoolOf(QueueState queue, IReadOnlyList<SkillLevel> requires, int ringMax)
    {
        foreach (var known in queue.Pools)
        {
            if (known.Is(requires, ringMax))
            {
                return known;
            }
        }

        DropUnusedPools(queue);
        var pool = new AgentPool(queue, requires, ringMax);
        queue.Pools.Add(pool);
        foreach (var agent in roster.All)
        {
            if (_seats.TryGetValue(agent.Id, out var seats) && seats.Queues.Contains(queue))
            {
                TakeSeat(seats, pool);
            }
        }

        return pool;
    }

    private void DropUnusedPools(QueueState queue)
    {
        if (queue.Pools.Count < Limits.PoolsPerQueueMax)
        {
            return;
        }

        var used = new HashSet<AgentPool>();
        foreach (var item in queue.Items.ToList())
        {
            if (item.Pool is not null)
            {
                used.Add(item.Pool);
            }
        }

        foreach (var pool in queue.Pools.FindAll(p => !used.Contains(p)))
        {
            foreach (var seat in pool.Seats.ToList())
            {
                _seats[seat.Agent.Id].Seats.Remove(seat);
            }

            queue.Pools.Remove(pool);
        }
    }

    /// <summary>Drops all pools and gives every waiting call its pool anew: after a change of configuration.</summary>
    private void Replace(QueueState queue, Plateau.Contracts.Routing.QueueConfig config)
    {
        var items = queue.Items.ToList();
        foreach (var item in items)
        {
            Unhold(item);
            LeavePool(item);
            queue.Items.Remove(item);
            item.Pool = null;
        }

        foreach (var pool in queue.Pools)
        {
            foreach (var seat in pool.Seats.ToList())
            {
                _seats[seat.Agent.Id].Seats.Remove(seat);
            }
        }

        queue.Pools.Clear();
        queue.Replace(config);
        foreach (var seats in SeatsInOrder())
        {
            seats.Version = -1;
        }

        foreach (var item in items)
        {
            item.Rekey();
            queue.Items.Add(item);
        }

        foreach (var item in items)
        {
            SetItemDeadlines(item);
            item.Step = -1;
            item.StepPriorityS = 0;
            Advance(item);
        }
    }

    private IEnumerable<AgentSeats> SeatsInOrder()
    {
        foreach (var agent in roster.All)
        {
            if (_seats.TryGetValue(agent.Id, out var seats))
            {
                yield return seats;
            }
        }
    }

    private void Remove(QueueState queue)
    {
        foreach (var item in queue.Items.ToList())
        {
            Exit(item, Plateau.Contracts.Routing.QueueExit.System);
        }

        context.Clear(queue.EmptyDue!);
        context.Clear(queue.HoursDue!);
        _queues.Remove(queue.Id);
        foreach (var seats in SeatsInOrder())
        {
            seats.Version = -1;
        }
    }
}

/// <summary>An agent's seats and queues, as routing knows them.</summary>
internal sealed class AgentSeats(AgentMachine agent)
{
    internal AgentMachine Agent { get; } = agent;

    internal List<PoolSeat> Seats { get; } = [];

    internal List<QueueState> Queues { get; } = [];

    internal AgentPresence Presence { get; set; } = AgentPresence.Absent;

    internal int Version { get; set; } = -1;

    /// <summary>Calls kept for this agent, next one at the front.</summary>
    internal OrderedSet<WaitingItem> Held { get; } = new(WaitingItem.ByTurn);
}
