using Plateau.Sip.Messages;

namespace Plateau.Sip.Parsing;

/// <summary>What an element that answers requests understands; <see cref="SipTreatment"/> refuses the rest.</summary>
public sealed record SipCapabilities
{
    /// <summary>Methods taken; null takes all, so that whoever comes next decides.</summary>
    public IReadOnlyList<SipMethod>? Methods { get; init; }

    /// <summary>Option tags understood in Require.</summary>
    public IReadOnlyList<string> OptionTags { get; init; } = ["100rel", "timer", "replaces", "norefersub"];

    /// <summary>Schemes of a Request-URI, in lower case.</summary>
    public IReadOnlyList<string> Schemes { get; init; } = ["sip", "sips", "tel"];

    /// <summary>Types of the body of an INVITE, UPDATE, PRACK or ACK, in lower case.</summary>
    public IReadOnlyList<string> SessionContentTypes { get; init; } = ["application/sdp", "multipart/mixed"];

    /// <summary>What a user agent of this house understands, any method.</summary>
    public static SipCapabilities Default { get; } = new();
}
