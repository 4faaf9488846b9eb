namespace Plateau.Sip.Messages;

/// <summary>The value of a Call-ID header; not to be confused with the id of a call of ours.</summary>
/// <param name="Value">The word as it came, compared case-sensitively: RFC 3261 §20.8.</param>
public readonly record struct SipCallId(string Value)
{
    /// <summary>The header value.</summary>
    public override string ToString() => Value ?? "";
}
