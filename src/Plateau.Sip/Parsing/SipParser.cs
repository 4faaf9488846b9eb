using System.Diagnostics.CodeAnalysis;
using System.Text;
using Plateau.Sip.Messages;

namespace Plateau.Sip.Parsing;

/// <summary>Turns the bytes of one message into a <see cref="SipMessage"/> or a named error.</summary>
/// <remarks>
/// Strict in what identifies and routes a message (start line, Via, From, To, Call-ID, CSeq, Max-Forwards, Contact,
/// routes, lengths); everything else is kept as it came and judged by <see cref="SipTreatment"/> or whoever needs it.
/// Lenient: lone LF as line end, line ends before the message, a missing Max-Forwards (RFC 2543), a missing empty line
/// after the last complete header, bytes after the body of a datagram (RFC 3261 §18.3).
/// Source: RFC 3261 §7 and §25, RFC 4475.
/// </remarks>
public static class SipParser
{
    /// <summary>Parses one whole message.</summary>
    /// <param name="bytes">The datagram, or one message as framed by <see cref="SipStreamParser"/>.</param>
    /// <param name="message">The message; null when the answer is false.</param>
    /// <param name="error">What is wrong and what to answer; null when the answer is true.</param>
    /// <returns>Whether the message may be handed to a transaction.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out SipMessage? message,
        [NotNullWhen(false)] out SipParseError? error)
    {
        message = null;
        bytes = bytes.TrimStart("\r\n"u8);
        if (bytes.IsEmpty || bytes.Length > Limits.MessageBytesMax)
        {
            error = bytes.IsEmpty
                ? new SipParseError(SipParseCause.Empty, "no message", 0, null)
                : new SipParseError(SipParseCause.TooLarge, "message", 0, null);
            return false;
        }

        var attempt = new SipParserState();
        message = attempt.Parse(bytes);
        error = attempt.Error(message);
        if (error is null && message is not null)
        {
            return true;
        }

        error ??= new SipParseError(SipParseCause.MalformedStartLine, "start line", 0, null);
        message = null;
        return false;
    }

    /// <summary>Parses text that must be a right message; for tests and built-in examples.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static SipMessage Parse(string text) =>
        TryParse(Encoding.UTF8.GetBytes(text), out var message, out var error)
            ? message
            : throw new FormatException(error.ToString());
}
