using Plateau.Contracts.Calls;

namespace Plateau.Media.Mixing;

/// <summary>Who hears whom in a bridge.</summary>
/// <remarks>
/// <code>
/// speaker ↓ \ listener →   Customer  Agent  External  Supervisor
/// Customer                    x        x       x          x
/// Agent                       x        x       x          x
/// External                    x        x       x          x
/// Supervisor, listening       -        -       -          -
/// Supervisor, whispering      -        x       -          -
/// Supervisor, barging in      x        x       x          x
/// </code>
/// Nobody hears himself. Three or more without supervisors are a conference: all hear all.
/// </remarks>
public static class HearingTable
{
    /// <summary>Whether one party hears another one.</summary>
    /// <param name="listener">Role of the one who may hear.</param>
    /// <param name="speaker">Role of the one who speaks.</param>
    /// <param name="speakerMode">How the speaker takes part when a supervisor; null counts as listening.</param>
    public static bool Hears(LegRole listener, LegRole speaker, MonitorMode? speakerMode) =>
        speaker != LegRole.Supervisor || speakerMode switch
        {
            MonitorMode.Barge => true,
            MonitorMode.Whisper => listener == LegRole.Agent,
            _ => false,
        };
}
