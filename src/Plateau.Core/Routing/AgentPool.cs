using Plateau.Contracts;
using Plateau.Core.Agents;

namespace Plateau.Core.Routing;

/// <summary>Those who may take calls of one queue under one requirement, and the calls that wait for them.</summary>
/// <remarks>
/// The index that makes a decision cheap: who does not qualify is not in it, so costs nothing. Each waiting call is in
/// one pool (that of its present step), each logged-in agent has a seat in every pool for which they qualify.
/// </remarks>
internal sealed class AgentPool(QueueState queue, IReadOnlyList<SkillLevel> requires, int ringMax)
{
    internal QueueState Queue { get; } = queue;

    /// <summary>Lowest levels, in the order of the skills' ids.</summary>
    internal IReadOnlyList<SkillLevel> Requires { get; } = requires;

    internal int RingMax { get; } = ringMax;

    /// <summary>Seats of idle agents, whom to ask first at the front.</summary>
    internal OrderedSet<PoolSeat> Idle { get; } = new(PoolSeat.ByPreference);

    /// <summary>Seats of all who are logged in.</summary>
    internal OrderedSet<PoolSeat> Seats { get; } = new(PoolSeat.ByPlace);

    /// <summary>Calls that may be offered, next one at the front.</summary>
    internal OrderedSet<WaitingItem> Waiting { get; } = new(WaitingItem.ByTurn);

    internal bool Is(IReadOnlyList<SkillLevel> requires, int ringMax)
    {
        if (ringMax != RingMax || requires.Count != Requires.Count)
        {
            return false;
        }

        for (var i = 0; i < requires.Count; i++)
        {
            if (requires[i] != Requires[i])
            {
                return false;
            }
        }

        return true;
    }

    internal bool Admits(AgentMachine agent, QueueMember member) =>
        member.Ring <= RingMax && Missing(agent) is null;

    /// <summary>The first requirement that the agent does not meet; null when all are met.</summary>
    internal SkillLevel? Missing(AgentMachine agent)
    {
        foreach (var required in Requires)
        {
            if (agent.SkillLevel(required.Skill) < required.Level)
            {
                return required;
            }
        }

        return null;
    }
}

/// <summary>A skill with its lowest level.</summary>
internal readonly record struct SkillLevel(SkillId Skill, int Level);
