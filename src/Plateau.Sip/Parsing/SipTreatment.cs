using Plateau.Sip.Messages;

namespace Plateau.Sip.Parsing;

/// <summary>What becomes of a received message.</summary>
public enum SipVerdict
{
    /// <summary>It goes on to its transaction.</summary>
    Accept,

    /// <summary>It is answered with an error and forgotten.</summary>
    Reject,

    /// <summary>It is forgotten without a word.</summary>
    Drop,
}

/// <summary>The judgement over one received message, as a user agent (server and client) gives it.</summary>
/// <remarks>Source: RFC 3261 §8.2 (order of the checks), §8.1.3.3 (responses), §18; RFC 4475 for the hard
/// cases.</remarks>
public sealed class SipTreatment
{
    private SipTreatment(SipVerdict verdict, int status, string reason)
    {
        Verdict = verdict;
        Status = status;
        Reason = reason;
    }

    /// <summary>Accept, reject or drop.</summary>
    public SipVerdict Verdict { get; }

    /// <summary>The status to reject with; 0 for the other verdicts.</summary>
    public int Status { get; }

    /// <summary>Why, for logs; empty when accepted.</summary>
    public string Reason { get; }

    /// <summary>The message; null when it could not be read.</summary>
    public SipMessage? Message { get; private init; }

    /// <summary>The parser's complaint; null when it had none.</summary>
    public SipParseError? Error { get; private init; }

    /// <summary>The option tags a 420 has to name; empty for the other statuses.</summary>
    public IReadOnlyList<string> Unsupported { get; private init; } = [];

    private SipCapabilities Capabilities { get; init; } = SipCapabilities.Default;

    /// <summary>Parses and judges the bytes of one message.</summary>
    public static SipTreatment Of(ReadOnlySpan<byte> bytes, SipCapabilities capabilities)
    {
        if (SipParser.TryParse(bytes, out var message, out var error))
        {
            return Of(message, capabilities);
        }

        return new SipTreatment(error.Status == 0 ? SipVerdict.Drop : SipVerdict.Reject, error.Status, error.ToString())
        {
            Error = error,
        };
    }

    /// <summary>Judges a message that has been parsed.</summary>
    public static SipTreatment Of(SipMessage message, SipCapabilities capabilities) => message is SipRequest request
        ? OfRequest(request, capabilities)
        : OfResponse((SipResponse)message);

    /// <summary>The refusal, with the headers its status asks for; null unless the verdict is Reject.</summary>
    public SipResponse? CreateResponse(string toTag)
    {
        if (Verdict != SipVerdict.Reject)
        {
            return null;
        }

        if (Message is not SipRequest request)
        {
            return Error?.CreateResponse(toTag);
        }

        var response = request.CreateResponse(Status, toTag);
        switch (Status)
        {
            case SipStatus.MethodNotAllowed:
                response.Headers.Allow = Capabilities.Methods ?? [];
                break;
            case SipStatus.BadExtension:
                response.Headers.Unsupported = Unsupported;
                break;
            case SipStatus.UnsupportedMediaType:
                response.Headers.Add(SipHeaderName.Accept, string.Join(", ", Capabilities.SessionContentTypes));
                response.Headers.Add(SipHeaderName.AcceptEncoding, "identity");
                break;
        }

        return response;
    }

    /// <summary>A user agent client is the last hop: a second Via means the response went astray (§8.1.3.3).</summary>
    private static SipTreatment OfResponse(SipResponse response) => response.Headers.CountOf(SipHeaderName.Via) == 1
        ? new SipTreatment(SipVerdict.Accept, 0, "") { Message = response }
        : new SipTreatment(SipVerdict.Drop, 0, "response with more than one Via") { Message = response };

