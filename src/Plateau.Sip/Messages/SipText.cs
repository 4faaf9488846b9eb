using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plateau.Sip.Messages;

/// <summary>The lexical rules of RFC 3261 §25.1 on text: tokens, quoted strings, escapes, lists.</summary>
internal static class SipText
{
    /// <summary>Characters of a token.</summary>
    public static readonly SearchValues<char> TokenChars = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~");

    /// <summary>Characters of a word, of which a Call-ID is made.</summary>
    public static readonly SearchValues<char> WordChars = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~()<>:\\\"/[]?{}");

    /// <summary>Whether the text is a token of at least one character.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenChars);

    /// <summary>Whether the text is a callid: word [ "@" word ].</summary>
    public static bool IsCallId(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        return at < 0
            ? IsWord(text)
            : IsWord(text[..at]) && IsWord(text[(at + 1)..]);
    }

    /// <summary>Parses 1*DIGIT up to <paramref name="max"/>; false when it is not that or greater.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, long max, out long number)
    {
        number = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            number = number * 10 + (c - '0');
            if (number > max)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The index of the closing quote of a quoted string that starts at index 0, or -1.</summary>
    public static int ClosingQuote(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The content of a quoted string with its quoted-pairs undone; other text unchanged.</summary>
    public static string Unquote(string text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
        {
            return text;
        }

        var inner = text.AsSpan(1, text.Length - 2);
        if (!inner.Contains('\\'))
        {
            return inner.ToString();
        }

        var result = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length)
            {
                i++;
            }

            result.Append(inner[i]);
        }

        return result.ToString();
    }

    /// <summary>The text as a quoted string; quotes, backslashes and controls become quoted-pairs, CR and LF
    /// spaces.</summary>
    public static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '\r' or '\n')
            {
                result.Append(' ');
                continue;
            }

            if (c is '"' or '\\' or '\u007f' || (c < ' ' && c != '\t'))
            {
                result.Append('\\');
            }

            result.Append(c);
        }

        return result.Append('"').ToString();
    }

    /// <summary>The index of the first <paramref name="separator"/> outside quotes and angle brackets, or -1.</summary>
    /// <remarks>A quote that is not closed hides the rest, so the whole then fails where it is parsed.</remarks>
    public static int IndexOutside(ReadOnlySpan<char> text, char separator)
    {
        if (!text.Contains(separator))
        {
            return -1;
        }

        var inAngle = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == separator && !inAngle)
            {
                return i;
            }

            switch (c)
            {
                case '"' when !inAngle:
                    var close = ClosingQuote(text[i..]);
                    if (close < 0)
                    {
                        return -1;
                    }

                    i += close;
                    break;
                case '<':
                    inAngle = true;
                    break;
                case '>':
                    inAngle = false;
                    break;
            }
        }

        return -1;
    }

    /// <summary>The values of a comma-separated list, trimmed; empty ones are left out.</summary>
    public static List<string> SplitList(string text)
    {
        var values = new List<string>();
        var rest = text.AsSpan();
        while (true)
        {
            var comma = IndexOutside(rest, ',');
            var value = (comma < 0 ? rest : rest[..comma]).Trim();
            if (!value.IsEmpty)
            {
                values.Add(value.ToString());
            }

            if (comma < 0)
            {
                return values;
            }

            rest = rest[(comma + 1)..];
        }
    }

    /// <summary>Whether every % starts an escape of two hexadecimal digits.</summary>
    public static bool HasValidEscapes(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%'))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return false;
            }

            text = text[(i + 3)..];
        }

        return true;
    }

    /// <summary>Undoes %HH escapes, read as UTF-8.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Unescape(string? text) =>
        text is null || !text.Contains('%') ? text : Uri.UnescapeDataString(text);

    /// <summary>Escapes everything but the given characters as %HH of its UTF-8 bytes.</summary>
    public static string Escape(string text, SearchValues<char> allowed)
    {
        if (!text.AsSpan().ContainsAnyExcept(allowed))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 8);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (value < 0x80 && allowed.Contains((char)value))
            {
                result.Append((char)value);
            }
            else
            {
                result.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return result.ToString();
    }

    private static bool IsWord(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(WordChars);
}
