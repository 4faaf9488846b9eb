using System.Net.Sockets;
using System.Threading.Channels;
using Plateau.Sip.Messages;
using Plateau.Sip.Parsing;

namespace Plateau.Server.Telephony;

/// <summary>One TCP or TLS connection: a reader that tells messages apart, and a bounded queue for a writer.</summary>
internal sealed class StreamConnection
{
    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly Socket _socket;
    private readonly SipTransportOptions _options;
    private readonly SipTransportEvents _events;
    private readonly Channel<ReadOnlyMemory<byte>> _queue = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(
        new UnboundedChannelOptions { SingleReader = true });

    private long _queuedBytes;
    private long _lastHeardMs;
    private int _isEnded;

    /// <summary>A connection that is not yet running.</summary>
    /// <param name="socket">Connected, or to be connected by <paramref name="isOutgoing"/>'s opener.</param>
    /// <param name="flow">The flow with the connection's number.</param>
    /// <param name="isOutgoing">Whether we opened it; accepted ones must soon say something.</param>
    /// <param name="options">Limits and patience.</param>
    /// <param name="events">Whom to tell.</param>
    public StreamConnection(
        Socket socket, SipFlow flow, bool isOutgoing, SipTransportOptions options, SipTransportEvents events)
    {
        _socket = socket;
        _options = options;
        _events = events;
        Flow = flow;
        HasSpoken = isOutgoing;
        _lastHeardMs = Environment.TickCount64;
    }

    /// <summary>The flow with the connection's number.</summary>
    public SipFlow Flow { get; }

    /// <summary>Whether a whole message has come, or we opened it ourselves.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>Why it ended; null while it lives.</summary>
    public string? EndedWhy { get; private set; }

    /// <summary>Whether its patience has ended at this moment of <see cref="Environment.TickCount64"/>.</summary>
    public bool IsOverdue(long nowMs) => nowMs - Interlocked.Read(ref _lastHeardMs)
        > (HasSpoken ? _options.IdleMax : _options.FirstMessageMax).TotalMilliseconds;

    /// <summary>Queues bytes; false when the connection has ended or its peer does not read.</summary>
    public bool TrySend(ReadOnlyMemory<byte> bytes)
    {
        if (Interlocked.Add(ref _queuedBytes, bytes.Length) > _options.WriteQueueBytesMax)
        {
            End("peer does not read");
            return false;
        }

        return _queue.Writer.TryWrite(bytes);
    }

    /// <summary>Reads and writes until the connection ends; the stream is then closed.</summary>
    public async Task RunAsync(Stream stream)
    {
        await using (stream.ConfigureAwait(false))
        {
            var writing = WriteAsync(stream);
            await ReadAsync(stream).ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection for a reason; the first reason stays.</summary>
    public void End(string why)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            return;
        }

        EndedWhy = why;
        _queue.Writer.TryComplete();
        _socket.Dispose();
    }

    private async Task ReadAsync(Stream stream)
    {
        var parser = new SipStreamParser();
        var buffer = new byte[8_192];
        try
        {
            while (true)
            {
                var length = await stream.ReadAsync(buffer).ConfigureAwait(false);
                if (length == 0)
                {
                    End("closed by the peer");
                    return;
                }

                if (HasSpoken)
                {
                    Interlocked.Exchange(ref _lastHeardMs, Environment.TickCount64);
                }

                parser.Append(buffer.AsSpan(0, length));
                if (!Deliver(parser))
                {
                    End("no SIP on the stream");
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            End("broken while reading");
        }
    }

    /// <summary>Hands over what is whole; false when the stream makes no sense any more.</summary>
    private bool Deliver(SipStreamParser parser)
    {
        while (true)
        {
            switch (parser.Next(out var message))
            {
                case SipStreamOutcome.Message:
                    HasSpoken = true;
                    Interlocked.Exchange(ref _lastHeardMs, Environment.TickCount64);
                    _events.Received(Flow, message.ToArray());
                    break;
                case SipStreamOutcome.Ping:
                    TrySend(Pong);
                    break;
                case SipStreamOutcome.NeedMore:
                    return true;
                default:
                    return false;
            }
        }
    }

    private async Task WriteAsync(Stream stream)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_queue.Reader.TryRead(out var bytes))
                {
                    await stream.WriteAsync(bytes).ConfigureAwait(false);
                    Interlocked.Add(ref _queuedBytes, -bytes.Length);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            End("broken while writing");
        }
    }
}
