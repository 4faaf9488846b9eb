using Plateau.Contracts.Routing;

namespace Plateau.Core.Ivr;

/// <summary>What a running flow is told by its call.</summary>
public abstract record FlowInput;

/// <summary>The caller pressed a key: 0-9, *, #, A-D.</summary>
public sealed record FlowDigit(char Digit) : FlowInput;

/// <summary>The prompts of the latest <see cref="FlowPlay"/> are over; of earlier or stopped ones nothing is
/// told.</summary>
public sealed record FlowPlayed(bool Completed) : FlowInput;

/// <summary>A message was recorded.</summary>
public sealed record FlowMessageRecorded(TimeSpan Duration) : FlowInput;

/// <summary>The web server answered the latest request, or failed; what earlier requests bring is not told.</summary>
public sealed record FlowHttpAnswered(int Status, string Body, string? Error) : FlowInput;

/// <summary>The call came back from a queue without having been answered.</summary>
public sealed record FlowQueueLeft(QueueExit Exit, char? Key = null) : FlowInput;

/// <summary>A transfer that the flow asked for failed; the caller is back.</summary>
public sealed record FlowTransferFailed(string Reason) : FlowInput;

/// <summary>Whether a callback was registered.</summary>
public sealed record FlowCallbackRegistered(bool Accepted) : FlowInput;

/// <summary>Time passed.</summary>
public sealed record FlowTick : FlowInput;
