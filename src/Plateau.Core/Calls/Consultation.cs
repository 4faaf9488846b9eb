using Plateau.Contracts;

namespace Plateau.Core.Calls;

/// <summary>An agent asks somebody while the customer waits.</summary>
/// <param name="agent">The leg of the agent who asks.</param>
/// <param name="bridge">Where agent and the party asked talk.</param>
internal sealed class Consultation(Leg agent, BridgeId bridge)
{
    internal Leg Agent { get; } = agent;

    internal BridgeId Bridge { get; } = bridge;

    /// <summary>The party asked; null while a queue still looks for one.</summary>
    internal Leg? Target { get; set; }

    /// <summary>The agent talks with the customer while the party asked waits.</summary>
    internal bool IsSwapped { get; set; }
}
