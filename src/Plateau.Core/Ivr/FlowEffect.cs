using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;

namespace Plateau.Core.Ivr;

/// <summary>What a running flow asks of its call; the call machine does it.</summary>
public abstract record FlowEffect;

/// <summary>Answer the caller. Effects that follow count from the moment the leg is up; the call machine waits for
/// it.</summary>
/// <remarks>A flow that plays answers first by itself; never twice in a call.</remarks>
public sealed record FlowAnswer : FlowEffect;

/// <summary>Play; <see cref="FlowPlayed"/> follows. Replaces what is playing.</summary>
/// <param name="Items">In order; never empty.</param>
/// <param name="BargeIn">Whether a key stops it.</param>
public sealed record FlowPlay(IReadOnlyList<PromptItem> Items, bool BargeIn) : FlowEffect;

/// <summary>Stop playing; no <see cref="FlowPlayed"/> follows.</summary>
public sealed record FlowStopPlaying : FlowEffect;

/// <summary>Enter a queue; <see cref="FlowQueueLeft"/> follows if it comes back unanswered.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="PriorityS">Added to the score, seconds.</param>
/// <param name="Skills">Required besides those of the queue's steps.</param>
/// <param name="PreferredAgent">Asked first.</param>
/// <param name="ExitKeys">Keys with which the caller leaves the queue (exit KeyExit); empty for none.</param>
public sealed record FlowEnterQueue(
    QueueId Queue, int PriorityS, IReadOnlyDictionary<SkillId, int> Skills, AgentId? PreferredAgent,
    string ExitKeys = "") : FlowEffect;

/// <summary>Register a callback that keeps the place; <see cref="FlowCallbackRegistered"/> follows.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Number">The number to call, E.164 where possible.</param>
public sealed record FlowRegisterCallback(QueueId Queue, string Number) : FlowEffect;

/// <summary>Transfer; <see cref="FlowTransferFailed"/> follows only on failure.</summary>
/// <param name="Target">An agent, a queue, a number or a mailbox; flows are entered by the flow machine itself.</param>
/// <param name="RingMax">Longest ringing.</param>
public sealed record FlowTransfer(Calls.CallTarget Target, TimeSpan RingMax) : FlowEffect;

/// <summary>Record a message; <see cref="FlowMessageRecorded"/> follows.</summary>
/// <remarks>It ends on silence, at the longest length, or after <see cref="FlowStopMessage"/>.</remarks>
/// <param name="Mailbox">Whom it is for.</param>
/// <param name="LengthMax">Longest message.</param>
/// <param name="SilenceMax">Silence that ends it; zero = none.</param>
/// <param name="FinishKeys">Keys that end it; the flow sees to it with <see cref="FlowStopMessage"/>.</param>
/// <param name="Beep">Whether a beep comes first.</param>
public sealed record FlowRecordMessage(
    string Mailbox, TimeSpan LengthMax, TimeSpan SilenceMax, string FinishKeys, bool Beep = true) : FlowEffect;

/// <summary>Stop recording the message now; <see cref="FlowMessageRecorded"/> follows.</summary>
public sealed record FlowStopMessage : FlowEffect;

/// <summary>Ask a foreign web server; <see cref="FlowHttpAnswered"/> follows.</summary>
/// <param name="Method">GET, POST or PUT.</param>
/// <param name="Url">Absolute, variables filled in.</param>
/// <param name="Headers">Headers, variables filled in.</param>
/// <param name="Body">Body; null for none.</param>
/// <param name="Timeout">At most 10 s.</param>
public sealed record FlowCallHttp(
    string Method, string Url, IReadOnlyDictionary<string, string> Headers, string? Body, TimeSpan Timeout)
    : FlowEffect;

/// <summary>The caller's language changed.</summary>
public sealed record FlowSetLanguage(string Language) : FlowEffect;

/// <summary>Keys are secret from here on, or no more: recordings pause, and no log shows them.</summary>
public sealed record FlowMaskDigits(bool Masked) : FlowEffect;

/// <summary>A node was entered (detail empty) or took a branch (detail tells which and why); never contains a
/// secret.</summary>
/// <param name="Node">Flow and node: "welcome/menu".</param>
/// <param name="Detail">Such as "1 → sales"; empty on entry.</param>
public sealed record FlowTrace(string Node, string Detail) : FlowEffect;

/// <summary>The flow is over and hangs up.</summary>
public sealed record FlowClear(ClearingCause Cause) : FlowEffect;
