using Plateau.Core.Agents;

namespace Plateau.Core.Routing;

/// <summary>An agent's place in a pool: there as long as the agent is logged in and qualifies.</summary>
internal sealed class PoolSeat(AgentMachine agent, AgentPool pool, QueueMember member)
{
    internal AgentMachine Agent { get; } = agent;

    internal AgentPool Pool { get; } = pool;

    internal QueueMember Member { get; } = member;

    /// <summary>The selection policy's figure, lower is better; fixed while the agent is idle.</summary>
    internal double Metric { get; set; }

    /// <summary>Whether it is in the pool's index of idle agents.</summary>
    internal bool IsIdle { get; set; }

    /// <summary>Ring, rank, metric, agent id.</summary>
    internal static int ByPreference(PoolSeat left, PoolSeat right)
    {
        var sign = ByGroup(left, right);
        sign = sign != 0 ? sign : left.Metric.CompareTo(right.Metric);
        return sign != 0 ? sign : left.Agent.Id.CompareTo(right.Agent.Id);
    }

    /// <summary>Ring, rank, agent id.</summary>
    internal static int ByPlace(PoolSeat left, PoolSeat right)
    {
        var sign = ByGroup(left, right);
        return sign != 0 ? sign : left.Agent.Id.CompareTo(right.Agent.Id);
    }

    internal static int ByGroup(PoolSeat left, PoolSeat right)
    {
        var sign = left.Member.Ring.CompareTo(right.Member.Ring);
        return sign != 0 ? sign : left.Member.Rank.CompareTo(right.Member.Rank);
    }
}
