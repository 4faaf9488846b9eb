namespace Plateau.Sip.Auth;

/// <summary>The settings of a <see cref="DigestServer"/>.</summary>
/// <param name="Realm">Which passwords are asked for, such as the centre's domain.</param>
public sealed record DigestOptions(string Realm)
{
    /// <summary>How long a nonce holds; a phone that re-registers later is told stale and signs again.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The algorithms offered, the preferred one first (RFC 8760 §2.4).</summary>
    public IReadOnlyList<DigestAlgorithm> Algorithms { get; init; } = [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];

    /// <summary>Whether the uri field must mean the Request-URI; off behind proxies that rewrite it.</summary>
    public bool ChecksUri { get; init; } = true;
}
