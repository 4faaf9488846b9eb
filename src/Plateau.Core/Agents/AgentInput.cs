using Plateau.Contracts;

namespace Plateau.Core.Agents;

/// <summary>A phone of the house can be reached (registered), or no more.</summary>
public sealed record PhonePresence(PhoneId Phone, bool Reachable) : CentreInput;

/// <summary>An agent comes to work. A second log-in replaces the first.</summary>
/// <param name="Request">Request id.</param>
/// <param name="By">Who asks.</param>
/// <param name="Agent">Who logs in.</param>
/// <param name="Phone">The phone; null for the configured one.</param>
/// <param name="HasHeartbeat">Whether a client holds the lease by heartbeats; otherwise the phone's registration
/// does.</param>
public sealed record LogIn(RequestId Request, AgentId? By, AgentId Agent, PhoneId? Phone = null, bool HasHeartbeat = false)
    : CentreRequest(Request, By);

/// <summary>An agent leaves; during a call it takes effect at its end.</summary>
public sealed record LogOut(RequestId Request, AgentId? By, AgentId Agent) : CentreRequest(Request, By);

/// <summary>An agent wants calls; during a call or wrap-up it takes effect at its end.</summary>
public sealed record GoReady(RequestId Request, AgentId? By, AgentId Agent) : CentreRequest(Request, By);

/// <summary>An agent wants no calls; during a call it takes effect at its end.</summary>
public sealed record Pause(RequestId Request, AgentId? By, AgentId Agent, NotReadyReasonId Reason)
    : CentreRequest(Request, By);

/// <summary>The agent's client is alive; renews the lease.</summary>
public sealed record Heartbeat(AgentId Agent) : CentreInput;

/// <summary>The agent's client shows the offer; from here it counts as ringing.</summary>
public sealed record AcknowledgeOffer(RequestId Request, AgentId? By, OfferId Offer) : CentreRequest(Request, By);

/// <summary>The agent takes the offer by API (nailed-up lines); on a ringing phone picking up does the same.</summary>
public sealed record AcceptOffer(RequestId Request, AgentId? By, OfferId Offer) : CentreRequest(Request, By);

/// <summary>The agent refuses the offer.</summary>
public sealed record RejectOffer(RequestId Request, AgentId? By, OfferId Offer) : CentreRequest(Request, By);

/// <summary>The agent wants wrap-up after this call (mode AgentRequested).</summary>
public sealed record RequestWrapUp(RequestId Request, AgentId? By, AgentId Agent) : CentreRequest(Request, By);

/// <summary>The agent ends wrap-up.</summary>
public sealed record EndWrapUp(RequestId Request, AgentId? By, AgentId Agent) : CentreRequest(Request, By);

/// <summary>The agent says how the call ended for the business.</summary>
public sealed record SetDisposition(
    RequestId Request, AgentId? By, CallId Call, DispositionId Disposition, string? Notes = null)
    : CentreRequest(Request, By);

/// <summary>Changes the queues of an agent at once, until it is changed again or <paramref name="Until"/>.</summary>
/// <param name="Request">Request id.</param>
/// <param name="By">Who asks.</param>
/// <param name="Agent">Whose queues.</param>
/// <param name="Queues">All queues from now on; null = back to the configuration.</param>
/// <param name="Until">When it reverts by itself; null = not.</param>
public sealed record SetAgentQueues(
    RequestId Request, AgentId? By, AgentId Agent, IReadOnlyList<QueueId>? Queues, Instant? Until = null)
    : CentreRequest(Request, By);

/// <summary>Changes the skills of an agent at once; null = back to the configuration.</summary>
public sealed record SetAgentSkills(
    RequestId Request, AgentId? By, AgentId Agent, IReadOnlyDictionary<SkillId, int>? Skills, Instant? Until = null)
    : CentreRequest(Request, By);
