using System.Security.Cryptography;
using System.Text;

namespace Plateau.Sip.Auth;

/// <summary>The arithmetic of digests: RFC 7616 §3.4.1 to §3.4.3.</summary>
internal static class DigestProof
{
    /// <summary>HA1: the hash of user, realm and password; all a server needs to keep.</summary>
    public static string Ha1(DigestAlgorithm algorithm, string user, string realm, string password) =>
        Hash(algorithm, $"{user}:{realm}:{password}");

    /// <summary>The response field that these credentials should carry.</summary>
    public static string Of(DigestAuthorization credentials, string ha1, string method, ReadOnlySpan<byte> body)
    {
        var algorithm = credentials.Algorithm;
        var ha2 = Hash(algorithm, credentials.Qop == "auth-int"
            ? $"{method}:{credentials.Uri}:{HashBytes(algorithm, body)}"
            : $"{method}:{credentials.Uri}");
        return Hash(algorithm, credentials.Qop is null
            ? $"{ha1}:{credentials.Nonce}:{ha2}"
            : $"{ha1}:{credentials.Nonce}:{credentials.NonceCount}:{credentials.Cnonce}:{credentials.Qop}:{ha2}");
    }

    /// <summary>Whether the proof is right, in a time that does not depend on where it is wrong.</summary>
    public static bool IsRight(DigestAuthorization credentials, string ha1, string method, ReadOnlySpan<byte> body) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Of(credentials, ha1, method, body)),
            Encoding.UTF8.GetBytes(credentials.Response.ToLowerInvariant()));

    private static string Hash(DigestAlgorithm algorithm, string text) =>
        HashBytes(algorithm, Encoding.UTF8.GetBytes(text));

    private static string HashBytes(DigestAlgorithm algorithm, ReadOnlySpan<byte> bytes) =>
        Convert.ToHexStringLower(algorithm == DigestAlgorithm.Sha256 ? SHA256.HashData(bytes) : MD5.HashData(bytes));
}
