using Plateau.Contracts;

namespace Plateau.Server.Demo;

/// <summary>What a simulated agent will do with the next call, drawn before it.</summary>
/// <param name="Misses">Lets it ring: just away from the desk.</param>
/// <param name="PicksUpAfter">How long it rings.</param>
/// <param name="Talks">Length of the conversation, unless the caller hangs up first.</param>
/// <param name="HoldsAfter">When the caller is put on hold; null for never.</param>
/// <param name="Holds">For how long.</param>
/// <param name="WrapsUp">Length of the wrap-up.</param>
/// <param name="Disposition">Which disposition is set; taken modulo their number.</param>
/// <param name="Break">Length of a break after it; null for none.</param>
/// <param name="Reason">Reason of the break; taken modulo their number.</param>
internal sealed record AgentTurn(
    bool Misses, TimeSpan PicksUpAfter, TimeSpan Talks, TimeSpan? HoldsAfter, TimeSpan Holds, TimeSpan WrapsUp,
    int Disposition, TimeSpan? Break, int Reason);

/// <summary>One agent's turns, as they follow from a seed.</summary>
internal sealed class AgentTurns(ulong seed)
{
    private readonly Prng _chance = new(seed);

    /// <summary>Mean length of a conversation.</summary>
    public static TimeSpan TalkMean { get; } = TimeSpan.FromSeconds(25);

    /// <summary>The shortest conversation: greeting and goodbye.</summary>
    public static TimeSpan TalkMin { get; } = TimeSpan.FromSeconds(6);

    /// <summary>The next turn.</summary>
    public AgentTurn Next()
    {
        var talks = _chance.NextLogNormal(TalkMean, 0.6);
        talks = talks < TalkMin ? TalkMin : talks;
        return new AgentTurn(
            _chance.NextChance(0.03),
            _chance.NextSeconds(1, 5),
            talks,
            _chance.NextChance(0.12) && talks > 2 * TalkMin ? talks / 2 : null,
            _chance.NextSeconds(4, 12),
            _chance.NextSeconds(2, 7),
            _chance.NextChance(0.7) ? 0 : 1 + _chance.NextBelow(2),
            _chance.NextChance(0.1) ? _chance.NextSeconds(15, 60) : null,
            _chance.NextBelow(1_000));
    }
}
