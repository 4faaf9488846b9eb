using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;

namespace Plateau.Core.Ivr;

/// <summary>What a running flow asks of its call; the call machine does it.</summary>
public abstract record FlowEffect;

/// <summary>Answer the caller; <see cref="FlowInput"/>s may follow at once. A flow that plays answers first by itself.</summary>
public sealed record FlowAnswer : FlowEffect;

/// <summary>Play; <see cref="FlowPlayed"/> follows. Replaces what is playing.</summary>
public sealed record FlowPlay(IReadOnlyList<PromptItem> Items, bool BargeIn) : FlowEffect;

/// <summary>Stop playing; no <see cref="FlowPlayed"/> follows.</summary>
public sealed record FlowStopPlaying : FlowEffect;

/// <summary>Enter a queue; <see cref="FlowQueueLeft"/> follows if it comes back unanswered.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="PriorityS">Added to the score, seconds.</param>
/// <param name="Skills">Required besides those of the queue's steps.</param>
/// <param name="PreferredAgent">Asked first.</param>
public sealed record FlowEnterQueue(
    QueueId Queue, int PriorityS, IReadOnlyDictionary<SkillId, int> Skills, AgentId? PreferredAgent) : FlowEffect;

/// <summary>Register a callback that keeps the place; <see cref="FlowCallbackRegistered"/> follows.</summary>
public sealed record FlowRegisterCallback(QueueId Queue, string Number) : FlowEffect;

/// <summary>Transfer; <see cref="FlowTransferFailed"/> follows only on failure.</summary>
public sealed record FlowTransfer(Calls.CallTarget Target, TimeSpan RingMax) : FlowEffect;

/// <summary>Record a message; <see cref="FlowMessageRecorded"/> follows.</summary>
public sealed record FlowRecordMessage(string Mailbox, TimeSpan LengthMax, TimeSpan SilenceMax, string FinishKeys)
    : FlowEffect;

/// <summary>Stop recording the message now; <see cref="FlowMessageRecorded"/> follows.</summary>
public sealed record FlowStopMessage : FlowEffect;

/// <summary>Ask a foreign web server; <see cref="FlowHttpAnswered"/> follows.</summary>
public sealed record FlowCallHttp(
    string Method, string Url, IReadOnlyDictionary<string, string> Headers, string? Body, TimeSpan Timeout)
    : FlowEffect;

/// <summary>The caller's language changed.</summary>
public sealed record FlowSetLanguage(string Language) : FlowEffect;

/// <summary>A node was entered; kept as the flow's trace with the call.</summary>
public sealed record FlowTrace(string Node, string Detail) : FlowEffect;

/// <summary>The flow is over and hangs up.</summary>
public sealed record FlowClear(ClearingCause Cause) : FlowEffect;
