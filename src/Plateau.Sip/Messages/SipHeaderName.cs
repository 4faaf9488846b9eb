using System.Collections.Frozen;

namespace Plateau.Sip.Messages;

/// <summary>The name of a header field: one object per known name, so that known names compare by reference.</summary>
/// <remarks>Names are compared without regard to case, and a compact form equals its long form (RFC 3261
/// §7.3).</remarks>
public sealed partial class SipHeaderName : IEquatable<SipHeaderName>
{
    private static int s_singleCount;

    private SipHeaderName(string text, Shape shape, string? compact = null)
    {
        Text = text;
        ValueShape = shape;
        Compact = compact;
        SingleBit = shape == Shape.Single ? 1UL << s_singleCount++ : 0;
    }

    /// <summary>How the values of a header may be arranged.</summary>
    internal enum Shape
    {
        /// <summary>Commas have no meaning known here.</summary>
        Opaque,

        /// <summary>Exactly one value in a message.</summary>
        Single,

        /// <summary>A comma-separated list.</summary>
        List,

        /// <summary>A comma-separated list whose values are stored as one header each.</summary>
        SplitList,
    }

    /// <summary>The name as written: in the RFC's spelling when known, else as it came.</summary>
    public string Text { get; }

    /// <summary>The one-letter form; null when there is none.</summary>
    public string? Compact { get; }

    /// <summary>Whether this name is one of those declared here.</summary>
    public bool IsKnown { get; private init; } = true;

    /// <summary>Whether a message may carry the header once only, with one value (RFC 3261 §7.3.1, table 2).</summary>
    public bool IsSingle => ValueShape == Shape.Single;

    /// <summary>How values may be arranged.</summary>
    internal Shape ValueShape { get; }

    /// <summary>One bit per single-valued name, to see a second one in one pass; 0 for the others.</summary>
    internal ulong SingleBit { get; }

    /// <summary>The name with this text in any case, long or compact; a new one when it is not known.</summary>
    public static SipHeaderName Of(ReadOnlySpan<char> text) => Lookup.BySpan.TryGetValue(text, out var known)
        ? known
        : new SipHeaderName(text.ToString(), Shape.Opaque) { IsKnown = false };

    /// <summary>Whether both name the same header.</summary>
    public static bool operator ==(SipHeaderName? left, SipHeaderName? right) =>
        ReferenceEquals(left, right)
        || (left is { IsKnown: false } && right is { IsKnown: false } && left.Equals(right));

    /// <summary>Whether the two name different headers.</summary>
    public static bool operator !=(SipHeaderName? left, SipHeaderName? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(SipHeaderName? other) => ReferenceEquals(this, other)
        || (other is not null && !IsKnown && !other.IsKnown && Text.Equals(other.Text, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipHeaderName);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.OrdinalIgnoreCase);

    /// <summary>The name as written.</summary>
    public override string ToString() => Text;

    /// <summary>Apart, so that it is filled after all the names of the other part exist.</summary>
    private static class Lookup
    {
        public static readonly FrozenDictionary<string, SipHeaderName>.AlternateLookup<ReadOnlySpan<char>> BySpan =
            KnownNames
                .Select(name => KeyValuePair.Create(name.Text, name))
                .Concat(KnownNames.Where(name => name.Compact is not null)
                    .Select(name => KeyValuePair.Create(name.Compact!, name)))
                .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase)
                .GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
