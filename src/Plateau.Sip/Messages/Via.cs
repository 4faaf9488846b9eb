using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace Plateau.Sip.Messages;

/// <summary>One hop of the way back of a response.</summary>
/// <param name="Transport">In upper case as written by the hop: UDP, TCP, TLS, WS, WSS, SCTP or an unknown
/// token.</param>
/// <param name="Host">Host of sent-by; IPv6 in brackets.</param>
/// <param name="Port">Port of sent-by; 0 when none is written.</param>
/// <param name="Parameters">branch, received, rport, maddr, ttl and others.</param>
/// <remarks>Source: RFC 3261 §20.42 and §18.2, RFC 3581 (rport).</remarks>
public sealed record Via(string Transport, string Host, int Port, SipParameters Parameters)
{
    /// <summary>What every branch of an RFC 3261 element starts with (§8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>Name and version of the protocol; other than SIP/2.0 only in messages that will be refused.</summary>
    public string Protocol { get; init; } = "SIP/2.0";

    /// <summary>The branch parameter; null when absent, as in RFC 2543.</summary>
    public string? Branch => Parameters.Get("branch");

    /// <summary>Whether the branch identifies a transaction by RFC 3261; a bare cookie does not (RFC 4475
    /// §3.2.1).</summary>
    public bool HasRfc3261Branch => Branch is { Length: > 7 } branch
        && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>The address the request really came from; null when the hop's own one was right.</summary>
    public string? Received => Parameters.Get("received");

    /// <summary>The port the request really came from; null when absent or still to be filled in.</summary>
    public int? RPort => (int?)Parameters.GetNumber("rport", 65_535);

    /// <summary>Whether the hop asked for rport, filled in or not.</summary>
    public bool HasRPort => Parameters.Has("rport");

    /// <summary>The multicast or forced address; null when absent.</summary>
    public string? Maddr => Parameters.Get("maddr");

    /// <summary>A new hop with branch and, when asked for, an empty rport.</summary>
    public static Via Create(string transport, string host, int port, string branch, bool withRPort = true)
    {
        var parameters = SipParameters.Of(new SipParameter("branch", branch));
        return new Via(transport, host, port, withRPort ? parameters.With("rport") : parameters);
    }

    /// <summary>
    /// This hop as a server completes it: received where the source differs from sent-by or rport was asked for, and
    /// rport filled in (RFC 3261 §18.2.1, RFC 3581 §4).
    /// </summary>
    public Via CompletedFrom(IPEndPoint source)
    {
        var address = source.Address.IsIPv4MappedToIPv6 ? source.Address.MapToIPv4() : source.Address;
        var text = address.ToString();
        var parameters = Parameters;
        if (HasRPort)
        {
            parameters = parameters
                .With("rport", source.Port.ToString(CultureInfo.InvariantCulture))
                .With("received", text);
        }
        else if (!Host.Trim('[', ']').Equals(text, StringComparison.OrdinalIgnoreCase))
        {
            parameters = parameters.With("received", text);
        }

        return ReferenceEquals(parameters, Parameters) ? this : this with { Parameters = parameters };
    }

    /// <summary>Parses one header value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Via? via)
    {
        via = null;
        text = text.Trim();
        if (!TakeProtocol(ref text, out var protocol))
        {
            return false;
        }

        var end = text.IndexOfAnyExcept(SipText.TokenChars);
        if (end <= 0 || text[end] is not (' ' or '\t'))
        {
            return false;
        }

        var transport = TransportText(text[..end]);
        text = text[end..].TrimStart();
        var semicolon = text.IndexOf(';');
        var sentBy = (semicolon < 0 ? text : text[..semicolon]).TrimEnd();
        if (!TryParseSentBy(sentBy, out var host, out var port)
            || !SipParameters.TryParse(semicolon < 0 ? default : text[semicolon..], out var parameters))
        {
            return false;
        }

        via = new Via(transport, host, port, parameters) { Protocol = protocol };
        return true;
    }

    /// <summary>The header value as written on the wire.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(96).Append(Protocol).Append('/').Append(Transport).Append(' ').Append(Host);
        if (Port != 0)
        {
            text.Append(':').Append(Port.ToString(CultureInfo.InvariantCulture));
        }

        return Parameters.AppendTo(text).ToString();
    }

    /// <summary>White space around the colon is allowed here, unlike in a URI (RFC 3261 §25.1, COLON).</summary>
    private static bool TryParseSentBy(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? host, out int port)
    {
        if (text.IndexOfAny(' ', '\t') < 0)
        {
            return SipUri.TryParseHostPort(text, out host, out port);
        }

        host = null;
        port = 0;
        var colon = text.LastIndexOf(':');
        return colon > 0
            && SipText.TryNumber(text[(colon + 1)..].Trim(), 65_535, out var number)
            && (port = (int)number) == number
            && SipUri.TryParseHostPort(text[..colon].TrimEnd(), out host, out _);
    }

    /// <summary>Takes protocol-name SLASH protocol-version SLASH; white space around the slashes is allowed.</summary>
    private static bool TakeProtocol(ref ReadOnlySpan<char> text, out string protocol)
    {
        const string Usual = "SIP/2.0";
        protocol = Usual;
        if (text.StartsWith("SIP/2.0/"))
        {
            text = text[8..].TrimStart();
            return true;
        }

        var first = text.IndexOf('/');
        var second = first < 0 ? -1 : text[(first + 1)..].IndexOf('/');
        if (second < 0)
        {
            return false;
        }

        var name = text[..first].Trim();
        var version = text.Slice(first + 1, second).Trim();
        text = text[(first + second + 2)..].TrimStart();
        protocol = name.Equals("SIP", StringComparison.OrdinalIgnoreCase) && version is "2.0" ? Usual : $"{name}/{version}";
        return SipText.IsToken(name) && SipText.IsToken(version);
    }

    private static string TransportText(ReadOnlySpan<char> text) => text switch
    {
        "UDP" => "UDP",
        "TCP" => "TCP",
        "TLS" => "TLS",
        "WS" => "WS",
        "WSS" => "WSS",
        _ => text.ToString().ToUpperInvariant(),
    };
}
