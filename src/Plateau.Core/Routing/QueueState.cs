using Plateau.Contracts;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>What of an agent counts for the rules about an empty queue.</summary>
internal enum AgentPresence
{
    Absent,
    Ready,
    Busy,
    WrapUp,
    Paused,
    Unreachable,
}

/// <summary>A queue as it is: who waits, who could take it, what was learnt about its handling times.</summary>
internal sealed class QueueState(QueueConfig config, Instant origin)
{
    private readonly int[] _present = new int[6];

    internal QueueConfig Config { get; private set; } = config;

    internal QueueId Id => Config.Id;

    /// <summary>Zero of the turn keys: keeps them small.</summary>
    internal Instant Origin { get; } = origin;

    internal IAgentSelectionPolicy Policy { get; private set; } = SelectionPolicyTable.Of(config.Selection);

    /// <summary>All who wait, next one first, callbacks included.</summary>
    internal OrderedSet<WaitingItem> Items { get; } = new(WaitingItem.ByTurn);

    internal List<AgentPool> Pools { get; } = [];

    /// <summary>Who was chosen last, for the round robin.</summary>
    internal AgentId? LastChosen { get; set; }

    /// <summary>Opened or closed by a supervisor; null = by its hours.</summary>
    internal bool? OpenOverride { get; set; }

    /// <summary>Puts callers out when nobody has been present for the grace time.</summary>
    internal Deadline? EmptyDue { get; set; }

    /// <summary>Next opening or closing by the hours.</summary>
    internal Deadline? HoursDue { get; set; }

    internal WaitEstimate Estimate { get; } = new();

    internal void Replace(QueueConfig config)
    {
        Config = config;
        Policy = SelectionPolicyTable.Of(config.Selection);
    }

    internal void Move(AgentPresence from, AgentPresence to)
    {
        _present[(int)from]--;
        _present[(int)to]++;
    }

    internal int Count(AgentPresence presence) => _present[(int)presence];

    /// <summary>Agents who take calls: ready, busy or in wrap-up.</summary>
    internal int AgentsAtWork => _present[(int)AgentPresence.Ready] + _present[(int)AgentPresence.Busy]
        + _present[(int)AgentPresence.WrapUp];

    /// <summary>Whether somebody counts as present under the rule; an absent rule is always met.</summary>
    internal bool IsAnyonePresent(PresenceRule rule) => rule == PresenceRule.Off
        || (rule.HasFlag(PresenceRule.Ready) && Count(AgentPresence.Ready) > 0)
        || (rule.HasFlag(PresenceRule.Busy) && Count(AgentPresence.Busy) > 0)
        || (rule.HasFlag(PresenceRule.WrapUp) && Count(AgentPresence.WrapUp) > 0)
        || (rule.HasFlag(PresenceRule.Paused) && Count(AgentPresence.Paused) > 0)
        || (rule.HasFlag(PresenceRule.Unreachable) && Count(AgentPresence.Unreachable) > 0);
}
