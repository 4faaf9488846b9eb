using System.Buffers;
using System.Text;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Parsing;

/// <summary>The state of one run of <see cref="SipParser"/>: the first thing wrong wins, and reading goes on, so that
/// a refusal can carry what was understood.</summary>
internal struct SipParserState
{
    /// <summary>Stands for a Request-URI that cannot be read; never leaves this type.</summary>
    private static readonly SipUri Unreadable = SipUri.Parse("sip:unreadable.invalid");

    private static readonly ulong MandatoryBits = SipHeaderName.From.SingleBit | SipHeaderName.To.SingleBit
        | SipHeaderName.CallId.SingleBit | SipHeaderName.CSeq.SingleBit;

    private SipParseCause? _cause;
    private string _detail;
    private int _status;
    private ulong _singlesSeen;
    private int _headersLeft;

    /// <summary>Reads everything; the message is null when not even the start line can be read as one.</summary>
    public SipMessage? Parse(ReadOnlySpan<byte> bytes)
    {
        _headersLeft = Limits.HeaderCountMax;
        var rest = bytes;
        if (!TakeLine(ref rest, out var startLine))
        {
            startLine = bytes;
            Fail(SipParseCause.TruncatedHeaders, "start line");
        }

        var message = ParseStartLine(startLine);
        if (message is null)
        {
            return null;
        }

        ParseHeaders(message.Headers, ref rest);
        CheckHeaders(message);
        ParseBody(message, rest);
        return message;
    }

    /// <summary>The first thing that was wrong; null when nothing was.</summary>
    public readonly SipParseError? Error(SipMessage? message)
    {
        if (_cause is not { } cause)
        {
            return null;
        }

        var request = message as SipRequest;
        var canAnswer = request is not null && request.Method != SipMethod.Ack && request.Headers.Has(SipHeaderName.Via);
        return new SipParseError(cause, _detail, canAnswer ? _status : 0, canAnswer ? request : null);
    }

    private void Fail(SipParseCause cause, string detail, int status = SipStatus.BadRequest)
    {
        if (_cause is not null)
        {
            return;
        }

        _cause = cause;
        _detail = detail;
        _status = status;
    }

