using System.Diagnostics.CodeAnalysis;
using System.Text;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Auth;

/// <summary>The comma-separated fields after the word Digest; names without regard to case, values unquoted.</summary>
internal sealed class DigestFields
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The value; null when the field is absent.</summary>
    public string? Get(string name) => _values.GetValueOrDefault(name);

    /// <summary>Reads a header value; false when it is of another scheme, breaks the grammar or repeats a
    /// field.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DigestFields? fields)
    {
        fields = null;
        if (!text.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var result = new DigestFields();
        foreach (var part in SipText.SplitList(text[7..]))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0 || result._values.Count == Limits.ParameterCountMax)
            {
                return false;
            }

            var value = part[(equals + 1)..].Trim();
            var isBroken = value.StartsWith('"') && SipText.ClosingQuote(value) != value.Length - 1;
            if (isBroken || !result._values.TryAdd(part[..equals].Trim(), SipText.Unquote(value)))
            {
                return false;
            }
        }

        fields = result;
        return true;
    }

    /// <summary>Appends one field, unless its value is null.</summary>
    public static StringBuilder Append(StringBuilder text, string name, string? value, bool isQuoted = true) =>
        value is null
            ? text
            : text.Append(text.Length > 7 ? ", " : "").Append(name).Append('=')
                .Append(isQuoted ? SipText.Quote(value) : value);
}
