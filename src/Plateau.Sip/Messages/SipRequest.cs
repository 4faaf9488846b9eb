namespace Plateau.Sip.Messages;

/// <summary>A request.</summary>
public sealed class SipRequest : SipMessage
{
    /// <summary>A request with the headers given, or with none.</summary>
    public SipRequest(SipMethod method, SipUri requestUri, SipHeaders? headers = null)
        : base(headers ?? new SipHeaders())
    {
        Method = method;
        RequestUri = requestUri;
    }

    /// <summary>The method.</summary>
    public SipMethod Method { get; }

    /// <summary>Where the request goes.</summary>
    public SipUri RequestUri { get; set; }

    /// <inheritdoc/>
    public override SipMethod CSeqMethod => Method;

    /// <inheritdoc/>
    public override string StartLine => $"{Method} {RequestUri} SIP/2.0";

    /// <summary>The same request with headers of its own, so that one can be changed without the other.</summary>
    public SipRequest Clone() => new(Method, RequestUri, Headers.Clone()) { Body = Body };

    /// <summary>
    /// An answer as RFC 3261 §8.2.6 wants it: Via, From, To, Call-ID and CSeq copied verbatim, Timestamp too on a 100.
    /// </summary>
    /// <param name="status">100 to 699.</param>
    /// <param name="toTag">The tag to add to To when it has none and the status is above 100; null adds none.</param>
    /// <param name="reasonPhrase">Null for that of the RFC.</param>
    public SipResponse CreateResponse(int status, string? toTag = null, string? reasonPhrase = null)
    {
        var response = new SipResponse(status, reasonPhrase ?? SipStatus.Phrase(status));
        var headers = response.Headers;
        headers.CopyFrom(Headers, SipHeaderName.Via);
        headers.CopyFrom(Headers, SipHeaderName.From);
        if (toTag is not null && status > SipStatus.Trying && Headers.To is { Tag: null } to)
        {
            headers.Add(SipHeaderName.To, to.WithTag(toTag));
        }
        else
        {
            headers.CopyFrom(Headers, SipHeaderName.To);
        }

        headers.CopyFrom(Headers, SipHeaderName.CallId);
        headers.CopyFrom(Headers, SipHeaderName.CSeq);
        if (status == SipStatus.Trying)
        {
            headers.CopyFrom(Headers, SipHeaderName.Timestamp);
        }

        return response;
    }
}
