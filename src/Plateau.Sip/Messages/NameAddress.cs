using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plateau.Sip.Messages;

/// <summary>A party as From, To, Contact, Route and their like write it: display name, URI and parameters.</summary>
/// <param name="DisplayName">The name with quotes and quoted-pairs undone; null when there is none.</param>
/// <param name="Uri">The address.</param>
/// <param name="Parameters">The parameters of the header value, after the closing bracket.</param>
/// <remarks>Source: RFC 3261 §20.10 and §25.1 (name-addr / addr-spec).</remarks>
public sealed record NameAddress(string? DisplayName, SipUri Uri, SipParameters Parameters)
{
    /// <summary>An address without display name and parameters.</summary>
    public NameAddress(SipUri uri)
        : this(null, uri, SipParameters.Empty)
    {
    }

    /// <summary>The tag parameter; null when absent.</summary>
    public string? Tag => Parameters.Get("tag");

    /// <summary>This address with a tag, replacing one that is there.</summary>
    public NameAddress WithTag(string tag) => WithParameter("tag", tag);

    /// <summary>This address with a parameter set.</summary>
    public NameAddress WithParameter(string name, string? value = null) =>
        this with { Parameters = Parameters.With(name, value) };

    /// <summary>This address without a parameter.</summary>
    public NameAddress WithoutParameter(string name) => this with { Parameters = Parameters.Without(name) };

    /// <summary>Parses an address that must be right.</summary>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static NameAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an address");

    /// <summary>Parses one header value; false when it breaks the grammar.</summary>
    /// <remarks>
    /// Lenient where RFC 4475 allows it: a display name of other than tokens is taken as it is (§3.1.2.15) and white
    /// space inside the brackets is skipped (§3.1.2.14). Strict where meaning would be guessed: a URI with headers
    /// outside brackets is refused (§3.1.2.13).
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out NameAddress? address)
    {
        address = null;
        text = text.Trim();
        string? display = null;
        if (!text.IsEmpty && text[0] == '"')
        {
            var close = SipText.ClosingQuote(text);
            if (close < 0)
            {
                return false;
            }

            display = SipText.Unquote(text[..(close + 1)].ToString());
            text = text[(close + 1)..].TrimStart();
            if (text.IsEmpty || text[0] != '<')
            {
                return false;
            }
        }

        var open = text.IndexOf('<');
        return open < 0 ? TryParseBare(text, out address) : TryParseBracketed(text, open, display, out address);
    }

    /// <summary>The header value as written on the wire; the URI is always in brackets.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(96);
        if (DisplayName is not null)
        {
            text.Append(SipText.Quote(DisplayName)).Append(' ');
        }

        text.Append('<').Append(Uri).Append('>');
        return Parameters.AppendTo(text).ToString();
    }

    private static bool TryParseBracketed(
        ReadOnlySpan<char> text, int open, string? quoted, [NotNullWhen(true)] out NameAddress? address)
    {
        address = null;
        var length = text[open..].IndexOf('>');
        var plain = text[..open].Trim();
        if (length < 0 || plain.Contains('"') || plain.Contains(';'))
        {
            return false;
        }

        if (!SipUri.TryParse(text.Slice(open + 1, length - 1).Trim(), out var uri)
            || !SipParameters.TryParse(text[(open + length + 1)..], out var parameters))
        {
            return false;
        }

        address = new NameAddress(quoted ?? (plain.IsEmpty ? null : plain.ToString()), uri, parameters);
        return true;
    }

    /// <summary>Without brackets, what follows the first semicolon belongs to the header: RFC 3261 §20.10.</summary>
    private static bool TryParseBare(ReadOnlySpan<char> text, [NotNullWhen(true)] out NameAddress? address)
    {
        address = null;
        var semicolon = text.IndexOf(';');
        var uriText = (semicolon < 0 ? text : text[..semicolon]).Trim();
        if (uriText.IndexOfAny('?', ',') >= 0
            || !SipUri.TryParse(uriText, out var uri)
            || !SipParameters.TryParse(semicolon < 0 ? default : text[semicolon..], out var parameters))
        {
            return false;
        }

        address = new NameAddress(null, uri, parameters);
        return true;
    }
}
