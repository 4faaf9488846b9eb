using Plateau.Core.Routing;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Cli;

/// <summary>Reasons of decisions in the words of the floor.</summary>
internal static class DecisionWords
{
    public static Phrase Of(CandidateReason reason) => reason switch
    {
        CandidateReason.Chosen => new("chosen", "choisi"),
        CandidateReason.Preferred => new("chosen as the caller's preferred agent", "choisi comme agent préféré de l'appelant"),
        CandidateReason.OtherFirst => new("another agent comes first", "un autre agent passe avant"),
        CandidateReason.OtherCallFirst => new("another call comes first", "un autre appel passe avant"),
        CandidateReason.SkillMissing => new("lacks a skill or its level", "compétence ou niveau insuffisant"),
        CandidateReason.RingNotOpen => new("in a ring that is not open yet", "dans un cercle pas encore ouvert"),
        CandidateReason.LoggedOut => new("logged out", "déconnecté"),
        CandidateReason.Paused => new("paused", "en pause"),
        CandidateReason.Busy => new("busy with a call", "occupé par un appel"),
        CandidateReason.WrapUp => new("in wrap-up", "en post-appel"),
        CandidateReason.Missed => new("missed an offer", "a manqué une proposition"),
        CandidateReason.Unreachable => new("cannot be reached", "injoignable"),
        CandidateReason.Excluded => new("refused or was busy a moment ago", "a refusé ou était occupé à l'instant"),
        CandidateReason.HeldForPreferred => new("the call waits for its preferred agent", "l'appel attend son agent préféré"),
        _ => new(reason.ToString(), reason.ToString()),
    };
}
