using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>SIP over TCP, or over TLS when it has an identity: accepts connections, opens and reuses them.</summary>
/// <remarks>
/// A flow with a connection number is sent over that connection or not at all, since its peer may be behind a NAT
/// (RFC 5626); one without takes a connection that is there for its address, or opens one (RFC 3261 §18.1.1).
/// </remarks>
internal sealed class StreamTransport : ISipTransport
{
    private long _lastConnection;

    private readonly SipTransportOptions _options;
    private readonly SipTransportEvents _events;
    private readonly TlsIdentity? _identity;
    private readonly ILogger _log;
    private readonly Socket _listener;
    private readonly ConnectionTable _connections;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private readonly Task _sweeping;

    /// <summary>Binds and starts to accept.</summary>
    /// <param name="local">Where to listen; port 0 for any.</param>
    /// <param name="identity">Makes it TLS; null is TCP.</param>
    /// <param name="options">Limits and patience.</param>
    /// <param name="events">Whom to tell.</param>
    /// <param name="log">Where to log.</param>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public StreamTransport(
        IPEndPoint local, TlsIdentity? identity, SipTransportOptions options, SipTransportEvents events, ILogger log)
    {
        _options = options;
        _events = events;
        _identity = identity;
        _log = log;
        _connections = new ConnectionTable(options);
        _listener = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(local);
        _listener.Listen(512);
        Local = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
        _sweeping = SweepAsync();
        TransportLog.Listening(log, Kind, Local);
    }

    /// <inheritdoc/>
    public SipTransport Kind => _identity is null ? SipTransport.Tcp : SipTransport.Tls;

    /// <inheritdoc/>
    public IPEndPoint Local { get; }

    /// <summary>Connections at present.</summary>
    public int ConnectionCount => _connections.Count;

    /// <inheritdoc/>
    public SipFlow FlowTo(IPEndPoint remote) => new(Kind, LocalAddress.Towards(Local, remote), remote);

    /// <inheritdoc/>
    public void Send(SipFlow flow, ReadOnlyMemory<byte> bytes)
    {
        var connection = flow.ConnectionId != 0 ? _connections.Find(flow.ConnectionId) : _connections.Find(flow.Remote);
        if (connection is null && flow.ConnectionId == 0 && !_stopping.IsCancellationRequested)
        {
            connection = Open(flow);
        }

        if (connection is null || !connection.TrySend(bytes))
        {
            _events.Lost(flow);
        }
    }

    /// <summary>Stops accepting and ends every connection; waits for the loops.</summary>
    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        _stopping.Cancel();
        _listener.Dispose();
        _connections.EndAll("transport stopped");
        Task.WaitAll(_accepting, _sweeping);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // The peer went away between knocking and entering, or files are short: the next may fare better.
                TransportLog.ReceiveFailed(_log, Local, e);
                continue;
            }

            Admit(socket);
        }
    }

    private void Admit(Socket socket)
    {
        if (socket.RemoteEndPoint is not IPEndPoint remote || socket.LocalEndPoint is not IPEndPoint local
            || (_events.Admits is { } admits && !admits(remote.Address)))
        {
            socket.Dispose();
            return;
        }

        var flow = new SipFlow(Kind, local, remote, Interlocked.Increment(ref _lastConnection));
        var connection = new StreamConnection(socket, flow, isOutgoing: false, _options, _events);
        if (_connections.TryAdd(connection) is { } refusal)
        {
            TransportLog.ConnectionRefused(_log, remote, refusal);
            socket.Dispose();
            return;
        }

        _ = RunAsync(connection, () => AnswerHandshakeAsync(socket));
    }

    private StreamConnection? Open(SipFlow wanted)
    {
        var socket = new Socket(wanted.Remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var flow = wanted with { ConnectionId = Interlocked.Increment(ref _lastConnection) };
        var connection = new StreamConnection(socket, flow, isOutgoing: true, _options, _events);
        if (_connections.TryAdd(connection) is { } refusal)
        {
            TransportLog.ConnectionRefused(_log, wanted.Remote, refusal);
            socket.Dispose();
            return null;
        }

        _ = RunAsync(connection, () => BeginHandshakeAsync(socket, wanted.Remote));
        return connection;
    }

    /// <summary>The life of one connection; whatever ends it, its flow is told lost exactly once,
    /// and so is the one without a number that may have opened it.</summary>
    private async Task RunAsync(StreamConnection connection, Func<Task<Stream>> connect)
    {
        // Off the caller's thread from here on: it is the SIP driver or the accept loop.
        await Task.Yield();
        try
        {
            await connection.RunAsync(await connect().ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (
            e is IOException or SocketException or AuthenticationException or OperationCanceledException
                or ObjectDisposedException or InvalidOperationException)
        {
            connection.End($"not connected: {e.GetType().Name}");
        }
        finally
        {
            connection.End("ended");
            _connections.Remove(connection);
            TransportLog.ConnectionEnded(_log, connection.Flow.Remote, connection.EndedWhy ?? "");
            _events.Lost(connection.Flow);
            _events.Lost(connection.Flow with { ConnectionId = 0 });
        }
    }

    private async Task<Stream> AnswerHandshakeAsync(Socket socket)
    {
        socket.NoDelay = true;
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (_identity is null)
        {
            return plain;
        }

        using var patience = Patience();
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(_identity.ServerOptions(), patience.Token).ConfigureAwait(false);
        return secure;
    }

    private async Task<Stream> BeginHandshakeAsync(Socket socket, IPEndPoint remote)
    {
        using var patience = Patience();
        socket.NoDelay = true;
        await socket.ConnectAsync(remote, patience.Token).ConfigureAwait(false);
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (_identity is null)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        var options = _identity.ClientOptions(remote.Address.ToString());
        await secure.AuthenticateAsClientAsync(options, patience.Token).ConfigureAwait(false);
        return secure;
    }

    private CancellationTokenSource Patience()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        patience.CancelAfter(_options.HandshakeMax);
        return patience;
    }

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(_options.SweepInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                _connections.EndOverdue(Environment.TickCount64);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
