using Plateau.Contracts;

namespace Plateau.Core.Routing;

/// <summary>Why a waiting call was offered to this agent, or to nobody: every candidate with its reason.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Offer">The offer made; null when nobody could be asked.</param>
/// <param name="Chosen">Who was chosen; null for nobody.</param>
/// <param name="Step">Routing step in force, 0 upwards.</param>
/// <param name="Score">Score of the call at that instant, seconds.</param>
/// <param name="Reason">In one word why this call came now: head of the order, starvation guard, preferred
/// agent…</param>
/// <param name="Candidates">Agents considered, best first; cut at Limits.CandidatesToldMax.</param>
/// <param name="CandidatesLeftOut">Number of candidates not told because of the limit.</param>
public sealed record DecisionRecord(
    CallId Call, QueueId Queue, Instant At, OfferId? Offer, AgentId? Chosen, int Step, double Score, string Reason,
    IReadOnlyList<CandidateRecord> Candidates, int CandidatesLeftOut);

/// <summary>One agent in a decision.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Reason">Why chosen or not.</param>
/// <param name="Ring">Ring of membership.</param>
/// <param name="Metric">The selection policy's figure (idle seconds, calls, share, level), lower is better; null if
/// not reached.</param>
/// <param name="Detail">The missing skill, the pause reason, the other call… empty when there is nothing to
/// add.</param>
public sealed record CandidateRecord(
    AgentId Agent, CandidateReason Reason, int Ring = 0, double? Metric = null, string Detail = "");

/// <summary>Why an agent was or was not chosen.</summary>
public enum CandidateReason
{
    /// <summary>Chosen.</summary>
    Chosen,

    /// <summary>Chosen as the caller's preferred agent.</summary>
    Preferred,

    /// <summary>Could take the call, but another comes first by the selection policy.</summary>
    OtherFirst,

    /// <summary>Could take the call, but another waiting call comes first.</summary>
    OtherCallFirst,

    /// <summary>Lacks a skill or the level.</summary>
    SkillMissing,

    /// <summary>In a ring that this step does not open yet.</summary>
    RingNotOpen,

    /// <summary>Logged out.</summary>
    LoggedOut,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>Busy with another call or offer.</summary>
    Busy,

    /// <summary>In wrap-up.</summary>
    WrapUp,

    /// <summary>Missed an offer and not back yet.</summary>
    Missed,

    /// <summary>Device or network lost.</summary>
    Unreachable,

    /// <summary>Refused this call a short while ago, or the device was busy.</summary>
    Excluded,

    /// <summary>The call is held for its preferred agent.</summary>
    HeldForPreferred,
}
