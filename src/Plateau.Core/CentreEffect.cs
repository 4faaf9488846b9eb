using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core;

/// <summary>What must be done; a driver does it and answers with inputs.</summary>
public abstract record CentreEffect;

/// <summary>The answer to a <see cref="CentreRequest"/>.</summary>
/// <param name="Request">Which.</param>
/// <param name="Error">Null when it was granted.</param>
/// <param name="Detail">In words, for the one who asked; never a secret.</param>
/// <param name="Call">The call that the request made or touched, if any.</param>
public sealed record AnswerRequest(
    RequestId Request, RequestError? Error, string Detail = "", CallId? Call = null) : CentreEffect;

/// <summary>Tell everyone who listens.</summary>
public sealed record Publish(Fact Fact) : CentreEffect;

/// <summary>Keep the record of a call; a second one for the same call replaces nothing and is dropped.</summary>
public sealed record WriteCallRecord(CallRecord Record) : CentreEffect;

/// <summary>Keep an interval of an agent's time.</summary>
public sealed record WriteAgentInterval(AgentIntervalRecord Record) : CentreEffect;

/// <summary>Keep why an offer was decided as it was.</summary>
public sealed record WriteDecision(Routing.DecisionRecord Record) : CentreEffect;
