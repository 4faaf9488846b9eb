using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plateau.Sip.Auth;

/// <summary>The value of a WWW-Authenticate or Proxy-Authenticate header.</summary>
/// <param name="Realm">Which passwords are asked for.</param>
/// <param name="Nonce">The server's word, returned as it is.</param>
/// <param name="Algorithm">The hash to use.</param>
/// <remarks>Source: RFC 7616 §3.3, RFC 8760 §2.</remarks>
public sealed record DigestChallenge(string Realm, string Nonce, DigestAlgorithm Algorithm)
{
    /// <summary>Qualities of protection offered, such as auth and auth-int; empty is RFC 2069.</summary>
    public IReadOnlyList<string> Qops { get; init; } = [];

    /// <summary>A word to return as it is; null when absent.</summary>
    public string? Opaque { get; init; }

    /// <summary>Whether only the nonce was too old, so that the password need not be asked for again.</summary>
    public bool IsStale { get; init; }

    /// <summary>Reads a header value; false for other schemes, unknown algorithms and broken grammar.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DigestChallenge? challenge)
    {
        challenge = null;
        if (!DigestFields.TryParse(text, out var fields)
            || fields.Get("realm") is not { } realm
            || fields.Get("nonce") is not { } nonce
            || !DigestAlgorithmNames.TryParse(fields.Get("algorithm"), out var algorithm))
        {
            return false;
        }

        challenge = new DigestChallenge(realm, nonce, algorithm)
        {
            Qops = (fields.Get("qop") ?? "").ToLowerInvariant()
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Opaque = fields.Get("opaque"),
            IsStale = "true".Equals(fields.Get("stale"), StringComparison.OrdinalIgnoreCase),
        };
        return true;
    }

    /// <summary>The header value.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("Digest ");
        DigestFields.Append(text, "realm", Realm);
        DigestFields.Append(text, "nonce", Nonce);
        DigestFields.Append(text, "opaque", Opaque);
        DigestFields.Append(text, "algorithm", Algorithm.Text(), isQuoted: false);
        DigestFields.Append(text, "qop", Qops.Count == 0 ? null : string.Join(',', Qops));
        return DigestFields.Append(text, "stale", IsStale ? "true" : null, isQuoted: false).ToString();
    }
}
