using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;

namespace Plateau.Core;

/// <summary>A centre at one instant: what boards show.</summary>
/// <param name="At">The instant.</param>
/// <param name="Queues">Queues by id.</param>
/// <param name="Agents">Agents by id, those logged out included.</param>
/// <param name="Calls">Calls without a record yet, oldest first.</param>
/// <param name="Callbacks">Callbacks that are not over, oldest first.</param>
public sealed record CentreBoard(
    Instant At, IReadOnlyList<QueueBoard> Queues, IReadOnlyList<AgentBoard> Agents, IReadOnlyList<CallBoard> Calls,
    IReadOnlyList<CallbackBoard> Callbacks);

/// <summary>A queue now.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="IsOpen">By hours or by a supervisor.</param>
/// <param name="Ready">Agents who are ready.</param>
/// <param name="Busy">Agents with a call.</param>
/// <param name="WrapUp">Agents in wrap-up.</param>
/// <param name="Paused">Agents who are paused or missed an offer.</param>
/// <param name="Unreachable">Agents whose device or client is lost.</param>
/// <param name="EstimateError">Mean absolute percentage error of the estimated waits, as a share; null before the
/// first.</param>
/// <param name="Waiting">Who waits, next one first; callbacks have no call.</param>
public sealed record QueueBoard(
    QueueId Queue, bool IsOpen, int Ready, int Busy, int WrapUp, int Paused, int Unreachable, double? EstimateError,
    IReadOnlyList<WaitingBoard> Waiting);

/// <summary>Somebody who waits.</summary>
/// <param name="Call">The call; null for a callback.</param>
/// <param name="Callback">The callback; null for a call.</param>
/// <param name="Caller">Number.</param>
/// <param name="Entered">Entry time that counts.</param>
/// <param name="Position">1 = next.</param>
/// <param name="Score">Score now, seconds.</param>
/// <param name="Estimate">Estimated wait from now; null when nobody is at work.</param>
/// <param name="OfferedTo">Agents whose telephones ring for it.</param>
public sealed record WaitingBoard(
    CallId? Call, CallbackId? Callback, string Caller, Instant Entered, int Position, double Score, TimeSpan? Estimate,
    IReadOnlyList<AgentId> OfferedTo);

/// <summary>An agent now.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Status">What the person chose.</param>
/// <param name="Pending">Status that takes effect at the end of the item; null for none.</param>
/// <param name="State">What the centre does.</param>
/// <param name="Reason">Reason of a pause.</param>
/// <param name="Since">When the state began.</param>
/// <param name="Phone">The telephone in use.</param>
/// <param name="Call">The call, if any.</param>
/// <param name="Queue">The queue of the call, if any.</param>
/// <param name="Offer">The offer, if one rings.</param>
public sealed record AgentBoard(
    AgentId Agent, AgentStatus Status, AgentStatus? Pending, AgentState State, NotReadyReasonId? Reason, Instant Since,
    PhoneId? Phone, CallId? Call, QueueId? Queue, OfferId? Offer);

/// <summary>A call now.</summary>
/// <param name="Call">The call.</param>
/// <param name="Direction">Inbound, outbound, internal.</param>
/// <param name="State">Ringing, Ivr, Queued, Connecting, Talking, Parked, Voicemail, Reporting.</param>
/// <param name="Caller">Number of the caller.</param>
/// <param name="Called">Number dialled.</param>
/// <param name="Started">First sign of it.</param>
/// <param name="Queue">Queue it waits in or counts for.</param>
/// <param name="Place">Flow and node while in a flow.</param>
/// <param name="Slot">Slot while parked.</param>
/// <param name="IsRecording">Whether audio is being kept right now.</param>
/// <param name="Legs">Living legs.</param>
public sealed record CallBoard(
    CallId Call, CallDirection Direction, string State, string Caller, string Called, Instant Started, QueueId? Queue,
    string? Place, string? Slot, bool IsRecording, IReadOnlyList<LegBoard> Legs);

/// <summary>A living leg.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Role">What it is to the call.</param>
/// <param name="Agent">The agent on it, if any.</param>
/// <param name="Party">Number or account.</param>
/// <param name="Kind">What it does.</param>
/// <param name="IsUp">Whether audio flows.</param>
/// <param name="Mode">For supervisors.</param>
public sealed record LegBoard(
    LegId Leg, LegRole Role, AgentId? Agent, string Party, SegmentKind Kind, bool IsUp, MonitorMode? Mode);

/// <summary>A callback that is not over.</summary>
/// <param name="Callback">The callback.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Number">Whom to call.</param>
/// <param name="State">Waiting or Dialling.</param>
/// <param name="Entered">Entry time that counts.</param>
/// <param name="Requested">When it was asked for.</param>
/// <param name="Attempts">Attempts made.</param>
/// <param name="NotBefore">Not dialled before.</param>
/// <param name="Call">The attempt under way.</param>
public sealed record CallbackBoard(
    CallbackId Callback, QueueId Queue, string Number, CallbackState State, Instant Entered, Instant Requested,
    int Attempts, Instant NotBefore, CallId? Call);
