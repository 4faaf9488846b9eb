namespace Plateau.Sip.Sdp;

/// <summary>What is wrong with a session description.</summary>
public enum SdpError
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>No bytes.</summary>
    Empty,

    /// <summary>A limit of <see cref="Limits"/> was reached.</summary>
    TooLarge,

    /// <summary>It does not begin with v=0.</summary>
    UnsupportedVersion,

    /// <summary>A line is not of the form x=value.</summary>
    MalformedLine,

    /// <summary>The o= line is absent or does not have six fields.</summary>
    MalformedOrigin,

    /// <summary>A c= line is not "IN IP4 address" or "IN IP6 address".</summary>
    MalformedConnection,

    /// <summary>An m= line lacks kind, port, protocol or formats, or its port is no number up to 65535.</summary>
    MalformedMedia,

    /// <summary>A stream in use has no address, neither its own nor the session's.</summary>
    MissingConnection,
}
