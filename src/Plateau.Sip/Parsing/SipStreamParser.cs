namespace Plateau.Sip.Parsing;

/// <summary>What <see cref="SipStreamParser.Next"/> found.</summary>
public enum SipStreamOutcome
{
    /// <summary>Nothing whole yet.</summary>
    NeedMore,

    /// <summary>One whole message.</summary>
    Message,

    /// <summary>A keep-alive of two line ends, to be answered with one (RFC 5626 §3.5.1).</summary>
    Ping,

    /// <summary>No further message can be told apart; the connection must be closed.</summary>
    Broken,
}

/// <summary>Tells messages apart in the bytes of one stream, by Content-Length (RFC 3261 §18.3).</summary>
/// <remarks>
/// One per connection and direction; not shared between threads. Memory is at most one message
/// (<see cref="Limits.MessageBytesMax"/>) plus one read. A message without or with an unreadable Content-Length breaks
/// the stream: what follows could not be found.
/// </remarks>
public sealed class SipStreamParser
{
    private byte[] _buffer = new byte[4_096];
    private int _start;
    private int _end;
    private int _searched;
    private int _keepAliveBytes;
    private bool _isBroken;

    /// <summary>Bytes held that belong to no whole message yet.</summary>
    public int PendingBytes => _end - _start;

    /// <summary>Takes bytes in the order they came. What <see cref="Next"/> gave before is overwritten.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_isBroken)
        {
            return;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end + bytes.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _end + bytes.Length));
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Finds the next message; call until it answers something other than Message or Ping.</summary>
    /// <param name="message">The whole message, valid until the next <see cref="Append"/>; empty otherwise.</param>
    public SipStreamOutcome Next(out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (_isBroken)
        {
            return SipStreamOutcome.Broken;
        }

        var lineEnds = SkipLineEnds();
        if (lineEnds != SipStreamOutcome.NeedMore)
        {
            return lineEnds;
        }

        var pending = _buffer.AsSpan(_start.._end);
        var headEnd = FindHeadEnd(pending);
        if (headEnd < 0)
        {
            return pending.Length > Limits.StartLineBytesMax + Limits.HeaderSectionBytesMax
                ? Break()
                : SipStreamOutcome.NeedMore;
        }

        if (!TryFindLength(pending[..headEnd], out var bodyBytes) || headEnd + bodyBytes > Limits.MessageBytesMax)
        {
            return Break();
        }

        if (pending.Length < headEnd + bodyBytes)
        {
            return SipStreamOutcome.NeedMore;
        }

        message = _buffer.AsMemory(_start, headEnd + (int)bodyBytes);
        _start += headEnd + (int)bodyBytes;
        _searched = 0;
        _keepAliveBytes = 0;
        return SipStreamOutcome.Message;
    }

    /// <summary>Drops line ends before a message; two in a row are a ping, too many of them an attack.</summary>
    private SipStreamOutcome SkipLineEnds()
    {
        while (_end - _start >= 2 && _buffer[_start] == '\r' && _buffer[_start + 1] == '\n')
        {
            var isPing = _end - _start >= 4 && _buffer[_start + 2] == '\r' && _buffer[_start + 3] == '\n';
            if (!isPing && _end - _start < 4 && _end - _start != 2)
            {
                return SipStreamOutcome.NeedMore;
            }

            _start += isPing ? 4 : 2;
            _keepAliveBytes += isPing ? 4 : 2;
            if (_keepAliveBytes > Limits.KeepAliveBytesMax)
            {
                return Break();
            }

            if (isPing)
            {
                return SipStreamOutcome.Ping;
            }
        }

        return SipStreamOutcome.NeedMore;
    }

    /// <summary>The index after the empty line; -1 when it is not there yet. Searched bytes are not searched
    /// again.</summary>
    private int FindHeadEnd(ReadOnlySpan<byte> pending)
    {
        var from = Math.Max(0, _searched - 3);
        var crlf = pending[from..].IndexOf("\r\n\r\n"u8);
        var lf = pending[from..].IndexOf("\n\n"u8);
        if (crlf < 0 && lf < 0)
        {
            _searched = pending.Length;
            return -1;
        }

        return lf < 0 || (crlf >= 0 && crlf < lf) ? from + crlf + 4 : from + lf + 2;
    }

    /// <summary>Finds the one Content-Length; false when there is none, two that differ, or no number.</summary>
    private static bool TryFindLength(ReadOnlySpan<byte> head, out long length)
    {
        length = -1;
        while (!head.IsEmpty)
        {
            var end = head.IndexOf((byte)'\n');
            var line = end < 0 ? head : head[..end];
            head = end < 0 ? default : head[(end + 1)..];
            while (!head.IsEmpty && IsLengthName(line) && head[0] is (byte)' ' or (byte)'\t')
            {
                var fold = head.IndexOf((byte)'\n');
                line = ConcatenateFold(line, fold < 0 ? head : head[..fold]);
                head = fold < 0 ? default : head[(fold + 1)..];
            }

            if (!IsLengthName(line))
            {
                continue;
            }

            if (!TryNumber(line[(line.IndexOf((byte)':') + 1)..], out var value) || (length >= 0 && length != value))
            {
                return false;
            }

            length = value;
        }

        return length >= 0;
    }

    private static byte[] ConcatenateFold(ReadOnlySpan<byte> line, ReadOnlySpan<byte> fold)
    {
        var joined = new byte[line.Length + 1 + fold.Length];
        line.TrimEnd((byte)'\r').CopyTo(joined);
        joined.AsSpan(line.TrimEnd((byte)'\r').Length).Fill((byte)' ');
        fold.CopyTo(joined.AsSpan(line.Length + 1));
        return joined;
    }

    private static bool IsLengthName(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[0] is not ((byte)'C' or (byte)'c' or (byte)'L' or (byte)'l'))
        {
            return false;
        }

        var name = line[..colon].TrimEnd(" \t"u8);
        return System.Text.Ascii.EqualsIgnoreCase(name, "Content-Length"u8)
            || System.Text.Ascii.EqualsIgnoreCase(name, "l"u8);
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long value)
    {
        text = text.Trim(" \t\r"u8);
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9' || value > Limits.MessageBytesMax)
            {
                return false;
            }

            value = value * 10 + (digit - '0');
        }

        return !text.IsEmpty;
    }

    private SipStreamOutcome Break()
    {
        _isBroken = true;
        _buffer = [];
        _start = 0;
        _end = 0;
        return SipStreamOutcome.Broken;
    }
}
