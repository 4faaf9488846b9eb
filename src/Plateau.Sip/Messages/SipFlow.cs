using System.Net;

namespace Plateau.Sip.Messages;

/// <summary>How bytes of a flow travel.</summary>
public enum SipTransport
{
    /// <summary>Datagrams.</summary>
    Udp,

    /// <summary>A TCP stream.</summary>
    Tcp,

    /// <summary>TLS over TCP.</summary>
    Tls,

    /// <summary>WebSocket, RFC 7118.</summary>
    Ws,

    /// <summary>WebSocket over TLS, RFC 7118.</summary>
    Wss,
}

/// <summary>A transport path between this element and one peer (the flow of RFC 5626 §3.1).</summary>
/// <param name="Transport">How the bytes travel.</param>
/// <param name="Local">Where they arrive and leave here.</param>
/// <param name="Remote">The peer's address as seen here, behind any NAT.</param>
/// <param name="ConnectionId">The connection's number, unique among those of its listener; 0 for UDP, and for a
/// stream that
/// is still to be opened.</param>
public readonly record struct SipFlow(
    SipTransport Transport, IPEndPoint Local, IPEndPoint Remote, long ConnectionId = 0)
{
    /// <summary>Whether the transport delivers reliably, so that nothing is sent again by a timer.</summary>
    public bool IsReliable => Transport != SipTransport.Udp;

    /// <summary>Whether the transport keeps others from reading along.</summary>
    public bool IsSecure => Transport is SipTransport.Tls or SipTransport.Wss;

    /// <summary>The transport's name as a Via writes it: UDP, TCP, TLS, WS or WSS.</summary>
    public string ViaTransport => Transport switch
    {
        SipTransport.Udp => "UDP",
        SipTransport.Tcp => "TCP",
        SipTransport.Tls => "TLS",
        SipTransport.Ws => "WS",
        _ => "WSS",
    };
}
