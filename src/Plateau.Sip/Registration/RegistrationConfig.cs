using Plateau.Sip.Auth;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Registration;

/// <summary>A registration of ours with a provider's registrar.</summary>
/// <param name="Name">Names it in outputs: the trunk.</param>
/// <param name="Registrar">The Request-URI: the provider's domain.</param>
/// <param name="Address">The address of record to register, such as sip:account@domain.</param>
/// <param name="Flow">The way to the registrar.</param>
public sealed record RegistrationConfig(string Name, SipUri Registrar, SipUri Address, SipFlow Flow)
{
    /// <summary>For 401 and 407; null when none is asked for.</summary>
    public DigestCredentials? Credentials { get; init; }

    /// <summary>The time asked for, in seconds.</summary>
    public int ExpiresSeconds { get; init; } = 600;
}
