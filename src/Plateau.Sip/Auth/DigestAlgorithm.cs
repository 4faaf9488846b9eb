using System.Diagnostics.CodeAnalysis;

namespace Plateau.Sip.Auth;

/// <summary>The hash of a digest; the stronger one has the greater number.</summary>
public enum DigestAlgorithm
{
    /// <summary>MD5, RFC 2617; what every phone knows.</summary>
    Md5,

    /// <summary>SHA-256, RFC 7616 and RFC 8760.</summary>
    Sha256,
}

/// <summary>The names of the algorithms in headers.</summary>
internal static class DigestAlgorithmNames
{
    /// <summary>MD5 or SHA-256.</summary>
    public static string Text(this DigestAlgorithm algorithm) =>
        algorithm == DigestAlgorithm.Sha256 ? "SHA-256" : "MD5";

    /// <summary>The algorithm of a header value; an absent one means MD5 (RFC 7616 §3.3). False for all
    /// others.</summary>
    public static bool TryParse(string? text, out DigestAlgorithm algorithm)
    {
        algorithm = "SHA-256".Equals(text, StringComparison.OrdinalIgnoreCase)
            ? DigestAlgorithm.Sha256
            : DigestAlgorithm.Md5;
        return text is null || algorithm == DigestAlgorithm.Sha256
            || text.Equals("MD5", StringComparison.OrdinalIgnoreCase);
    }
}
