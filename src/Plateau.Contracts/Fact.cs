using System.Text.Json.Serialization;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Contracts;

/// <summary>What happened, told to everyone who listens: boards, integrators, webhooks, reports.</summary>
/// <remarks>Past tense. The tenant and the place in the tenant's stream are told around it, see
/// <see cref="FactRecord"/>.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CallStarted), "callStarted")]
[JsonDerivedType(typeof(CallQueued), "callQueued")]
[JsonDerivedType(typeof(CallOffered), "callOffered")]
[JsonDerivedType(typeof(OfferEnded), "offerEnded")]
[JsonDerivedType(typeof(QueueLeft), "queueLeft")]
[JsonDerivedType(typeof(CallEstablished), "callEstablished")]
[JsonDerivedType(typeof(CallHeld), "callHeld")]
[JsonDerivedType(typeof(CallResumed), "callResumed")]
[JsonDerivedType(typeof(CallTransferred), "callTransferred")]
[JsonDerivedType(typeof(CallParked), "callParked")]
[JsonDerivedType(typeof(LegEnded), "legEnded")]
[JsonDerivedType(typeof(CallCleared), "callCleared")]
[JsonDerivedType(typeof(CallRecorded), "callRecorded")]
[JsonDerivedType(typeof(RecordingChanged), "recordingChanged")]
[JsonDerivedType(typeof(MessageLeft), "messageLeft")]
[JsonDerivedType(typeof(MonitoringChanged), "monitoringChanged")]
[JsonDerivedType(typeof(DispositionSet), "dispositionSet")]
[JsonDerivedType(typeof(CallbackChanged), "callbackChanged")]
[JsonDerivedType(typeof(AgentStateChanged), "agentStateChanged")]
[JsonDerivedType(typeof(QueueChanged), "queueChanged")]
[JsonDerivedType(typeof(ConfigApplied), "configApplied")]
public abstract record Fact;

/// <summary>A fact with its place in the tenant's stream.</summary>
/// <param name="Sequence">1 upwards without gap, per tenant; the number to resume from.</param>
/// <param name="At">When it happened.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Fact">What happened.</param>
public sealed record FactRecord(long Sequence, Instant At, TenantId Tenant, Fact Fact);

/// <summary>A call was born.</summary>
public sealed record CallStarted(
    CallId Call, CallDirection Direction, string Caller, string Called, TrunkId? Trunk = null) : Fact;

/// <summary>A call entered a queue.</summary>
public sealed record CallQueued(
    CallId Call, QueueId Queue, Instant Entered, int Position, TimeSpan? EstimatedWait) : Fact;

/// <summary>A call was offered to an agent.</summary>
public sealed record CallOffered(CallId Call, OfferId Offer, QueueId Queue, AgentId Agent) : Fact;

/// <summary>An offer came to its end.</summary>
public sealed record OfferEnded(
    CallId Call, OfferId Offer, QueueId Queue, AgentId Agent, OfferOutcome Outcome) : Fact;

/// <summary>A call left a queue.</summary>
public sealed record QueueLeft(CallId Call, QueueId Queue, QueueExit Exit, TimeSpan Waited) : Fact;

/// <summary>Customer and agent (or called party) hear each other.</summary>
public sealed record CallEstablished(CallId Call, LegId Leg, AgentId? Agent, QueueId? Queue) : Fact;

/// <summary>An agent put the other side on hold.</summary>
public sealed record CallHeld(CallId Call, AgentId? Agent) : Fact;

/// <summary>The hold ended.</summary>
public sealed record CallResumed(CallId Call, AgentId? Agent) : Fact;

/// <summary>A call was handed over.</summary>
public sealed record CallTransferred(CallId Call, AgentId? From, string Target, bool Consulted) : Fact;

/// <summary>A call was parked (slot told) or retrieved (slot empty).</summary>
public sealed record CallParked(CallId Call, string Slot) : Fact;

/// <summary>A leg ended.</summary>
public sealed record LegEnded(
    CallId Call, LegId Leg, LegRole Role, ClearingCause Cause, ClearingSide EndedBy, AgentId? Agent = null) : Fact;

/// <summary>The last leg of a call ended.</summary>
public sealed record CallCleared(CallId Call, ClearingCause Cause, ClearingSide EndedBy) : Fact;

/// <summary>The record of a call was written.</summary>
public sealed record CallRecorded(CallId Call) : Fact;

/// <summary>A recording began, paused, resumed or ended.</summary>
public sealed record RecordingChanged(CallId Call, RecordingId Recording, RecordingState State) : Fact;

/// <summary>What a recording does.</summary>
public enum RecordingState
{
    /// <summary>Audio is being kept.</summary>
    Recording,

    /// <summary>Paused: nothing is kept.</summary>
    Paused,

    /// <summary>Finished.</summary>
    Stopped,
}

/// <summary>A caller left a message.</summary>
public sealed record MessageLeft(CallId Call, RecordingId Recording, string Mailbox) : Fact;

/// <summary>A supervisor began, changed or ended (mode null) monitoring a call.</summary>
public sealed record MonitoringChanged(CallId Call, AgentId Supervisor, MonitorMode? Mode) : Fact;

/// <summary>A disposition was set.</summary>
public sealed record DispositionSet(
    CallId Call, DispositionId Disposition, AgentId? Agent, bool IsAutomatic) : Fact;

/// <summary>A callback changed its state.</summary>
public sealed record CallbackChanged(
    CallbackId Callback, CallId? Call, QueueId Queue, string Number, CallbackState State) : Fact;

/// <summary>An agent's status or state changed.</summary>
public sealed record AgentStateChanged(
    AgentId Agent, AgentStatus Status, AgentState State, NotReadyReasonId? Reason, AgentCause Cause,
    CallId? Call = null) : Fact;

/// <summary>A queue was opened or closed by a supervisor.</summary>
public sealed record QueueChanged(QueueId Queue, bool IsOpen, AgentId? By) : Fact;

/// <summary>A new configuration took effect.</summary>
public sealed record ConfigApplied(string Summary) : Fact;
