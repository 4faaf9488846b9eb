namespace Plateau.Sip.Registration;

/// <summary>Binding times in seconds.</summary>
/// <remarks>Source: RFC 3261 §10.3 step 6.</remarks>
public sealed record RegistrarConfig
{
    /// <summary>Shorter wishes get 423 with Min-Expires; 60 s keeps NAT bindings fresh without a flood.</summary>
    public int ExpiresMinSeconds { get; init; } = 60;

    /// <summary>Longer wishes are cut to this.</summary>
    public int ExpiresMaxSeconds { get; init; } = 3_600;

    /// <summary>Granted when the phone does not say.</summary>
    public int ExpiresDefaultSeconds { get; init; } = 600;

    /// <summary>Devices of one account at a time; one more gets 403.</summary>
    public int BindingsPerAccountMax { get; init; } = 10;
}
