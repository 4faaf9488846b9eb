using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Plateau.Sip.Messages;

/// <summary>A sip, sips or tel URI taken apart; any other scheme is kept whole. Immutable.</summary>
/// <remarks>
/// Parts are kept as written, escapes included, so that a URI leaves as it came; <see cref="DecodedUser"/> undoes
/// them. Source: RFC 3261 §19.1 and §25.1, RFC 3966 for tel.
/// </remarks>
public sealed class SipUri : IEquatable<SipUri>
{
    private static readonly SearchValues<char> UserChars = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()&=+$,;?/");

    private static readonly SearchValues<char> UserOrPasswordChars = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()&=+$,;?/:%#");

    private static readonly SearchValues<char> HostChars = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    private static readonly SearchValues<char> ParameterChars = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()[]/:&+$%");

    private static readonly SearchValues<char> HeaderChars = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()[]/?:+$%=&,;");

    private string? _text;

    private SipUri(string scheme) => Scheme = scheme;

    /// <summary>The scheme in lower case: sip, sips, tel or another.</summary>
    public string Scheme { get; private init; }

    /// <summary>The user as written; for tel the number; null when there is none.</summary>
    public string? User { get; private init; }

    /// <summary>The password as written; null when there is none.</summary>
    public string? Password { get; private init; }

    /// <summary>Host name or address, IPv6 in brackets; empty for tel and unknown schemes.</summary>
    public string Host { get; private init; } = "";

    /// <summary>The port, 1 to 65535; 0 when none is written.</summary>
    public int Port { get; private init; }

    /// <summary>The parameters of the URI.</summary>
    public SipParameters Parameters { get; private init; } = SipParameters.Empty;

    /// <summary>The headers after "?" as written, without it; null when there are none.</summary>
    public string? Headers { get; private init; }

    /// <summary>What follows the colon of a URI of an unknown scheme; null for sip, sips and tel.</summary>
    public string? Opaque { get; private init; }

    /// <summary>Whether the scheme is sip or sips.</summary>
    public bool IsSip => Scheme is "sip" or "sips";

    /// <summary>Whether the scheme is sips.</summary>
    public bool IsSips => Scheme == "sips";

    /// <summary>Whether the scheme is tel.</summary>
    public bool IsTel => Scheme == "tel";

    /// <summary>The user with its escapes undone; null when there is none.</summary>
    public string? DecodedUser => SipText.Unescape(User);

    /// <summary>The transport parameter in lower case; null when absent.</summary>
    public string? Transport => Parameters.Get("transport")?.ToLowerInvariant();

    /// <summary>Whether the URI carries the loose-routing parameter lr (RFC 3261 §19.1.1).</summary>
    public bool IsLooseRouter => Parameters.Has("lr");

    /// <summary>A sip URI; the user is given unescaped and escaped here.</summary>
    /// <param name="user">Null for none.</param>
    /// <param name="host">Name or address; IPv6 in brackets.</param>
    /// <param name="port">0 for none.</param>
    public static SipUri Sip(string? user, string host, int port = 0) => new("sip")
    {
        User = user is null ? null : SipText.Escape(user, UserChars),
        Host = host,
        Port = port,
    };

    /// <summary>Parses a URI that must be right.</summary>
    /// <exception cref="FormatException">The text is not a URI.</exception>
    public static SipUri Parse(string text) =>
        TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not a URI");

    /// <summary>Parses a URI; false when the text breaks the grammar of its scheme.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var colon = text.IndexOf(':');
        if (colon <= 0 || !IsScheme(text[..colon]))
        {
            return false;
        }

