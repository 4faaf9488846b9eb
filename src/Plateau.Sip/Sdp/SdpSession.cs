namespace Plateau.Sip.Sdp;

/// <summary>Who made a description, and which version of it this is (RFC 8866 §5.2).</summary>
/// <param name="User">"-" when unknown.</param>
/// <param name="SessionId">A number unique for the maker.</param>
/// <param name="Version">Goes up by one with every change (RFC 3264 §8).</param>
/// <param name="Address">An address or name of the maker.</param>
public sealed record SdpOrigin(string User, string SessionId, string Version, string Address);

/// <summary>A session description.</summary>
/// <param name="Origin">The o= line.</param>
/// <param name="Media">The m= sections in order.</param>
/// <remarks>Source: RFC 8866 (RFC 4566 before it). Lines not interpreted survive reading and writing.</remarks>
public sealed record SdpSession(SdpOrigin Origin, IReadOnlyList<SdpMedia> Media)
{
    /// <summary>The s= line; "-" when there is no name.</summary>
    public string Name { get; init; } = "-";

    /// <summary>The address of the session's c= line; null when each stream has its own.</summary>
    public string? Address { get; init; }

    /// <summary>The first t= line; "0 0" for a session without end.</summary>
    public string Timing { get; init; } = "0 0";

    /// <summary>The a= lines before the first stream.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>The i=, u=, e=, p=, b=, r=, z=, k= and further t= lines before the first stream, in order.</summary>
    public IReadOnlyList<SdpLine> OtherLines { get; init; } = [];

    /// <summary>The address packets of a stream go to; null when none is written.</summary>
    public string? AddressOf(SdpMedia media) => media.Address ?? Address;

    /// <summary>
    /// The direction of a stream as its writer means it: its own, else the session's, else both ways; the address
    /// 0.0.0.0
    /// is the hold of RFC 2543 and takes receiving away (RFC 3264 §8.4).
    /// </summary>
    public SdpDirection DirectionOf(SdpMedia media)
    {
        var written = media.OwnDirection ?? SdpMedia.DirectionOf(Attributes) ?? SdpDirection.SendReceive;
        if (AddressOf(media) is not ("0.0.0.0" or "::"))
        {
            return written;
        }

        return written is SdpDirection.SendReceive or SdpDirection.SendOnly
            ? SdpDirection.SendOnly
            : SdpDirection.Inactive;
    }

    /// <summary>The value of an attribute of a stream or, failing that, of the session (as fingerprint and setup may
    /// stand in both); null when absent.</summary>
    public string? GetInherited(SdpMedia media, string name) =>
        media.Get(name) ?? (Find(Attributes, name) is { } found ? found.Value ?? "" : null);

    /// <summary>The first attribute of this name; null when absent.</summary>
    internal static SdpAttribute? Find(IReadOnlyList<SdpAttribute> attributes, string name)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Name == name)
            {
                return attribute;
            }
        }

        return null;
    }
}