    /// <summary>Takes a line with its end; a lone LF ends it too. False when there is no line end.</summary>
    private static bool TakeLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            line = default;
            return false;
        }

        line = rest[..(end > 0 && rest[end - 1] == '\r' ? end - 1 : end)];
        rest = rest[(end + 1)..];
        return true;
    }

    private SipMessage? ParseStartLine(ReadOnlySpan<byte> line)
    {
        if (line.Length > Limits.StartLineBytesMax)
        {
            Fail(SipParseCause.TooLarge, "start line", 414);
            line = line[..Limits.StartLineBytesMax];
        }

        var buffer = ArrayPool<char>.Shared.Rent(line.Length + 1);
        var text = buffer.AsSpan(0, Encoding.UTF8.GetChars(line, buffer));
        SipMessage? message = text.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase)
            ? ParseStatusLine(text)
            : ParseRequestLine(text);
        ArrayPool<char>.Shared.Return(buffer);
        return message;
    }

    private SipResponse? ParseStatusLine(ReadOnlySpan<char> text)
    {
        var space = text.IndexOf(' ');
        var rest = space < 0 ? default : text[(space + 1)..];
        if (rest.Length < 3 || (rest.Length > 3 && rest[3] != ' '))
        {
            Fail(rest.Length < 3 ? SipParseCause.MalformedStartLine : SipParseCause.MalformedStatus, "status line");
            return null;
        }

        if (!text[..space].Equals("SIP/2.0", StringComparison.OrdinalIgnoreCase))
        {
            Fail(SipParseCause.UnsupportedVersion, "status line");
        }

        if (!SipText.TryNumber(rest[..3], 699, out var status) || status < 100)
        {
            Fail(SipParseCause.MalformedStatus, "status line");
            return null;
        }

        var phrase = rest.Length > 4 ? rest[4..] : default;
        return new SipResponse(
            (int)status, phrase.SequenceEqual(SipStatus.Phrase((int)status)) ? SipStatus.Phrase((int)status) : Clean(phrase));
    }

    private SipRequest? ParseRequestLine(ReadOnlySpan<char> text)
    {
        var first = text.IndexOf(' ');
        if (first <= 0 || !SipText.IsToken(text[..first]))
        {
            Fail(SipParseCause.MalformedStartLine, "request line");
            return null;
        }

        var method = SipMethod.Of(text[..first]);
        var rest = text[(first + 1)..];
        var last = rest.LastIndexOf(' ');
        var version = rest[(last + 1)..];
        var uriText = last < 0 ? default : rest[..last];
        if (last < 0 || !IsVersion(version))
        {
            Fail(SipParseCause.MalformedStartLine, "request line");
        }
        else if (!version.Equals("SIP/2.0", StringComparison.OrdinalIgnoreCase))
        {
            Fail(SipParseCause.UnsupportedVersion, "request line", SipStatus.VersionNotSupported);
        }

        if (!SipUri.TryParse(uriText, out var uri) || (uri.IsSip && uri.Headers is not null))
        {
            Fail(SipParseCause.MalformedRequestUri, "Request-URI");
            uri = Unreadable;
        }

        return new SipRequest(method, uri);
    }

    /// <summary>"SIP" "/" 1*DIGIT "." 1*DIGIT.</summary>
    private static bool IsVersion(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var numbers = text[4..];
        var dot = numbers.IndexOf('.');
        return dot > 0 && SipText.TryNumber(numbers[..dot], 1_000_000, out _)
            && SipText.TryNumber(numbers[(dot + 1)..], 1_000_000, out _);
    }

    private void ParseHeaders(SipHeaders headers, ref ReadOnlySpan<byte> rest)
    {
        var sectionBytes = rest.Length;
        while (TakeLine(ref rest, out var line))
        {
            if (line.IsEmpty)
            {
                return;
            }

            var isFolded = !rest.IsEmpty && rest[0] is (byte)' ' or (byte)'\t';
            if (isFolded)
            {
                line = Unfold(line, ref rest);
            }

            if (line.Length > Limits.HeaderBytesMax || sectionBytes - rest.Length > Limits.HeaderSectionBytesMax)
            {
                Fail(SipParseCause.TooLarge, "headers", SipStatus.MessageTooLarge);
                return;
            }

            ParseHeader(headers, line);
        }

        if (!rest.IsEmpty)
        {
            Fail(SipParseCause.TruncatedHeaders, "headers");
            rest = default;
        }
    }

    /// <summary>Joins continuation lines: each line end with the white space after it becomes one space.</summary>
    private static byte[] Unfold(scoped ReadOnlySpan<byte> line, ref ReadOnlySpan<byte> rest)
    {
        var joined = new ArrayBufferWriter<byte>(line.Length + 128);
        joined.Write(line);
        while (!rest.IsEmpty && rest[0] is (byte)' ' or (byte)'\t' && joined.WrittenCount <= Limits.HeaderBytesMax
            && TakeLine(ref rest, out var next))
        {
            joined.Write(" "u8);
            joined.Write(next.TrimStart(" \t"u8));
        }

        return joined.WrittenSpan.ToArray();
    }

    private void ParseHeader(SipHeaders headers, ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var nameBytes = colon < 0 ? default : line[..colon].TrimEnd(" \t"u8);
        var buffer = nameBytes.Length <= 64 ? stackalloc char[64] : new char[nameBytes.Length];
        if (nameBytes.IsEmpty || line.Contains((byte)'\r'))
        {
            Fail(SipParseCause.MalformedHeaderLine, "header line");
            return;
        }

        var nameText = buffer[..Encoding.Latin1.GetChars(nameBytes, buffer)];
        if (!SipText.IsToken(nameText))
        {
            Fail(SipParseCause.MalformedHeaderLine, "header name");
            return;
        }

        var name = SipHeaderName.Of(nameText);
        if ((_singlesSeen & name.SingleBit) != 0)
        {
            Fail(SipParseCause.RepeatedHeader, name.Text);
            return;
        }

        _singlesSeen |= name.SingleBit;
        AddValues(headers, name, Encoding.UTF8.GetString(line[(colon + 1)..].Trim(" \t"u8)));
    }

    private void AddValues(SipHeaders headers, SipHeaderName name, string value)
    {
        if (name.ValueShape == SipHeaderName.Shape.SplitList)
        {
            for (var comma = SipText.IndexOutside(value, ','); comma >= 0; comma = SipText.IndexOutside(value, ','))
            {
                AddOne(headers, name, value[..comma].TrimEnd());
                value = value[(comma + 1)..].TrimStart();
            }
        }

        AddOne(headers, name, value);
    }

    private void AddOne(SipHeaders headers, SipHeaderName name, string value)
    {
        if (_headersLeft-- <= 0)
        {
            _headersLeft = 0;
            Fail(SipParseCause.TooLarge, "header count", SipStatus.MessageTooLarge);
            return;
        }

        headers.AddParsed(name, value);
    }

    private void CheckHeaders(SipMessage message)
    {
        var headers = message.Headers;
        var missing = MandatoryBits & ~_singlesSeen;
        if (missing != 0 || headers.TopVia is null)
        {
            CheckMandatory(headers);
        }

        for (var i = 0; i < headers.Count && _cause is null; i++)
        {
            if (!IsWellFormed(headers, headers[i]))
            {
                Fail(SipParseCause.MalformedHeader, headers[i].Name.Text);
            }
        }

        if (_cause is null && headers.CSeq is { } cseq && message is SipRequest request && cseq.Method != request.Method)
        {
            Fail(SipParseCause.MethodMismatch, "CSeq");
        }

        if (headers.CountOf(SipHeaderName.Via) > Limits.ViaCountMax)
        {
            Fail(SipParseCause.TooLarge, "Via count", SipStatus.TooManyHops);
        }
    }

    private void CheckMandatory(SipHeaders headers)
    {
        ReadOnlySpan<SipHeaderName> mandatory =
            [SipHeaderName.Via, SipHeaderName.From, SipHeaderName.To, SipHeaderName.CallId, SipHeaderName.CSeq];
        foreach (var name in mandatory)
        {
            if (!headers.Has(name))
            {
                Fail(SipParseCause.MissingHeader, name.Text);
            }
        }
    }

    /// <summary>Checks by the grammar the headers that identify and route; others pass.</summary>
    private static bool IsWellFormed(SipHeaders headers, SipHeader header)
    {
        var name = header.Name;
        if (name == SipHeaderName.Via)
        {
            return ReferenceEquals(header.Value, headers.Get(name))
                ? headers.TopVia is not null
                : Via.TryParse(header.Value, out _);
        }

        if (name == SipHeaderName.Contact)
        {
            return header.Value == "*"
                || (ReferenceEquals(header.Value, headers.Get(name))
                    ? headers.Contact is not null
                    : NameAddress.TryParse(header.Value, out _));
        }

        if (name == SipHeaderName.Route || name == SipHeaderName.RecordRoute)
        {
            return NameAddress.TryParse(header.Value, out _);
        }

        return name.SingleBit == 0 || IsWellFormedSingle(headers, name, header.Value);
    }

    private static bool IsWellFormedSingle(SipHeaders headers, SipHeaderName name, string value)
    {
        if (name == SipHeaderName.From)
        {
            return headers.From is not null;
        }

        if (name == SipHeaderName.To)
        {
            return headers.To is not null;
        }

        if (name == SipHeaderName.CSeq)
        {
            return headers.CSeq is not null;
        }

        if (name == SipHeaderName.CallId)
        {
            return SipText.IsCallId(value);
        }

        if (name == SipHeaderName.MaxForwards)
        {
            return headers.MaxForwards is not null;
        }

        return name != SipHeaderName.ContentLength || headers.ContentLength is not null;
    }

    private void ParseBody(SipMessage message, ReadOnlySpan<byte> rest)
    {
        var length = message.Headers.ContentLength ?? rest.Length;
        if (length > rest.Length)
        {
            Fail(SipParseCause.TruncatedBody, "Content-Length");
            return;
        }

        if (length > 0 && _cause is null)
        {
            message.Body = rest[..length].ToArray();
        }
    }

    /// <summary>A reason phrase without the line ends that would break what we write.</summary>
    private static string Clean(ReadOnlySpan<char> phrase) => phrase.ToString().Replace('\r', ' ');
}
