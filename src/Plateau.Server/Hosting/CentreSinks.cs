using Plateau.Contracts;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.Server.Storage;

namespace Plateau.Server.Hosting;

/// <summary>Who does what a centre decides. Set before the driver is started, not changed afterwards.</summary>
/// <remarks>
/// Called in the order of the effects, one at a time, after the inputs that caused them are in the journal. A sink
/// returns at once: it hands over to its own thread or queue and answers by <see cref="CentreDriver.Post"/>. A sink
/// that
/// throws is reported and does not stop the others.
/// </remarks>
public sealed class CentreSinks
{
    /// <summary>
    /// Everything about legs, bridges, prompts and recordings (Core/Calls/LegEffect.cs, without CallHttp).
    /// </summary>
    public Action<CentreEffect>? Leg { get; set; }

    /// <summary>A flow's question to a foreign web server.</summary>
    public Action<CallHttp>? Http { get; set; }

    /// <summary>A fact, for those who listen now. Told again after a restart, with the same sequence.</summary>
    public Action<FactRecord>? Fact { get; set; }

    /// <summary>
    /// Things to keep, in order of their ordinals. Told again after a restart, with the same ordinals.
    /// </summary>
    public Action<IReadOnlyList<OutboxEntry>>? Store { get; set; }

    /// <summary>The centre lost its calls and was started anew: whatever legs are up must go.</summary>
    public Action? AllLegsLost { get; set; }

    /// <summary>
    /// Make everything told to <see cref="Store"/> survive a power cut, before the journal forgets it.
    /// </summary>
    public Action? Flush { get; set; }
}
