using System.Text;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Dialogs;

/// <summary>Finds the session description in a message body.</summary>
internal static class SdpBody
{
    internal const string ContentType = "application/sdp";

    /// <summary>The description; empty when there is none. Of a multipart body the first part of that type
    /// (RFC 5621 §3.1, RFC 2046 §5.1).</summary>
    internal static ReadOnlyMemory<byte> Of(SipMessage message)
    {
        if (message.Body.IsEmpty)
        {
            return default;
        }

        var type = message.Headers.ContentType;
        if (type is null || type.Is(ContentType))
        {
            return message.Body;
        }

        return type.Value.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            && type.Parameters.GetUnquoted("boundary") is { Length: > 0 } boundary
                ? PartOf(message.Body, Encoding.ASCII.GetBytes("--" + boundary))
                : default;
    }

    private static ReadOnlyMemory<byte> PartOf(ReadOnlyMemory<byte> body, byte[] boundary)
    {
        var start = body.Span.IndexOf(boundary);
        while (start >= 0)
        {
            var rest = body[(start + boundary.Length)..];
            var end = rest.Span.IndexOf(boundary);
            if (end < 0)
            {
                return default;
            }

            var part = rest[..end];
            var split = part.Span.IndexOf("\r\n\r\n"u8);
            if (split >= 0 && Encoding.ASCII.GetString(part.Span[..split])
                .Contains(ContentType, StringComparison.OrdinalIgnoreCase))
            {
                return part[(split + 4)..];
            }

            body = rest;
            start = end;
        }

        return default;
    }
}
