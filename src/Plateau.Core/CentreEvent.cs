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

/// <summary>An agent at a nailed-up telephone came: the line is to be brought up.</summary>
internal sealed record LineWanted(AgentId Agent) : CentreEvent;

/// <summary>Routing chose an agent for a call (or callback); the telephone is to ring.</summary>
internal sealed record OfferMade(Routing.WaitingItem Item, Routing.QueueOffer Offer) : CentreEvent;

/// <summary>Routing took an offer back: another agent was faster, or the call was moved.</summary>
internal sealed record OfferTakenBack(CallId Call, Routing.QueueOffer Offer) : CentreEvent;

/// <summary>A call left its queue without having been answered, by a rule of the queue or a supervisor.</summary>
internal sealed record ItemLeft(
    CallId Call, Plateau.Contracts.Calls.QueueVisitRecord Visit, QueueId? Next) : CentreEvent;

/// <summary>The turn of a customer-first callback is near: the customer is to be called.</summary>
internal sealed record CallbackDue(Routing.Callback Callback) : CentreEvent;

/// <summary>Something is to be said to a waiting caller.</summary>
internal sealed record SayToWaiting(CallId Call, IReadOnlyList<Plateau.Contracts.Ivr.PromptItem> Items) : CentreEvent;
