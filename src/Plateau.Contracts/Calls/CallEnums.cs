namespace Plateau.Contracts.Calls;

/// <summary>Which way a call came about.</summary>
public enum CallDirection
{
    /// <summary>A caller reached a number of the centre.</summary>
    Inbound,

    /// <summary>The centre or one of its agents called out.</summary>
    Outbound,

    /// <summary>One phone of the house called another.</summary>
    Internal,
}

/// <summary>What a leg is to its call; it decides who hears whom.</summary>
public enum LegRole
{
    /// <summary>The caller or the person called: whom the call is about.</summary>
    Customer,

    /// <summary>An agent who talks.</summary>
    Agent,

    /// <summary>A third party outside the house: a consulted number, a transfer target.</summary>
    External,

    /// <summary>A supervisor who listens, whispers or takes part.</summary>
    Supervisor,
}

/// <summary>How a supervisor takes part in a call.</summary>
public enum MonitorMode
{
    /// <summary>Hears all, is heard by nobody.</summary>
    Listen,

    /// <summary>Hears all, is heard by the agents only.</summary>
    Whisper,

    /// <summary>Hears all, is heard by all.</summary>
    Barge,
}

/// <summary>Whose doing it was that a leg or a call ended.</summary>
public enum ClearingSide
{
    /// <summary>The customer's telephone or network.</summary>
    Customer,

    /// <summary>The agent.</summary>
    Agent,

    /// <summary>A third party outside the house.</summary>
    External,

    /// <summary>A supervisor.</summary>
    Supervisor,

    /// <summary>The carrier or the network between.</summary>
    Network,

    /// <summary>Plateau itself: a rule, a flow, a limit, a failure.</summary>
    System,
}

/// <summary>Why a leg or a call ended. The side that ended it is told beside it.</summary>
public enum ClearingCause
{
    /// <summary>Somebody hung up after a conversation or in the middle of a flow.</summary>
    Normal,

    /// <summary>The caller hung up before being connected to anybody.</summary>
    Abandoned,

    /// <summary>The party called was busy (SIP 486, Q.850 17).</summary>
    Busy,

    /// <summary>It rang and nobody answered in time (SIP 408/480, Q.850 19).</summary>
    NoAnswer,

    /// <summary>The party called refused (SIP 603, Q.850 21).</summary>
    Rejected,

    /// <summary>The number does not exist (SIP 404/410/604, Q.850 1).</summary>
    UnknownNumber,

    /// <summary>The device is not registered or does not respond.</summary>
    Unreachable,

    /// <summary>No circuit, no capacity (SIP 503, Q.850 34).</summary>
    Congestion,

    /// <summary>We withdrew the leg: answered elsewhere, offer timed out, caller gone.</summary>
    Cancelled,

    /// <summary>No common codec (SIP 488/606).</summary>
    NoCommonCodec,

    /// <summary>No media arrived for longer than the limit.</summary>
    MediaLost,

    /// <summary>The far end stopped responding to signalling (session timer, transaction timeout).</summary>
    SignallingLost,

    /// <summary>The flow ended the call.</summary>
    FlowEnded,

    /// <summary>The leg was handed over by a transfer.</summary>
    Transferred,

    /// <summary>A limit of the tenant, trunk or server was reached.</summary>
    LimitReached,

    /// <summary>The process stopped while the call was up and was started again.</summary>
    Restart,

    /// <summary>Anything else that the other side reported as a failure.</summary>
    Failed,
}

/// <summary>What a stretch of a leg's life was.</summary>
public enum SegmentKind
{
    /// <summary>Ringing before anybody or anything answered.</summary>
    Ringing,

    /// <summary>In a flow: prompts, menus.</summary>
    Ivr,

    /// <summary>Waiting in a queue.</summary>
    Queued,

    /// <summary>Agent leg: being offered the call, the phone rings.</summary>
    Offered,

    /// <summary>We are dialling this party.</summary>
    Dialling,

    /// <summary>Connected to another party.</summary>
    Talking,

    /// <summary>On hold.</summary>
    Held,

    /// <summary>Agent and consulted party, the customer waits.</summary>
    Consulting,

    /// <summary>Three or more parties together.</summary>
    Conference,

    /// <summary>Parked.</summary>
    Parked,

    /// <summary>Leaving a message.</summary>
    Voicemail,

    /// <summary>A supervisor's leg while it monitors.</summary>
    Monitoring,

    /// <summary>After-call work of the agent; the only kind that outlives the leg.</summary>
    WrapUp,
}
