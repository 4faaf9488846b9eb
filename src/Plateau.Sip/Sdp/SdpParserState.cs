using Plateau.Sip.Messages;

namespace Plateau.Sip.Sdp;

/// <summary>The state of one run of <see cref="SdpParser"/>.</summary>
internal sealed class SdpParserState
{
    private readonly List<SdpLine> _sessionLines = [];
    private readonly List<SdpAttribute> _sessionAttributes = [];
    private readonly List<SdpMedia> _media = [];
    private List<SdpLine> _lines;
    private List<SdpAttribute> _attributes;
    private SdpOrigin? _origin;
    private string? _name;
    private string? _address;
    private string? _timing;

    public SdpParserState()
    {
        _lines = _sessionLines;
        _attributes = _sessionAttributes;
    }

    public SdpError Read(string text)
    {
        var lineCount = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
            {
                continue;
            }

            if (++lineCount > Limits.SdpLineCountMax)
            {
                return SdpError.TooLarge;
            }

            if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetter(line[0]))
            {
                return SdpError.MalformedLine;
            }

            var error = lineCount == 1 ? ReadVersion(line) : ReadLine(line[0], line[2..].Trim().ToString());
            if (error != SdpError.None)
            {
                return error;
            }
        }

        return _origin is null ? SdpError.MalformedOrigin : SdpError.None;
    }

    public SdpSession ToSession() => new(_origin!, _media)
    {
        Name = string.IsNullOrEmpty(_name) ? "-" : _name,
        Address = _address,
        Timing = _timing ?? "0 0",
        Attributes = _sessionAttributes,
        OtherLines = _sessionLines,
    };

    private static SdpError ReadVersion(ReadOnlySpan<char> line) =>
        line is ['v', '=', '0'] || line.TrimEnd() is ['v', '=', '0'] ? SdpError.None : SdpError.UnsupportedVersion;

    private SdpError ReadLine(char type, string value)
    {
        switch (type)
        {
            case 'o':
                return ReadOrigin(value);
            case 's' when _name is null:
                _name = value;
                return SdpError.None;
            case 't' when _timing is null && _media.Count == 0:
                _timing = value;
                return SdpError.None;
            case 'c':
                return ReadConnection(value);
            case 'm':
                return ReadMedia(value);
            case 'a':
                return ReadAttribute(value);
            case 'i' or 'u' or 'e' or 'p' or 'b' or 'k' or 'r' or 'z' or 't':
                _lines.Add(new SdpLine(type, value));
                return SdpError.None;
            default:
                return type == 'v' ? SdpError.MalformedLine : SdpError.None;
        }
    }

    private SdpError ReadOrigin(string value)
    {
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 6 || _origin is not null)
        {
            return SdpError.MalformedOrigin;
        }

        _origin = new SdpOrigin(parts[0], parts[1], parts[2], parts[5]);
        return SdpError.None;
    }

    private SdpError ReadConnection(string value)
    {
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3 || parts[0] != "IN" || parts[1] is not ("IP4" or "IP6"))
        {
            return SdpError.MalformedConnection;
        }

        // A multicast address may carry /ttl/count, which unicast calls have no use for.
        var slash = parts[2].IndexOf('/');
        var address = slash < 0 ? parts[2] : parts[2][..slash];
        if (address.Length == 0 || address.Contains(':') != (parts[1] == "IP6"))
        {
            return SdpError.MalformedConnection;
        }

        if (_media.Count == 0)
        {
            _address = address;
        }
        else
        {
            _media[^1] = _media[^1] with { Address = _media[^1].Address ?? address };
        }

        return SdpError.None;
    }

    private SdpError ReadMedia(string value)
    {
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (_media.Count == Limits.SdpMediaCountMax || parts.Length > Limits.SdpFormatCountMax + 3)
        {
            return SdpError.TooLarge;
        }

        if (parts.Length < 4 || !SipText.IsToken(parts[0]))
        {
            return SdpError.MalformedMedia;
        }

        // The number of ports after a slash is for layered multicast: RFC 8866 §5.14.
        if (!SipText.TryNumber(parts[1].Split('/')[0], 65_535, out var port))
        {
            return SdpError.MalformedMedia;
        }

        _lines = [];
        _attributes = [];
        _media.Add(new SdpMedia(parts[0], (int)port, parts[2], parts[3..])
        {
            Attributes = _attributes,
            OtherLines = _lines,
        });
        return SdpError.None;
    }

    private SdpError ReadAttribute(string value)
    {
        var colon = value.IndexOf(':');
        var name = colon < 0 ? value : value[..colon];
        if (!SipText.IsToken(name))
        {
            return SdpError.MalformedLine;
        }

        _attributes.Add(new SdpAttribute(name, colon < 0 ? null : value[(colon + 1)..]));
        return SdpError.None;
    }
}
