using System.Text;
using Plateau.Contracts;

namespace Plateau.Core;

/// <summary>Sums up a state in 64 bits, so that a replay can be compared with what it repeats.</summary>
/// <remarks>Not for secrets. Source: FNV-1a by Fowler, Noll and Vo, over words instead of bytes, with a final
/// mix.</remarks>
internal struct StateHash
{
    private ulong _value;

    public StateHash() => _value = 0xCBF29CE484222325;

    internal readonly ulong Value => _value;

    internal void Add(ulong word)
    {
        unchecked
        {
            _value = (_value ^ word) * 0x00000100000001B3;
            _value ^= _value >> 29;
        }
    }

    internal void Add(long word) => Add(unchecked((ulong)word));

    internal void Add(int word) => Add(unchecked((ulong)word));

    internal void Add(bool word) => Add(word ? 1UL : 0UL);

    internal void Add(Instant instant) => Add(instant.Microseconds);

    internal void Add(double number) => Add(BitConverter.DoubleToUInt64Bits(number));

    internal void Add(string? text)
    {
        foreach (var rune in (text ?? string.Empty).EnumerateRunes())
        {
            Add(rune.Value);
        }

        Add(0xFFUL);
    }
}
