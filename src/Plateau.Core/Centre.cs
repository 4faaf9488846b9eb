using Plateau.Contracts;

namespace Plateau.Core;

/// <summary>The machine of machines: all calls, queues and agents of one tenant, in one order.</summary>
/// <remarks>
/// Same inputs at the same instants give the same effects. Not thread-safe: one driver owns it. It has no clock, socket,
/// task, lock or chance; ids come from the <see cref="IdSource"/> it was given.
/// </remarks>
/// <param name="ids">Source of ids, on a node number of its own.</param>
public sealed class Centre(IdSource ids)
{
    private readonly IdSource _ids = ids;

    /// <summary>The earliest instant at which <see cref="Tick"/> would change anything; <see cref="Instant.Never"/> if none.</summary>
    public Instant NextDeadline => Instant.Never;

    /// <summary>Takes one input: changes the state and appends what must be done, in order.</summary>
    /// <param name="now">Never earlier than the call before.</param>
    /// <param name="input">What arrived. Late and repeated inputs are named cases and do no harm.</param>
    /// <param name="effects">Appended to; not cleared.</param>
    public void Apply(Instant now, CentreInput input, List<CentreEffect> effects)
    {
        _ = _ids;
        _ = now;
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(effects);
    }
}
