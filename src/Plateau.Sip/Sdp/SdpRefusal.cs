namespace Plateau.Sip.Sdp;

/// <summary>Why an offer or answer leads to no agreement; answered with 488.</summary>
public enum SdpRefusal
{
    /// <summary>There is an agreement.</summary>
    None,

    /// <summary>No audio stream over RTP is in use.</summary>
    NoAudio,

    /// <summary>No codec in common.</summary>
    NoCommonCodec,

    /// <summary>The transport of the stream is one we do not speak here (SRTP offered where plain RTP is
    /// meant).</summary>
    UnsupportedProtocol,

    /// <summary>The answer does not have as many m= lines as the offer (RFC 3264 §6).</summary>
    AnswerDoesNotFit,
}