        var rest = text[(colon + 1)..];
        return SchemeText(text[..colon]) switch
        {
            "sip" => TryParseSip("sip", rest, out uri),
            "sips" => TryParseSip("sips", rest, out uri),
            "tel" => TryParseTel(rest, out uri),
            var scheme => TryParseOpaque(scheme, rest, out uri),
        };
    }

    /// <summary>This URI with a parameter set.</summary>
    public SipUri WithParameter(string name, string? value = null) => Copy(Parameters.With(name, value), Headers);

    /// <summary>This URI without a parameter.</summary>
    public SipUri WithoutParameter(string name) => Copy(Parameters.Without(name), Headers);

    /// <summary>This URI without its headers part.</summary>
    public SipUri WithoutHeaders() => Copy(Parameters, null);

    /// <summary>This URI with another host and port (0 for none).</summary>
    public SipUri WithHost(string host, int port = 0) => new(Scheme)
    {
        User = User,
        Password = Password,
        Host = host,
        Port = port,
        Parameters = Parameters,
        Headers = Headers,
        Opaque = Opaque,
    };

    /// <summary>The headers after "?", names and values with escapes undone, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> DecodedHeaders()
    {
        if (Headers is null)
        {
            return [];
        }

        var result = new List<KeyValuePair<string, string>>();
        foreach (var header in Headers.Split('&', Limits.ParameterCountMax))
        {
            var equals = header.IndexOf('=');
            result.Add(equals < 0
                ? new(SipText.Unescape(header), "")
                : new(SipText.Unescape(header[..equals]), SipText.Unescape(header[(equals + 1)..])));
        }

        return result;
    }

    /// <summary>Whether both mean the same resource by the rules of RFC 3261 §19.1.4 (RFC 3966 §5 for tel).</summary>
    public bool IsEquivalentTo(SipUri other)
    {
        if (Scheme != other.Scheme || Port != other.Port || Opaque != other.Opaque)
        {
            return false;
        }

        if (IsTel)
        {
            return Digits(User) == Digits(other.User);
        }

        return string.Equals(DecodedUser, other.DecodedUser, StringComparison.Ordinal)
            && string.Equals(SipText.Unescape(Password), SipText.Unescape(other.Password), StringComparison.Ordinal)
            && Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase)
            && ParametersMatch(other) && other.ParametersMatch(this)
            && string.Equals(Headers, other.Headers, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether both are written alike; use <see cref="IsEquivalentTo"/> for the rules of the RFC.</summary>
    public bool Equals(SipUri? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipUri);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The URI as it is written on the wire, without angle brackets.</summary>
    public override string ToString() => _text ??= Write();

    private static bool TryParseSip(string scheme, ReadOnlySpan<char> rest, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var at = rest.IndexOf('@');
        string? user = null;
        string? password = null;
        if (at >= 0)
        {
            if (!TryParseUser(rest[..at], out user, out password))
            {
                return false;
            }

            rest = rest[(at + 1)..];
        }

        var question = rest.IndexOf('?');
        var headers = question < 0 ? default : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];
        var semicolon = rest.IndexOf(';');
        var hostPort = semicolon < 0 ? rest : rest[..semicolon];
        if (!TryParseHostPort(hostPort, out var host, out var port)
            || !TryParseParameters(semicolon < 0 ? default : rest[semicolon..], out var parameters)
            || (question >= 0 && !IsHeaders(headers)))
        {
            return false;
        }

        uri = new SipUri(scheme)
        {
            User = user,
            Password = password,
            Host = host,
            Port = port,
            Parameters = parameters,
            Headers = question < 0 ? null : headers.ToString(),
        };
        return true;
    }

    private static bool TryParseUser(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out string? user, out string? password)
    {
        user = null;
        password = null;
        if (text.ContainsAnyExcept(UserOrPasswordChars) || !SipText.HasValidEscapes(text))
        {
            return false;
        }

        var colon = text.IndexOf(':');
        if (colon == 0 || text.IsEmpty)
        {
            return false;
        }

        user = (colon < 0 ? text : text[..colon]).ToString();
        password = colon < 0 ? null : text[(colon + 1)..].ToString();
        return true;
    }

    /// <summary>Parses host [ ":" port ]; white space is not allowed.</summary>
    internal static bool TryParseHostPort(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out string? host, out int port)
    {
        host = null;
        port = 0;
        ReadOnlySpan<char> portText = default;
        var hostText = text;
        var colon = text.IsEmpty || text[0] != '[' ? text.IndexOf(':') : text.IndexOf("]:");
        if (colon >= 0)
        {
            colon += text[colon] == ']' ? 1 : 0;
            hostText = text[..colon];
            portText = text[(colon + 1)..];
            if (!SipText.TryNumber(portText, 65_535, out var number))
            {
                return false;
            }

            port = (int)number;
        }

        if (!IsHost(hostText))
        {
            return false;
        }

        host = hostText.ToString();
        return true;
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host.IsEmpty || host[0] != '[')
        {
            return !host.IsEmpty && !host.ContainsAnyExcept(HostChars);
        }

        return host[^1] == ']' && host.Length > 2 && System.Net.IPAddress.TryParse(host[1..^1], out var address)
            && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
    }

    private static bool TryParseParameters(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipParameters? parameters)
    {
        parameters = SipParameters.Empty;
        var items = new List<SipParameter>();
        while (!text.IsEmpty)
        {
            text = text[1..];
            var end = text.IndexOf(';');
            var one = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[end..];
            var equals = one.IndexOf('=');
            var name = equals < 0 ? one : one[..equals];
            var value = equals < 0 ? default : one[(equals + 1)..];
            if (!IsParameterText(name) || (equals >= 0 && !IsParameterText(value))
                || items.Count == Limits.ParameterCountMax)
            {
                return false;
            }

            items.Add(new SipParameter(name.ToString(), equals < 0 ? null : value.ToString()));
        }

        parameters = items.Count == 0 ? SipParameters.Empty : SipParameters.Of([.. items]);
        return true;
    }

    private static bool IsParameterText(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(ParameterChars) && SipText.HasValidEscapes(text);

    private static bool IsHeaders(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(HeaderChars) && SipText.HasValidEscapes(text);

    private static bool TryParseTel(ReadOnlySpan<char> rest, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var semicolon = rest.IndexOf(';');
        var number = semicolon < 0 ? rest : rest[..semicolon];
        if (number.IsEmpty || number.ContainsAnyExcept("+0123456789-.()*#ABCDabcdPpWw")
            || !TryParseParameters(semicolon < 0 ? default : rest[semicolon..], out var parameters))
        {
            return false;
        }

        uri = new SipUri("tel") { User = number.ToString(), Parameters = parameters };
        return true;
    }

    private static bool TryParseOpaque(string scheme, ReadOnlySpan<char> rest, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        if (rest.IsEmpty)
        {
            return false;
        }

        foreach (var c in rest)
        {
            if (c <= ' ' || c >= '\u007f' || c is '<' or '>' or '"')
            {
                return false;
            }
        }

        uri = new SipUri(scheme) { Opaque = rest.ToString() };
        return true;
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(text[0]);
    }

    private static string SchemeText(ReadOnlySpan<char> text) => text switch
    {
        "sip" => "sip",
        "sips" => "sips",
        "tel" => "tel",
        _ => text.ToString().ToLowerInvariant(),
    };

    private static string Digits(string? number) =>
        string.Concat((number ?? "").Where(c => c is not ('-' or '.' or '(' or ')'))).ToLowerInvariant();

    /// <summary>user, ttl, method, maddr and transport must be in both or neither; others match where both have
    /// them.</summary>
    private bool ParametersMatch(SipUri other)
    {
        foreach (var parameter in Parameters)
        {
            var theirs = other.Parameters.Get(parameter.Name);
            var mustBeInBoth = parameter.Name.ToLowerInvariant() is "user" or "ttl" or "method" or "maddr" or "transport";
            if (theirs is null
                ? mustBeInBoth
                : !string.Equals(theirs, parameter.Value ?? "", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private SipUri Copy(SipParameters parameters, string? headers) => new(Scheme)
    {
        User = User,
        Password = Password,
        Host = Host,
        Port = Port,
        Parameters = parameters,
        Headers = headers,
        Opaque = Opaque,
    };

    private string Write()
    {
        var text = new StringBuilder(64).Append(Scheme).Append(':');
        if (Opaque is not null)
        {
            return text.Append(Opaque).ToString();
        }

        text.Append(User);
        if (Password is not null)
        {
            text.Append(':').Append(Password);
        }

        if (User is not null && !IsTel)
        {
            text.Append('@');
        }

        text.Append(Host);
        if (Port != 0)
        {
            text.Append(':').Append(Port.ToString(CultureInfo.InvariantCulture));
        }

        Parameters.AppendTo(text);
        return Headers is null ? text.ToString() : text.Append('?').Append(Headers).ToString();
    }
}
