namespace Plateau.Server.Hosting;

/// <summary>What a centre's driver is doing, for health pages.</summary>
/// <param name="Phase">Where it is in its life.</param>
/// <param name="InputsWaiting">Inputs not yet taken.</param>
/// <param name="InputsTaken">Inputs taken since the start of the process, without the replay.</param>
/// <param name="InputsReplayed">Inputs replayed at start.</param>
/// <param name="InputsSetAside">Inputs that the centre failed on and that lie in files now.</param>
/// <param name="JournalError">Why the journal cannot be written at the moment; null when it can.</param>
public sealed record CentreDriverState(
    CentrePhase Phase, int InputsWaiting, long InputsTaken, long InputsReplayed, long InputsSetAside,
    string? JournalError);

/// <summary>Where a centre's driver is in its life.</summary>
public enum CentrePhase
{
    /// <summary>Not started.</summary>
    New,

    /// <summary>Reading the journal.</summary>
    Replaying,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Stopped, or failed to start.</summary>
    Stopped,
}
