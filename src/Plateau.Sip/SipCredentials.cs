namespace Plateau.Sip;

/// <summary>What we prove our identity with when a peer challenges us (401, 407).</summary>
/// <param name="UserName">The user name; its realm is that of the challenge.</param>
/// <param name="Password">The password in clear; never in logs.</param>
public sealed record SipCredentials(string UserName, string Password)
{
    /// <summary>The user name only.</summary>
    public override string ToString() => UserName;
}
