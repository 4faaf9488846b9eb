namespace Plateau.Sip;

/// <summary>What this project accepts at most; reaching a limit is a named outcome, never an exception.</summary>
/// <remarks>Each constant carries its unit and its reason. Times of the protocol (T1, T2, T4) are not limits and live
/// with the transactions.</remarks>
public static class Limits
{
    /// <summary>Bytes of one message. A UDP datagram cannot carry more, and no honest INVITE comes near it.</summary>
    public const int MessageBytesMax = 65_535;

    /// <summary>Bytes of the start line. RFC 4475 §3.1.1.7 sends 300; 8 KiB is what web servers allow.</summary>
    public const int StartLineBytesMax = 8_192;

    /// <summary>Header fields of one message, list values counted singly. RFC 4475 §3.1.1.7 sends about 40.</summary>
    public const int HeaderCountMax = 256;

    /// <summary>Bytes of one header field with its folded lines; an Identity header (RFC 8224) takes about 1
    /// KiB.</summary>
    public const int HeaderBytesMax = 8_192;

    /// <summary>Bytes from the first header to the empty line, so that a stream cannot feed headers for ever.</summary>
    public const int HeaderSectionBytesMax = 32_768;

    /// <summary>Parameters of one header value or URI; honest ones carry fewer than ten.</summary>
    public const int ParameterCountMax = 64;

    /// <summary>Proxies a message may have crossed. RFC 3261 §8.1.1.6 starts Max-Forwards at 70.</summary>
    public const int ViaCountMax = 70;

    /// <summary>The greatest CSeq number: RFC 3261 §8.1.1.5 asks for less than 2^31.</summary>
    public const long CSeqNumberMax = 2_147_483_647;

    /// <summary>The greatest Max-Forwards: RFC 3261 §20.22.</summary>
    public const int MaxForwardsMax = 255;

    /// <summary>Bytes of consecutive keep-alive CRLFs on a stream before the peer is considered hostile.</summary>
    public const int KeepAliveBytesMax = 1_024;

    /// <summary>Bytes of one session description; a browser's offer with video takes about 8 KiB.</summary>
    public const int SdpBytesMax = 32_768;

    /// <summary>Lines of one session description, for the same reason.</summary>
    public const int SdpLineCountMax = 1_024;

    /// <summary>m= lines of one session description; a telephone sends one, a conference client a few.</summary>
    public const int SdpMediaCountMax = 32;

    /// <summary>Formats on one m= line; payload types end at 127.</summary>
    public const int SdpFormatCountMax = 128;

    /// <summary>Nonces whose use is remembered against replay; each takes about 100 bytes, and each phone one or
    /// two.</summary>
    public const int RememberedNonceMax = 16_384;

    /// <summary>Sources whose wrong passwords are remembered; the longest quiet one is forgotten first.</summary>
    public const int ThrottledSourceMax = 16_384;
}
