namespace Plateau.Contracts.Agents;

/// <summary>What the person chose.</summary>
public enum AgentStatus
{
    /// <summary>Not at work.</summary>
    LoggedOut,

    /// <summary>Wants calls.</summary>
    Ready,

    /// <summary>Does not want calls, for a reason.</summary>
    Paused,
}

/// <summary>What the centre does with the agent.</summary>
public enum AgentState
{
    /// <summary>Logged out.</summary>
    LoggedOut,

    /// <summary>Waits for a call (status ready) .</summary>
    Idle,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>An offer was decided; the device does not ring yet.</summary>
    Reserved,

    /// <summary>The device rings.</summary>
    Ringing,

    /// <summary>The agent's own outgoing call is being set up.</summary>
    Dialling,

    /// <summary>In conversation.</summary>
    Talking,

    /// <summary>Has put the other party on hold.</summary>
    Holding,

    /// <summary>After-call work.</summary>
    WrapUp,

    /// <summary>Did not answer an offer; waits for the agent or for the automatic return.</summary>
    Missed,

    /// <summary>Device, browser or network lost; lease not yet run out.</summary>
    Unreachable,
}

/// <summary>Why an agent's state changed; kept with every interval.</summary>
public enum AgentCause
{
    /// <summary>The agent asked for it.</summary>
    Agent,

    /// <summary>A supervisor did it.</summary>
    Supervisor,

    /// <summary>The course of a call.</summary>
    Call,

    /// <summary>An offer was not answered in time.</summary>
    NoAnswer,

    /// <summary>The agent refused an offer.</summary>
    Rejected,

    /// <summary>The time limit of the state ran out.</summary>
    Timeout,

    /// <summary>Heartbeats stopped or the device vanished.</summary>
    LeaseLost,

    /// <summary>The device or browser came back.</summary>
    LeaseRestored,

    /// <summary>The same agent logged in elsewhere.</summary>
    SecondLogin,

    /// <summary>The server was started again.</summary>
    Restart,

    /// <summary>The configuration changed.</summary>
    Configuration,
}
