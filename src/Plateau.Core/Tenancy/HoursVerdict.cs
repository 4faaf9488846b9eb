using Plateau.Contracts;

namespace Plateau.Core.Tenancy;

/// <summary>Whether hours are open.</summary>
public enum HoursState
{
    /// <summary>Open.</summary>
    Open,

    /// <summary>Closed by the weekly hours.</summary>
    Closed,

    /// <summary>Closed because of a public holiday or a special day.</summary>
    Holiday,
}

/// <summary>What hours say of one instant.</summary>
/// <param name="State">Open, closed or holiday.</param>
/// <param name="NextChange">First instant after it at which open turns to not open or back; Never when none within
/// 400 days.</param>
/// <param name="Reason">Name of the holiday or special day; empty otherwise.</param>
public readonly record struct HoursVerdict(HoursState State, Instant NextChange, string Reason)
{
    /// <summary>Whether it is open.</summary>
    public bool IsOpen => State == HoursState.Open;
}
