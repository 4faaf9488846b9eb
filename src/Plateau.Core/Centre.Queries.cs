using Plateau.Contracts;
using Plateau.Core.Agents;
using Plateau.Core.Routing;

namespace Plateau.Core;

/// <summary>Questions about the state; run on the centre's thread, changing nothing.</summary>
public sealed partial class Centre
{
    /// <summary>Why a waiting call is where it is: every agent of its queue with the reason; null when it does not wait.</summary>
    public DecisionRecord? Explain(CallId call) => _routing.Explain(call);

    internal AgentMachine? FindAgent(AgentId agent) => _roster.Find(agent);
}
