using System.Text.Json.Serialization;
using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Core.Ivr;
using Plateau.Core.Routing;

namespace Plateau.Core;

/// <summary>What arrives at a centre: a fact from a driver, a request from a person, or <see cref="Tick"/>.</summary>
/// <remarks>Journalled in order with its instant, as JSON; so every input is plain data and keeps its name for
/// ever.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Tick), "tick")]
[JsonDerivedType(typeof(ApplyConfig), "applyConfig")]
[JsonDerivedType(typeof(Restarted), "restarted")]
[JsonDerivedType(typeof(LegOffered), "legOffered")]
[JsonDerivedType(typeof(LegRinging), "legRinging")]
[JsonDerivedType(typeof(LegAnswered), "legAnswered")]
[JsonDerivedType(typeof(LegCleared), "legCleared")]
[JsonDerivedType(typeof(LegDigit), "legDigit")]
[JsonDerivedType(typeof(LegHeldByParty), "legHeldByParty")]
[JsonDerivedType(typeof(LegTransferRequested), "legTransferRequested")]
[JsonDerivedType(typeof(PlaybackEnded), "playbackEnded")]
[JsonDerivedType(typeof(RecordingFinished), "recordingFinished")]
[JsonDerivedType(typeof(HttpAnswered), "httpAnswered")]
[JsonDerivedType(typeof(PhonePresence), "phonePresence")]
[JsonDerivedType(typeof(LogIn), "logIn")]
[JsonDerivedType(typeof(LogOut), "logOut")]
[JsonDerivedType(typeof(GoReady), "goReady")]
[JsonDerivedType(typeof(Agents.Pause), "pause")]
[JsonDerivedType(typeof(Heartbeat), "heartbeat")]
[JsonDerivedType(typeof(AcknowledgeOffer), "acknowledgeOffer")]
[JsonDerivedType(typeof(AcceptOffer), "acceptOffer")]
[JsonDerivedType(typeof(RejectOffer), "rejectOffer")]
[JsonDerivedType(typeof(RequestWrapUp), "requestWrapUp")]
[JsonDerivedType(typeof(EndWrapUp), "endWrapUp")]
[JsonDerivedType(typeof(SetDisposition), "setDisposition")]
[JsonDerivedType(typeof(SetAgentQueues), "setAgentQueues")]
[JsonDerivedType(typeof(SetAgentSkills), "setAgentSkills")]
[JsonDerivedType(typeof(PlaceCall), "placeCall")]
[JsonDerivedType(typeof(HoldCall), "holdCall")]
[JsonDerivedType(typeof(ResumeCall), "resumeCall")]
[JsonDerivedType(typeof(MuteLeg), "muteLeg")]
[JsonDerivedType(typeof(HangUp), "hangUp")]
[JsonDerivedType(typeof(TransferCall), "transferCall")]
[JsonDerivedType(typeof(Consult), "consult")]
[JsonDerivedType(typeof(CompleteTransfer), "completeTransfer")]
[JsonDerivedType(typeof(MakeConference), "makeConference")]
[JsonDerivedType(typeof(CancelConsultation), "cancelConsultation")]
[JsonDerivedType(typeof(SwapConsultation), "swapConsultation")]
[JsonDerivedType(typeof(ParkCall), "parkCall")]
[JsonDerivedType(typeof(RetrieveCall), "retrieveCall")]
[JsonDerivedType(typeof(SendDigits), "sendDigits")]
[JsonDerivedType(typeof(ControlRecording), "controlRecording")]
[JsonDerivedType(typeof(StartMonitoring), "startMonitoring")]
[JsonDerivedType(typeof(StopMonitoring), "stopMonitoring")]
[JsonDerivedType(typeof(TakeOver), "takeOver")]
[JsonDerivedType(typeof(ReportMachine), "reportMachine")]
[JsonDerivedType(typeof(MoveWaiting), "moveWaiting")]
[JsonDerivedType(typeof(ChangePriority), "changePriority")]
[JsonDerivedType(typeof(PullWaiting), "pullWaiting")]
[JsonDerivedType(typeof(SetQueueOpen), "setQueueOpen")]
[JsonDerivedType(typeof(CancelCallback), "cancelCallback")]
public abstract record CentreInput;

/// <summary>Time passed; deadlines that are due take effect. Any other input does the same first.</summary>
public sealed record Tick : CentreInput;

/// <summary>A new configuration, swapped whole. The first input of every journal.</summary>
/// <param name="Config">The configuration, already validated.</param>
public sealed record ApplyConfig(CentreConfig Config) : CentreInput;

/// <summary>The process died and was started again; every leg that was up is gone.</summary>
/// <remarks>Each interrupted call is closed with cause <see cref="ClearingCause.Restart"/>, agents keep their
/// status.</remarks>
public sealed record Restarted : CentreInput;

/// <summary>A request that wants an answer: the centre appends exactly one <see cref="AnswerRequest"/> with its
/// id.</summary>
/// <param name="Request">The request; 0 when nobody waits for the answer.</param>
/// <param name="By">The agent or supervisor who asks; null for the system or an API key.</param>
public abstract record CentreRequest(RequestId Request, AgentId? By) : CentreInput;

/// <summary>Why a request was refused.</summary>
public enum RequestError
{
    /// <summary>No such call, leg, offer, agent, queue, callback (any more).</summary>
    NotFound,

    /// <summary>It exists, but its state does not allow this now.</summary>
    WrongState,

    /// <summary>The one who asks may not do this.</summary>
    NotAllowed,

    /// <summary>The target cannot be reached: agent not ready, number not translatable, no trunk.</summary>
    TargetUnavailable,

    /// <summary>A limit was reached.</summary>
    LimitReached,

    /// <summary>A value is out of its range or names nothing that is configured.</summary>
    Invalid,
}
