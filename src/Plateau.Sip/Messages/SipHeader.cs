namespace Plateau.Sip.Messages;

/// <summary>One header field.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, unfolded and trimmed; never contains CR or LF.</param>
public readonly record struct SipHeader(SipHeaderName Name, string Value)
{
    /// <summary>The field as written on the wire, without its line end.</summary>
    public override string ToString() => $"{Name}: {Value}";
}
