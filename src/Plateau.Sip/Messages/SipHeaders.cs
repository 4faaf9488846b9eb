using System.Collections;

namespace Plateau.Sip.Messages;

/// <summary>
/// The header fields of a message in their order, unknown ones included. Via, Route, Record-Route, Contact and the
/// other lists of addresses hold one value per entry, however they were written.
/// </summary>
/// <remarks>
/// Typed properties parse on first use and remember the answer until the headers change. A typed property answers
/// null when the header is absent or breaks its grammar; <c>SipParser</c> lets no message through whose
/// From, To, Call-ID, CSeq, Via, Contact or routes do.
/// </remarks>
public sealed partial class SipHeaders : IReadOnlyList<SipHeader>
{
    private readonly List<SipHeader> _entries;

    /// <summary>No headers yet.</summary>
    public SipHeaders() => _entries = new List<SipHeader>(20);

    private SipHeaders(List<SipHeader> entries) => _entries = entries;

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public SipHeader this[int index] => _entries[index];

    /// <summary>Appends a header.</summary>
    /// <exception cref="ArgumentException">The value contains CR or LF: text from outside must not smuggle
    /// headers in.</exception>
    public void Add(SipHeaderName name, string value)
    {
        ThrowIfUnsafe(value);
        _entries.Add(new SipHeader(name, value));
        Forget();
    }

    /// <summary>Adds a header before the first one of its name, or before all when there is none.</summary>
    public void AddFirst(SipHeaderName name, string value)
    {
        ThrowIfUnsafe(value);
        _entries.Insert(Math.Max(0, IndexOf(name)), new SipHeader(name, value));
        Forget();
    }

    /// <summary>Makes this the only header of its name, in the place of the first; null removes all.</summary>
    public void Set(SipHeaderName name, string? value)
    {
        if (value is null)
        {
            Remove(name);
            return;
        }

        ThrowIfUnsafe(value);
        var index = IndexOf(name);
        if (index < 0)
        {
            Add(name, value);
            return;
        }

        _entries[index] = new SipHeader(name, value);
        for (var i = _entries.Count - 1; i > index; i--)
        {
            if (_entries[i].Name == name)
            {
                _entries.RemoveAt(i);
            }
        }

        Forget();
    }

    /// <summary>Makes these the only headers of their name, in the place of the first.</summary>
    public void SetAll(SipHeaderName name, IEnumerable<string> values)
    {
        var index = IndexOf(name);
        Remove(name);
        index = index < 0 ? _entries.Count : index;
        foreach (var value in values)
        {
            ThrowIfUnsafe(value);
            _entries.Insert(index++, new SipHeader(name, value));
        }
    }

    /// <summary>Removes every header of this name; says whether there was one.</summary>
    public bool Remove(SipHeaderName name)
    {
        var removed = _entries.RemoveAll(entry => entry.Name == name) > 0;
        Forget();
        return removed;
    }

    /// <summary>Removes the first header of this name; says whether there was one.</summary>
    public bool RemoveFirst(SipHeaderName name)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return false;
        }

        _entries.RemoveAt(index);
        Forget();
        return true;
    }

    /// <summary>The value of the first header of this name; null when there is none.</summary>
    public string? Get(SipHeaderName name)
    {
        var index = IndexOf(name);
        return index < 0 ? null : _entries[index].Value;
    }

    /// <summary>The values of all headers of this name, in order.</summary>
    public IReadOnlyList<string> GetAll(SipHeaderName name)
    {
        var values = new List<string>();
        foreach (var entry in _entries)
        {
            if (entry.Name == name)
            {
                values.Add(entry.Value);
            }
        }

        return values;
    }

    /// <summary>Whether a header of this name is there.</summary>
    public bool Has(SipHeaderName name) => IndexOf(name) >= 0;

    /// <summary>How many headers of this name there are.</summary>
    public int CountOf(SipHeaderName name)
    {
        var count = 0;
        foreach (var entry in _entries)
        {
            count += entry.Name == name ? 1 : 0;
        }

        return count;
    }

    /// <summary>Appends every header of this name that the other message carries, verbatim.</summary>
    public void CopyFrom(SipHeaders other, SipHeaderName name)
    {
        foreach (var entry in other._entries)
        {
            if (entry.Name == name)
            {
                _entries.Add(entry);
            }
        }

        Forget();
    }

    /// <summary>The same headers, independent of these.</summary>
    public SipHeaders Clone() => new(new List<SipHeader>(_entries));

    /// <inheritdoc/>
    public IEnumerator<SipHeader> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Appends a header whose value the parser has already checked.</summary>
    internal void AddParsed(SipHeaderName name, string value) => _entries.Add(new SipHeader(name, value));

    /// <summary>Refuses line ends; other controls may stand in quoted-pairs (RFC 4475 §3.1.1.2).</summary>
    private static void ThrowIfUnsafe(string value)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw new ArgumentException("A header value must not contain line ends", nameof(value));
        }
    }

    private int IndexOf(SipHeaderName name)
    {
        var entries = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries);
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
