using Plateau.Contracts;

namespace Plateau.Core.Routing;

/// <summary>A supervisor moves a waiting call to another queue, its entry time kept.</summary>
public sealed record MoveWaiting(RequestId Request, AgentId? By, CallId Call, QueueId Queue)
    : CentreRequest(Request, By);

/// <summary>A supervisor changes the priority of a waiting call; counts from the next decision on.</summary>
/// <param name="Request">Request id.</param>
/// <param name="By">Who asks.</param>
/// <param name="Call">The call.</param>
/// <param name="PriorityS">Priority of the call in seconds of waiting, replacing the former.</param>
public sealed record ChangePriority(RequestId Request, AgentId? By, CallId Call, int PriorityS)
    : CentreRequest(Request, By);

/// <summary>An agent or supervisor takes a chosen waiting call.</summary>
public sealed record PullWaiting(RequestId Request, AgentId? By, CallId Call, AgentId Agent)
    : CentreRequest(Request, By);

/// <summary>A supervisor opens or closes a queue beyond its hours; null = by its hours again.</summary>
public sealed record SetQueueOpen(RequestId Request, AgentId? By, QueueId Queue, bool? Open)
    : CentreRequest(Request, By);

/// <summary>Withdraws a callback.</summary>
public sealed record CancelCallback(RequestId Request, AgentId? By, CallbackId Callback)
    : CentreRequest(Request, By);
