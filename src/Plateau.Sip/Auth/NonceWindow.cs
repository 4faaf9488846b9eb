using Plateau.Contracts;

namespace Plateau.Sip.Auth;

/// <summary>Remembers which counts of which nonces were used, in bounded memory, so that no request is taken
/// twice.</summary>
/// <remarks>Counts may arrive out of order within 64 of the greatest, as datagrams do.</remarks>
internal sealed class NonceWindow
{
    private const int WindowWidth = 64;

    private readonly Dictionary<string, LinkedListNode<Entry>> _byNonce = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _oldestFirst = new();
    private readonly int _capacity;
    private Instant _forgottenUpTo = new(long.MinValue);

    public NonceWindow(int capacity) => _capacity = capacity;

    /// <summary>Whether a nonce may have been used and forgotten since, so that it must not be taken any
    /// more.</summary>
    public bool MayBeForgotten(string nonce, Instant made) => made <= _forgottenUpTo && !_byNonce.ContainsKey(nonce);

    /// <summary>Takes a count once; false when it was taken before.</summary>
    public bool TryTake(string nonce, Instant made, uint count)
    {
        if (!_byNonce.TryGetValue(nonce, out var node))
        {
            Remember(nonce, made, count);
            return true;
        }

        var entry = node.Value;
        if (count > entry.Greatest)
        {
            var shift = count - entry.Greatest;
            entry.Seen = (shift >= WindowWidth ? 0 : entry.Seen << (int)shift) | 1;
            entry.Greatest = count;
            return true;
        }

        var back = entry.Greatest - count;
        var bit = back < WindowWidth ? 1UL << (int)back : 0;
        if (bit == 0 || (entry.Seen & bit) != 0)
        {
            return false;
        }

        entry.Seen |= bit;
        return true;
    }

    private void Remember(string nonce, Instant made, uint count)
    {
        if (_byNonce.Count == _capacity)
        {
            var oldest = _oldestFirst.First!.Value;
            _oldestFirst.RemoveFirst();
            _byNonce.Remove(oldest.Nonce);
            _forgottenUpTo = Instant.Max(_forgottenUpTo, oldest.Made);
        }

        _byNonce[nonce] = _oldestFirst.AddLast(new Entry(nonce, made) { Greatest = count, Seen = 1 });
    }

    private sealed class Entry(string nonce, Instant made)
    {
        public string Nonce { get; } = nonce;

        public Instant Made { get; } = made;

        public uint Greatest { get; set; }

        public ulong Seen { get; set; }
    }
}
