using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plateau.Sip.Messages;

/// <summary>Writes messages as bytes for the wire.</summary>
/// <remarks>
/// Headers leave in their order under their long names; Content-Length is always computed from the body and is
/// written in the place of one that is there, else last (RFC 3261 §18.3, §20.14).
/// </remarks>
public static class SipWriter
{
    /// <summary>Writes the whole message.</summary>
    public static void Write(SipMessage message, IBufferWriter<byte> output)
    {
        WriteText(message.StartLine, output);
        output.Write("\r\n"u8);
        var hasLength = false;
        for (var i = 0; i < message.Headers.Count; i++)
        {
            var header = message.Headers[i];
            if (header.Name != SipHeaderName.ContentLength)
            {
                WriteText(header.Name.Text, output);
                output.Write(": "u8);
                WriteText(header.Value, output);
                output.Write("\r\n"u8);
            }
            else if (!hasLength)
            {
                hasLength = true;
                WriteLength(message.Body.Length, output);
            }
        }

        if (!hasLength)
        {
            WriteLength(message.Body.Length, output);
        }

        output.Write("\r\n"u8);
        output.Write(message.Body.Span);
    }

    /// <summary>The whole message in a new array.</summary>
    public static byte[] ToBytes(SipMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024 + message.Body.Length);
        Write(message, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteLength(int length, IBufferWriter<byte> output)
    {
        output.Write("Content-Length: "u8);
        var span = output.GetSpan(11);
        length.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
        output.Write("\r\n"u8);
    }

    private static void WriteText(string text, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}
