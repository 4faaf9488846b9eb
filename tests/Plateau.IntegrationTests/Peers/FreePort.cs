using System.Net;
using System.Net.Sockets;

namespace Plateau.IntegrationTests.Peers;

/// <summary>Ports on loopback that nobody uses at the moment.</summary>
internal static class FreePort
{
    private static int s_nextRange = 30_000 + (Environment.ProcessId % 50) * 100;

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
    internal static int Range(int ports) => Interlocked.Add(ref s_nextRange, ports) - ports;
}
