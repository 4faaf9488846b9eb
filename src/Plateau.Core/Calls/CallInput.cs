using Plateau.Contracts;
using Plateau.Contracts.Calls;

namespace Plateau.Core.Calls;

/// <summary>Where a call is to go: exactly one member is set.</summary>
/// <param name="Agent">An agent.</param>
/// <param name="Queue">A queue.</param>
/// <param name="Flow">A flow.</param>
/// <param name="Number">A number outside, or an extension.</param>
/// <param name="Mailbox">A mailbox that takes a message.</param>
public sealed record CallTarget(
    AgentId? Agent = null, QueueId? Queue = null, FlowId? Flow = null, string? Number = null, string? Mailbox = null);

/// <summary>An agent calls out: the agent's phone is rung first, then the number.</summary>
/// <param name="Request">Request id.</param>
/// <param name="By">Who asks.</param>
/// <param name="Agent">Whose phone.</param>
/// <param name="Target">Whom.</param>
/// <param name="CallerId">Number to show; null for the default.</param>
/// <param name="Queue">Queue the call counts for (wrap-up, recording policy); null for none.</param>
public sealed record PlaceCall(
    RequestId Request, AgentId? By, AgentId Agent, CallTarget Target, string? CallerId = null,
    QueueId? Queue = null) : CentreRequest(Request, By);

/// <summary>The agent puts the other parties on hold; they hear music.</summary>
public sealed record HoldCall(RequestId Request, AgentId? By, CallId Call, AgentId Agent) : CentreRequest(Request, By);

/// <summary>The agent takes them back.</summary>
public sealed record ResumeCall(RequestId Request, AgentId? By, CallId Call, AgentId Agent)
    : CentreRequest(Request, By);

/// <summary>Mutes an agent's leg, or unmutes it.</summary>
public sealed record MuteLeg(RequestId Request, AgentId? By, CallId Call, AgentId Agent, bool Muted)
    : CentreRequest(Request, By);

/// <summary>Hang up an agent's leg, or with no agent the whole call.</summary>
public sealed record HangUp(RequestId Request, AgentId? By, CallId Call, AgentId? Agent = null)
    : CentreRequest(Request, By);

/// <summary>Blind transfer: the customer goes to the target, the agent is free.</summary>
/// <param name="Request">Request id.</param>
/// <param name="By">Who asks.</param>
/// <param name="Call">The call.</param>
/// <param name="Target">Where to.</param>
/// <param name="KeepPlace">For a queue: keep the first entry time instead of starting at the end.</param>
public sealed record TransferCall(
    RequestId Request, AgentId? By, CallId Call, CallTarget Target, bool KeepPlace = false)
    : CentreRequest(Request, By);

/// <summary>Consultation: the customer is held, the agent calls the target.</summary>
public sealed record Consult(RequestId Request, AgentId? By, CallId Call, AgentId Agent, CallTarget Target)
    : CentreRequest(Request, By);

/// <summary>Consulted transfer: the customer is connected to the consulted party, the agent leaves.</summary>
public sealed record CompleteTransfer(RequestId Request, AgentId? By, CallId Call, AgentId Agent)
    : CentreRequest(Request, By);

/// <summary>All of customer, agent and consulted party together.</summary>
public sealed record MakeConference(RequestId Request, AgentId? By, CallId Call, AgentId Agent)
    : CentreRequest(Request, By);

/// <summary>The consulted party is dropped, the customer comes back.</summary>
public sealed record CancelConsultation(RequestId Request, AgentId? By, CallId Call, AgentId Agent)
    : CentreRequest(Request, By);

/// <summary>Talk to the other of customer and consulted party; the one left waits.</summary>
public sealed record SwapConsultation(RequestId Request, AgentId? By, CallId Call, AgentId Agent)
    : CentreRequest(Request, By);

/// <summary>Park a call in a slot; empty slot = the next free one.</summary>
public sealed record ParkCall(RequestId Request, AgentId? By, CallId Call, string Slot = "")
    : CentreRequest(Request, By);

/// <summary>Retrieve a parked call to an agent.</summary>
public sealed record RetrieveCall(RequestId Request, AgentId? By, string Slot, AgentId Agent)
    : CentreRequest(Request, By);

/// <summary>Send digits to the customer's side.</summary>
public sealed record SendDigits(RequestId Request, AgentId? By, CallId Call, string Digits)
    : CentreRequest(Request, By);

/// <summary>What to do with the recording of a call.</summary>
public enum RecordingAction
{
    /// <summary>Begin.</summary>
    Start,

    /// <summary>Keep nothing until resumed; survives transfers.</summary>
    Pause,

    /// <summary>Go on.</summary>
    Resume,

    /// <summary>End.</summary>
    Stop,
}

/// <summary>Controls the recording of a call.</summary>
public sealed record ControlRecording(RequestId Request, AgentId? By, CallId Call, RecordingAction Action)
    : CentreRequest(Request, By);

/// <summary>A supervisor begins to listen, whisper or barge, or changes between them. The supervisor's phone is
/// rung.</summary>
public sealed record StartMonitoring(RequestId Request, AgentId? By, CallId Call, AgentId Supervisor, MonitorMode Mode)
    : CentreRequest(Request, By);

/// <summary>The agent of a callback reached an answering machine: the attempt failed, the customer's place is
/// kept.</summary>
public sealed record ReportMachine(RequestId Request, AgentId? By, CallId Call) : CentreRequest(Request, By);

/// <summary>A supervisor stops monitoring.</summary>
public sealed record StopMonitoring(RequestId Request, AgentId? By, CallId Call, AgentId Supervisor)
    : CentreRequest(Request, By);

/// <summary>The supervisor takes the call; the agent leaves it into wrap-up.</summary>
public sealed record TakeOver(RequestId Request, AgentId? By, CallId Call, AgentId Supervisor)
    : CentreRequest(Request, By);
