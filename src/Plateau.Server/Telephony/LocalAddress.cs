using System.Net;
using System.Net.Sockets;

namespace Plateau.Server.Telephony;

/// <summary>Which address of ours a peer sees, when we listen on all of them.</summary>
internal static class LocalAddress
{
    /// <summary>The address the kernel would send from; that listened on when it is a particular one, or no way is
    /// known.</summary>
    public static IPEndPoint Towards(IPEndPoint listening, IPEndPoint remote)
    {
        if (!listening.Address.Equals(IPAddress.Any) && !listening.Address.Equals(IPAddress.IPv6Any))
        {
            return listening;
        }

        try
        {
            // Connecting a datagram socket sends nothing; it only asks for the route.
            using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(remote);
            return new IPEndPoint(((IPEndPoint)probe.LocalEndPoint!).Address, listening.Port);
        }
        catch (SocketException)
        {
            return listening;
        }
    }
}
