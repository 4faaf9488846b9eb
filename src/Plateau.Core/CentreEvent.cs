using Plateau.Contracts;

namespace Plateau.Core;

/// <summary>What one feature tells another inside a centre; delivered in order once the teller has finished.</summary>
internal abstract record CentreEvent;

/// <summary>An agent to whom a call is being offered was lost.</summary>
internal sealed record AgentLost(AgentId Agent, CallId Call) : CentreEvent;

/// <summary>An agent's wrap-up of a call is over.</summary>
internal sealed record WrapUpEnded(AgentId Agent, CallId Call, bool IsAutomatic) : CentreEvent;

/// <summary>An agent left: the line, if there is one, is no longer wanted.</summary>
internal sealed record AgentGone(AgentId Agent, PhoneId? Phone) : CentreEvent;
