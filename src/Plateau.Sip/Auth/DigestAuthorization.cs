using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plateau.Sip.Auth;

/// <summary>The value of an Authorization or Proxy-Authorization header.</summary>
/// <param name="Username">Who wants in.</param>
/// <param name="Realm">As challenged.</param>
/// <param name="Nonce">As challenged.</param>
/// <param name="Uri">The Request-URI as the client sent it.</param>
/// <param name="Response">The proof, lower-case hexadecimal.</param>
/// <remarks>Source: RFC 7616 §3.4.</remarks>
public sealed record DigestAuthorization(string Username, string Realm, string Nonce, string Uri, string Response)
{
    /// <summary>The hash used.</summary>
    public DigestAlgorithm Algorithm { get; init; }

    /// <summary>auth or auth-int; null is RFC 2069.</summary>
    public string? Qop { get; init; }

    /// <summary>The client's own word; null without qop.</summary>
    public string? Cnonce { get; init; }

    /// <summary>How many requests were signed with this nonce, eight hexadecimal digits; null without qop.</summary>
    public string? NonceCount { get; init; }

    /// <summary>As challenged; null when absent.</summary>
    public string? Opaque { get; init; }

    /// <summary>Reads a header value; false for other schemes, unknown algorithms and broken grammar.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DigestAuthorization? credentials)
    {
        credentials = null;
        if (!DigestFields.TryParse(text, out var fields)
            || fields.Get("username") is not { } username
            || fields.Get("realm") is not { } realm
            || fields.Get("nonce") is not { } nonce
            || fields.Get("uri") is not { } uri
            || fields.Get("response") is not { } response
            || !DigestAlgorithmNames.TryParse(fields.Get("algorithm"), out var algorithm))
        {
            return false;
        }

        credentials = new DigestAuthorization(username, realm, nonce, uri, response)
        {
            Algorithm = algorithm,
            Qop = fields.Get("qop")?.ToLowerInvariant(),
            Cnonce = fields.Get("cnonce"),
            NonceCount = fields.Get("nc"),
            Opaque = fields.Get("opaque"),
        };
        return (credentials.Qop is null) == (credentials.NonceCount is null)
            && (credentials.Qop is null || credentials.Cnonce is not null);
    }

    /// <summary>The header value.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("Digest ");
        DigestFields.Append(text, "username", Username);
        DigestFields.Append(text, "realm", Realm);
        DigestFields.Append(text, "nonce", Nonce);
        DigestFields.Append(text, "uri", Uri);
        DigestFields.Append(text, "response", Response);
        DigestFields.Append(text, "algorithm", Algorithm.Text(), isQuoted: false);
        DigestFields.Append(text, "cnonce", Cnonce);
        DigestFields.Append(text, "opaque", Opaque);
        DigestFields.Append(text, "qop", Qop, isQuoted: false);
        return DigestFields.Append(text, "nc", NonceCount, isQuoted: false).ToString();
    }
}
