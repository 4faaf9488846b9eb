namespace Plateau.Sip.Auth;

/// <summary>What a server keeps of an account's password: the HA1 of each algorithm, never the password
/// itself.</summary>
/// <param name="Ha1Md5">32 lower-case hexadecimal digits.</param>
/// <param name="Ha1Sha256">64 lower-case hexadecimal digits.</param>
public sealed record DigestSecret(string Ha1Md5, string Ha1Sha256)
{
    /// <summary>The secret of a user in a realm.</summary>
    public static DigestSecret Of(string user, string realm, string password) => new(
        DigestProof.Ha1(DigestAlgorithm.Md5, user, realm, password),
        DigestProof.Ha1(DigestAlgorithm.Sha256, user, realm, password));

    /// <summary>The HA1 of an algorithm.</summary>
    internal string Ha1(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? Ha1Sha256 : Ha1Md5;

    /// <summary>Says nothing, so that no log repeats it.</summary>
    public override string ToString() => "DigestSecret";
}
