using System.Text;

namespace Plateau.Sip.Sdp;

/// <summary>Writes session descriptions in the order RFC 8866 §5 prescribes.</summary>
public static class SdpWriter
{
    private const string BeforeConnection = "iuep";

    /// <summary>The description as UTF-8 bytes, lines ended by CRLF.</summary>
    public static byte[] ToBytes(SdpSession session) => Encoding.UTF8.GetBytes(ToText(session));

    /// <summary>The description as text.</summary>
    public static string ToText(SdpSession session)
    {
        var text = new StringBuilder(512);
        var origin = session.Origin;
        Line(text, 'v', "0");
        Line(text, 'o', $"{origin.User} {origin.SessionId} {origin.Version} IN {TypeOf(origin.Address)} {origin.Address}");
        Line(text, 's', session.Name);
        WriteOthers(text, session.OtherLines, type => BeforeConnection.Contains(type));
        WriteConnection(text, session.Address);
        WriteOthers(text, session.OtherLines, type => type == 'b');
        Line(text, 't', session.Timing);
        WriteOthers(text, session.OtherLines, type => type != 'b' && !BeforeConnection.Contains(type));
        WriteAttributes(text, session.Attributes);
        foreach (var media in session.Media)
        {
            Line(text, 'm', media.ToString());
            WriteOthers(text, media.OtherLines, type => type == 'i');
            WriteConnection(text, media.Address);
            WriteOthers(text, media.OtherLines, type => type != 'i');
            WriteAttributes(text, media.Attributes);
        }

        return text.ToString();
    }

    private static void WriteConnection(StringBuilder text, string? address)
    {
        if (address is not null)
        {
            Line(text, 'c', $"IN {TypeOf(address)} {address}");
        }
    }

    private static void WriteOthers(StringBuilder text, IReadOnlyList<SdpLine> lines, Func<char, bool> belongs)
    {
        foreach (var line in lines)
        {
            if (belongs(line.Type))
            {
                Line(text, line.Type, line.Value);
            }
        }
    }

    private static void WriteAttributes(StringBuilder text, IReadOnlyList<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            Line(text, 'a', attribute.ToString());
        }
    }

    private static string TypeOf(string address) => address.Contains(':') ? "IP6" : "IP4";

    private static void Line(StringBuilder text, char type, string value) =>
        text.Append(type).Append('=').Append(value).Append("\r\n");
}
