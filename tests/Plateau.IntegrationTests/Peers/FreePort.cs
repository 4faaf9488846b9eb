using System.Net;
using System.Net.Sockets;

namespace Plateau.IntegrationTests.Peers;

/// <summary>Ports on loopback that nobody uses at the moment.</summary>
internal static class FreePort
{
    // Below the system's ephemeral ports, which begin at 32,768. Ranges come again after a while, when their tests
    // are over.
    private const int First = 10_000;
    private const int Count = 22_000;

    private static readonly Lock s_gate = new();
    private static int s_nextRange = Environment.ProcessId % 100 * 200;

    internal static int Udp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    internal static int Tcp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>The first port of a range for RTP that no other test of this run uses.</summary>
    internal static int Range(int ports)
    {
        lock (s_gate)
        {
            s_nextRange = s_nextRange + ports > Count ? 0 : s_nextRange;
            s_nextRange += ports;
            return First + s_nextRange - ports;
        }
    }
}
