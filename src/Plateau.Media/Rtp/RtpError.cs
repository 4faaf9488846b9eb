namespace Plateau.Media.Rtp;

/// <summary>Why bytes are not an RTP packet.</summary>
public enum RtpError
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>Fewer than the 12 bytes of the fixed header.</summary>
    TooShort,

    /// <summary>More than <see cref="Limits.PacketBytesMax"/> bytes.</summary>
    TooLong,

    /// <summary>Version is not 2.</summary>
    WrongVersion,

    /// <summary>The list of contributing sources runs beyond the end.</summary>
    CsrcTruncated,

    /// <summary>The header extension runs beyond the end.</summary>
    ExtensionTruncated,

    /// <summary>Padding length is 0 or more than what is left.</summary>
    PaddingInvalid,
}
