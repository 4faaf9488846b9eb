using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plateau.Sip.Messages;

/// <summary>One parameter of a header value or URI.</summary>
/// <param name="Name">The name as written; compared without regard to case.</param>
/// <param name="Value">The value as written, quotes included; null for a parameter without "=".</param>
public readonly record struct SipParameter(string Name, string? Value);

/// <summary>The parameters after a header value or inside a URI, in their order; immutable.</summary>
public sealed class SipParameters : IReadOnlyList<SipParameter>, IEquatable<SipParameters>
{
    private readonly SipParameter[] _items;

    private SipParameters(SipParameter[] items) => _items = items;

    /// <summary>No parameters.</summary>
    public static SipParameters Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public SipParameter this[int index] => _items[index];

    /// <summary>The parameters given, in that order.</summary>
    public static SipParameters Of(params ReadOnlySpan<SipParameter> items) =>
        items.IsEmpty ? Empty : new SipParameters(items.ToArray());

    /// <summary>Whether a parameter of this name is there, with or without a value.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>The value as written; "" for a parameter without value, null when the parameter is absent.</summary>
    public string? Get(string name)
    {
        var index = IndexOf(name);
        return index < 0 ? null : _items[index].Value ?? "";
    }

    /// <summary>The value with quotes and quoted-pairs undone; null when the parameter is absent.</summary>
    public string? GetUnquoted(string name) => Get(name) is { } value ? SipText.Unquote(value) : null;

    /// <summary>The value as a whole number from 0 to <paramref name="max"/>; null when absent or not that.</summary>
    public long? GetNumber(string name, long max) =>
        Get(name) is { } value && SipText.TryNumber(value, max, out var number) ? number : null;

    /// <summary>These parameters with one set: replaced in its place, or added at the end.</summary>
    public SipParameters With(string name, string? value = null)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return new SipParameters([.. _items, new SipParameter(name, value)]);
        }

        var items = (SipParameter[])_items.Clone();
        items[index] = new SipParameter(items[index].Name, value);
        return new SipParameters(items);
    }

    /// <summary>These parameters without any of this name.</summary>
    public SipParameters Without(string name) => IndexOf(name) < 0
        ? this
        : Of(Array.FindAll(_items, p => !p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    /// <inheritdoc/>
    public IEnumerator<SipParameter> GetEnumerator() => ((IEnumerable<SipParameter>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both hold the same parameters, as written and in the same order.</summary>
    public bool Equals(SipParameters? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipParameters);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The parameters with their leading semicolons.</summary>
    public override string ToString() =>
        _items.Length == 0 ? "" : AppendTo(new StringBuilder()).ToString();

    /// <summary>Parses *( SEMI generic-param ); white space around ";" and "=" is allowed, empty parameters are
    /// not.</summary>
    /// <param name="text">Empty, or text that starts with ";" after optional white space.</param>
    /// <param name="parameters">The parameters; null when the answer is false.</param>
    internal static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipParameters? parameters)
    {
        parameters = null;
        text = text.Trim();
        if (text.IsEmpty)
        {
            parameters = Empty;
            return true;
        }

        var items = new List<SipParameter>(4);
        while (!text.IsEmpty)
        {
            if (text[0] != ';' || items.Count == Limits.ParameterCountMax)
            {
                return false;
            }

            text = text[1..];
            var end = SipText.IndexOutside(text, ';');
            if (!TryParseOne(end < 0 ? text : text[..end], out var item))
            {
                return false;
            }

            items.Add(item);
            text = end < 0 ? default : text[end..];
        }

        parameters = new SipParameters(items.ToArray());
        return true;
    }

    /// <summary>Appends the parameters with their leading semicolons.</summary>
    internal StringBuilder AppendTo(StringBuilder text)
    {
        foreach (var item in _items)
        {
            text.Append(';').Append(item.Name);
            if (item.Value is not null)
            {
                text.Append('=').Append(item.Value);
            }
        }

        return text;
    }

    private static bool TryParseOne(ReadOnlySpan<char> text, out SipParameter item)
    {
        item = default;
        var equals = text.IndexOf('=');
        var name = (equals < 0 ? text : text[..equals]).Trim();
        if (!SipText.IsToken(name))
        {
            return false;
        }

        if (equals < 0)
        {
            item = new SipParameter(Intern(name), null);
            return true;
        }

        var value = text[(equals + 1)..].Trim();
        if (!IsValue(value))
        {
            return false;
        }

        item = new SipParameter(Intern(name), value.ToString());
        return true;
    }

    /// <summary>gen-value: token, host or quoted-string; lenient towards the marks that peers leave unquoted.</summary>
    private static bool IsValue(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return false;
        }

        return value[0] == '"'
            ? SipText.ClosingQuote(value) == value.Length - 1
            : value.IndexOfAny(" \t\",;<>") < 0;
    }

    private static string Intern(ReadOnlySpan<char> name) => name switch
    {
        "tag" => "tag",
        "branch" => "branch",
        "rport" => "rport",
        "received" => "received",
        "lr" => "lr",
        "expires" => "expires",
        "q" => "q",
        "transport" => "transport",
        _ => name.ToString(),
    };

    private int IndexOf(string name)
    {
        for (var i = 0; i < _items.Length; i++)
        {
            if (_items[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
