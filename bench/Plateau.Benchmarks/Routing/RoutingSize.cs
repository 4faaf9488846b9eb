namespace Plateau.Benchmarks.Routing;

/// <summary>How large a <see cref="RoutingWorld"/> is.</summary>
/// <param name="Agents">Agents who may take calls, two queues each; half of them idle, half paused.</param>
/// <param name="Queues">Queues, an even number; calls wait in half of them.</param>
/// <param name="Waiting">Calls that wait.</param>
/// <param name="Others">
/// Agents logged in besides who never qualify: a third are idle members of the queues without the skill, a third are
/// paused members with the skill, a third are idle in another queue.
/// </param>
/// <param name="Demands">Different languages and levels that the flows of each queue demand besides its own skill; 0
/// = none.</param>
internal sealed record RoutingSize(int Agents, int Queues, int Waiting, int Others, int Demands = 0)
{
    /// <summary>The centre that docs/TESTING.md gives figures for.</summary>
    internal static RoutingSize Large { get; } = new(10_000, 200, 5_000, 0);

    /// <summary>The same queues with fewer candidates and more who are none.</summary>
    internal static RoutingSize With(int others) => new(2_000, 200, 5_000, others);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Agents} agents, {Queues} queues, {Waiting} waiting, {Others} others, {Demands} demands of each queue";
}
