using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plateau.Sip.Sdp;

/// <summary>Turns the body of a message into a <see cref="SdpSession"/> or a named error.</summary>
/// <remarks>
/// Lenient as peers need it: lone LF or CR ends a line too, s= and t= may be absent (RFC 4475 §3.1.2.18 lacks them),
/// order
/// inside a section is free, lines of unknown type are skipped (RFC 8866 §5 would refuse the whole).
/// </remarks>
public static class SdpParser
{
    /// <summary>Parses a whole description.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SdpSession? session, out SdpError error)
    {
        session = null;
        if (bytes.IsEmpty || bytes.Length > Limits.SdpBytesMax)
        {
            error = bytes.IsEmpty ? SdpError.Empty : SdpError.TooLarge;
            return false;
        }

        var state = new SdpParserState();
        error = state.Read(Encoding.UTF8.GetString(bytes));
        session = error == SdpError.None ? state.ToSession() : null;
        if (session is not null && LacksAddress(session))
        {
            error = SdpError.MissingConnection;
            session = null;
        }

        return session is not null;
    }

    /// <summary>Parses text that must be right; for tests and built-in examples.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static SdpSession Parse(string text) => TryParse(Encoding.UTF8.GetBytes(text), out var session, out var error)
        ? session
        : throw new FormatException(error.ToString());

    private static bool LacksAddress(SdpSession session)
    {
        foreach (var media in session.Media)
        {
            if (media.Port != 0 && session.AddressOf(media) is null)
            {
                return true;
            }
        }

        return false;
    }
}
