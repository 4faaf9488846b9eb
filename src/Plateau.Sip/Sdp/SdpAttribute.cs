namespace Plateau.Sip.Sdp;

/// <summary>One a= line.</summary>
/// <param name="Name">What stands before the colon; compared case-sensitively (RFC 8866 §5.13).</param>
/// <param name="Value">What stands after it; null for a property attribute.</param>
public readonly record struct SdpAttribute(string Name, string? Value = null)
{
    /// <summary>The line without "a=".</summary>
    public override string ToString() => Value is null ? Name : $"{Name}:{Value}";
}

/// <summary>A line this project does not interpret, kept so that it survives.</summary>
/// <param name="Type">The letter before "=".</param>
/// <param name="Value">What stands after it.</param>
public readonly record struct SdpLine(char Type, string Value);

/// <summary>In which direction a stream flows, seen from whoever wrote it (RFC 3264 §5.1).</summary>
public enum SdpDirection
{
    /// <summary>Both ways; also when nothing is written.</summary>
    SendReceive,

    /// <summary>The writer only sends: its music, or it holds us.</summary>
    SendOnly,

    /// <summary>The writer only receives.</summary>
    ReceiveOnly,

    /// <summary>Neither.</summary>
    Inactive,
}
