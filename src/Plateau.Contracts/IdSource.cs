namespace Plateau.Contracts;

/// <summary>Gives out numbers that are unique across nodes and restarts and that sort by time.</summary>
/// <param name="node">0 to 1,023: two sources that are alive at the same time never share it.</param>
/// <remarks>
/// 42 bits of milliseconds since 2020, 10 bits of node, 12 bits of sequence; the time is passed in, so a replay gives
/// the same numbers. More than 4,096 numbers in a millisecond borrow from the following ones.
/// </remarks>
public sealed class IdSource(int node)
{
    private const long EpochMicroseconds = 1_577_836_800_000_000;
    private readonly ulong _node = node is >= 0 and < 1024
        ? (ulong)node << 12
        : throw new ArgumentOutOfRangeException(nameof(node));

    private long _millisecond;
    private int _sequence;

    /// <summary>The next number; never 0.</summary>
    public ulong Next(Instant now)
    {
        var millisecond = Math.Max((now.Microseconds - EpochMicroseconds) / 1000, 0);
        if (millisecond > _millisecond)
        {
            _millisecond = millisecond;
            _sequence = 0;
        }
        else if (++_sequence == 4096)
        {
            _millisecond++;
            _sequence = 0;
        }

        return ((ulong)_millisecond << 22) | _node | (uint)_sequence | (_millisecond == 0 ? 1u << 21 : 0);
    }
}