    private static SipTreatment OfRequest(SipRequest request, SipCapabilities capabilities)
    {
        // ACK cannot be answered and CANCEL must not be refused for what its INVITE carries: RFC 3261 §8.2.2.3.
        if (request.Method == SipMethod.Ack || request.Method == SipMethod.Cancel)
        {
            return new SipTreatment(SipVerdict.Accept, 0, "") { Message = request };
        }

        if (capabilities.Methods is { } methods && !methods.Contains(request.Method))
        {
            var status = request.Method.IsKnown ? SipStatus.MethodNotAllowed : SipStatus.NotImplemented;
            return Refuse(request, capabilities, status, "method not taken");
        }

        if (!capabilities.Schemes.Contains(request.RequestUri.Scheme))
        {
            return Refuse(request, capabilities, SipStatus.UnsupportedUriScheme, "scheme of the Request-URI");
        }

        if (HasOnlyForeignCredentials(request))
        {
            return Refuse(request, capabilities, SipStatus.Unauthorized, "credentials of an unknown scheme");
        }

        var unsupported = request.Headers.Require
            .Where(tag => !capabilities.OptionTags.Contains(tag, StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (unsupported.Count > 0)
        {
            return Refuse(request, capabilities, SipStatus.BadExtension, "option tags required", unsupported);
        }

        return OfContent(request, capabilities);
    }

    private static SipTreatment OfContent(SipRequest request, SipCapabilities capabilities)
    {
        if (!request.Body.IsEmpty && !CanReadBody(request, capabilities))
        {
            return request.Headers.ContentType is null
                ? Refuse(request, capabilities, SipStatus.BadRequest, "body without a readable Content-Type")
                : Refuse(request, capabilities, SipStatus.UnsupportedMediaType, "type or encoding of the body");
        }

        if (request.Method == SipMethod.Invite && !AcceptsSessions(request.Headers))
        {
            return Refuse(request, capabilities, SipStatus.NotAcceptable, "caller accepts no session description");
        }

        return new SipTreatment(SipVerdict.Accept, 0, "") { Message = request };
    }

    /// <summary>Bodies matter only where they describe a session, and only when not marked optional (RFC 3261
    /// §8.2.3).</summary>
    private static bool CanReadBody(SipRequest request, SipCapabilities capabilities)
    {
        if (request.Method != SipMethod.Invite && request.Method != SipMethod.Update && request.Method != SipMethod.Prack)
        {
            return true;
        }

        if (SipValue.TryParse(request.Headers.Get(SipHeaderName.ContentDisposition), out var disposition)
            && "optional".Equals(disposition.Parameters.Get("handling"), StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var isEncoded = request.Headers.List(SipHeaderName.ContentEncoding)
            .Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));
        return !isEncoded && request.Headers.ContentType is { } type
            && capabilities.SessionContentTypes.Contains(WithoutSpaces(type.Value));
    }

    /// <summary>Whether Accept is absent or lets application/sdp through; RFC 4475 §3.3.15 wants 406
    /// otherwise.</summary>
    private static bool AcceptsSessions(SipHeaders headers)
    {
        if (!headers.Has(SipHeaderName.Accept))
        {
            return true;
        }

        foreach (var range in headers.List(SipHeaderName.Accept))
        {
            var type = SipValue.TryParse(range, out var value) ? WithoutSpaces(value.Value) : "";
            if (type is "application/sdp" or "application/*" or "*/*")
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOnlyForeignCredentials(SipRequest request)
    {
        var credentials = request.Headers.GetAll(SipHeaderName.Authorization);
        return credentials.Count > 0
            && !credentials.Any(text => text.StartsWith("Digest", StringComparison.OrdinalIgnoreCase));
    }

    private static string WithoutSpaces(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private static SipTreatment Refuse(
        SipRequest request,
        SipCapabilities capabilities,
        int status,
        string reason,
        IReadOnlyList<string>? unsupported = null) => new(SipVerdict.Reject, status, reason)
        {
            Message = request,
            Unsupported = unsupported ?? [],
            Capabilities = capabilities,
        };
}
