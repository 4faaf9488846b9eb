using Plateau.Contracts;

namespace Plateau.Core;

/// <summary>Something that takes effect when its instant is reached; part of the state of whoever owns it.</summary>
/// <param name="fire">What happens. The deadline is no longer set when it is called and may be set again.</param>
internal sealed class Deadline(Action fire)
{
    /// <summary>When it is due; <see cref="Instant.Never"/> while it is not set.</summary>
    internal Instant At { get; set; } = Instant.Never;

    /// <summary>Place in the heap, -1 while it is not set.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>Orders deadlines of the same instant by when they were set.</summary>
    internal long Order { get; set; }

    internal bool IsSet => Index >= 0;

    internal void Fire() => fire();
}
