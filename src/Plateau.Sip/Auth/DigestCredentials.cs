namespace Plateau.Sip.Auth;

/// <summary>What a client proves its identity with when it is challenged.</summary>
/// <param name="UserName">The user name; its realm is that of the challenge.</param>
/// <param name="Password">The password in clear, never written to logs.</param>
public sealed record DigestCredentials(string UserName, string Password)
{
    /// <summary>The user name only.</summary>
    public override string ToString() => UserName;
}
