using Plateau.Sip.Messages;

namespace Plateau.Sip.Parsing;

/// <summary>What is wrong with bytes that were to be a SIP message.</summary>
public enum SipParseCause
{
    /// <summary>Nothing but line ends: a keep-alive, RFC 5626 §3.5.1.</summary>
    Empty,

    /// <summary>More bytes than <see cref="Limits.MessageBytesMax"/>, or a part of the message over its own
    /// limit.</summary>
    TooLarge,

    /// <summary>The first line is neither a request line nor a status line.</summary>
    MalformedStartLine,

    /// <summary>A request line whose Request-URI breaks the grammar or carries headers (RFC 4475 §3.1.2.11).</summary>
    MalformedRequestUri,

    /// <summary>A SIP version other than 2.0.</summary>
    UnsupportedVersion,

    /// <summary>A status code outside 100 to 699.</summary>
    MalformedStatus,

    /// <summary>A header field without a name or without a colon, or with a stray carriage return.</summary>
    MalformedHeaderLine,

    /// <summary>No empty line ends the headers.</summary>
    TruncatedHeaders,

    /// <summary>Via, From, To, Call-ID or CSeq is absent.</summary>
    MissingHeader,

    /// <summary>A header that must be alone is there twice.</summary>
    RepeatedHeader,

    /// <summary>A header this element must understand breaks its grammar.</summary>
    MalformedHeader,

    /// <summary>The method of CSeq is not that of the request.</summary>
    MethodMismatch,

    /// <summary>Content-Length promises more bytes than there are.</summary>
    TruncatedBody,
}

/// <summary>Why bytes are not an acceptable message, and what to answer.</summary>
public sealed class SipParseError
{
    private readonly SipRequest? _request;

    internal SipParseError(SipParseCause cause, string detail, int status, SipRequest? request)
    {
        Cause = cause;
        Detail = detail;
        Status = status;
        _request = request;
    }

    /// <summary>What is wrong.</summary>
    public SipParseCause Cause { get; }

    /// <summary>The header or part concerned, for logs and reason phrases; never text of the peer.</summary>
    public string Detail { get; }

    /// <summary>The status to answer with, 400 to 599; 0 when the message must be dropped without a word.</summary>
    public int Status { get; }

    /// <summary>The top hop to answer to; null when the message must be dropped, or when Via itself cannot be read:
    /// then
    /// the answer can only go back over the flow the message came by.</summary>
    public Via? TopVia => _request?.Headers.TopVia;

    /// <summary>
    /// The refusal, with as much of Via, From, To, Call-ID and CSeq as was there; null when the message must be dropped
    /// (a response, an ACK, or no Via at all).
    /// </summary>
    public SipResponse? CreateResponse(string toTag) => Status == 0
        ? null
        : _request?.CreateResponse(Status, toTag, $"{SipStatus.Phrase(Status)} ({Detail})");

    /// <summary>Cause and detail, for logs.</summary>
    public override string ToString() => $"{Cause}: {Detail}";
}
