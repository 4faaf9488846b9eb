namespace Plateau.Sip.Messages;

/// <summary>A request or a response.</summary>
public abstract class SipMessage
{
    private protected SipMessage(SipHeaders headers) => Headers = headers;

    /// <summary>The header fields.</summary>
    public SipHeaders Headers { get; }

    /// <summary>The body; empty when there is none. Its length is written as Content-Length.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The method: of a request its own, of a response that of its CSeq (default when malformed).</summary>
    public abstract SipMethod CSeqMethod { get; }

    /// <summary>The start line without its line end.</summary>
    public abstract string StartLine { get; }

    /// <summary>Sets the body and its type.</summary>
    public void SetBody(string contentType, ReadOnlyMemory<byte> body)
    {
        Headers.Set(SipHeaderName.ContentType, contentType);
        Body = body;
    }

    /// <summary>Whether there is a body of this type, parameters of the type aside.</summary>
    public bool HasBodyOf(string contentType) =>
        !Body.IsEmpty && Headers.ContentType is { } type && type.Is(contentType);

    /// <summary>The start line, for logs.</summary>
    public override string ToString() => StartLine;
}
