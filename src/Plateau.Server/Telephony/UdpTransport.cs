using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>SIP over UDP: one socket, read by a thread of its own; sending is allowed from any thread.</summary>
/// <remarks>
/// A message costs one array of its size, which the receiver owns; what comes from a source that is not admitted, or is
/// too short to be a message, costs nothing but the read.
/// </remarks>
internal sealed class UdpTransport : ISipTransport
{
    private readonly SipTransportOptions _options;
    private readonly SipTransportEvents _events;
    private readonly ILogger _log;
    private readonly Socket _socket;
    private readonly Thread _thread;
    private readonly Dictionary<SocketAddress, SipFlow> _flows = [];
    private readonly ConcurrentDictionary<IPEndPoint, SocketAddress> _addresses = [];
    private volatile bool _isStopping;
    private long _droppedCount;

    /// <summary>Binds and starts to receive.</summary>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public UdpTransport(IPEndPoint local, SipTransportOptions options, SipTransportEvents events, ILogger log)
    {
        _options = options;
        _events = events;
        _log = log;
        _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = options.ReceiveBufferBytes,
        };
        _socket.Bind(local);
        Local = (IPEndPoint)_socket.LocalEndPoint!;
        _thread = new Thread(ReceiveUntilStopped) { IsBackground = true, Name = $"sip-udp-{Local.Port}" };
        _thread.Start();
        TransportLog.Listening(log, Kind, Local);
    }

    /// <inheritdoc/>
    public SipTransport Kind => SipTransport.Udp;

    /// <inheritdoc/>
    public IPEndPoint Local { get; }

    /// <summary>Datagrams dropped unread: keep-alives and sources not admitted.</summary>
    public long DroppedCount => Interlocked.Read(ref _droppedCount);

    /// <inheritdoc/>
    public SipFlow FlowTo(IPEndPoint remote) => new(Kind, LocalAddress.Towards(Local, remote), remote);

    /// <inheritdoc/>
    public void Send(SipFlow flow, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            _socket.SendTo(bytes.Span, SocketFlags.None, AddressOf(flow.Remote));
        }
        catch (SocketException e)
        {
            TransportLog.SendFailed(_log, flow.Remote, e.SocketErrorCode);
            _events.Lost(flow);
        }
        catch (ObjectDisposedException)
        {
            // Stopped meanwhile: nobody is left to be told.
        }
    }

    /// <summary>Stops receiving and closes the socket; waits for the thread.</summary>
    public void Dispose()
    {
        if (_isStopping)
        {
            return;
        }

        _isStopping = true;
        Wake();
        _thread.Join();
        _socket.Dispose();
    }

    private void ReceiveUntilStopped()
    {
        var buffer = new byte[Limits.MessageBytesMax];
        var from = new SocketAddress(_socket.AddressFamily);
        while (!_isStopping)
        {
            try
            {
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                Receive(buffer.AsSpan(0, length), from);
            }
            catch (SocketException e) when (!_isStopping)
            {
                // An ICMP error for something sent earlier; the socket goes on.
                TransportLog.ReceiveFailed(_log, Local, e);
            }
            catch (Exception e) when (_isStopping && e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Receive(ReadOnlySpan<byte> datagram, SocketAddress from)
    {
        // Line ends and STUN-like pings of less than any start line keep a NAT open and want no answer.
        if (datagram.Length < 12 || _isStopping)
        {
            Interlocked.Increment(ref _droppedCount);
            return;
        }

        if (TryFindFlow(from, out var flow))
        {
            _events.Received(flow, datagram.ToArray());
            return;
        }

        Interlocked.Increment(ref _droppedCount);
    }

    /// <summary>The flow of a source; false when it is not admitted, for which nothing is remembered.</summary>
    private bool TryFindFlow(SocketAddress from, out SipFlow flow)
    {
        var isKnown = _flows.TryGetValue(from, out flow);
        var remote = isKnown ? flow.Remote : (IPEndPoint)Local.Create(from);
        if (_events.Admits is { } admits && !admits(remote.Address))
        {
            return false;
        }

        if (isKnown)
        {
            return true;
        }

        if (_flows.Count >= _options.RememberedPeerMax)
        {
            _flows.Clear();
        }

        var key = new SocketAddress(from.Family, from.Size);
        from.Buffer.Span[..from.Size].CopyTo(key.Buffer.Span);
        flow = FlowTo(remote);
        _flows.Add(key, flow);
        return true;
    }

    private SocketAddress AddressOf(IPEndPoint remote)
    {
        if (_addresses.TryGetValue(remote, out var address))
        {
            return address;
        }

        if (_addresses.Count >= _options.RememberedPeerMax)
        {
            _addresses.Clear();
        }

        return _addresses.GetOrAdd(remote, static endpoint => endpoint.Serialize());
    }

    /// <summary>A datagram to ourselves ends the read the thread waits in.</summary>
    private void Wake()
    {
        var address = Local.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : Local.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : Local.Address;
        using var waker = new Socket(Local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        waker.SendTo("stop"u8, SocketFlags.None, new IPEndPoint(address, Local.Port).Serialize());
    }
}
