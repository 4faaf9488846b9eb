namespace Plateau.Sip;

/// <summary>Names one leg of a <see cref="SipEndpoint"/>: one INVITE dialog (or the forks of one) seen from
/// here.</summary>
/// <param name="Value">Counts up from 1 within one endpoint; 0 means "no leg".</param>
public readonly record struct SipLegId(long Value)
{
    /// <summary>Whether this names no leg.</summary>
    public bool IsNone => Value == 0;

    /// <summary>Such as "sip-17".</summary>
    public override string ToString() => $"sip-{Value}";
}
