using System.Net;
using System.Net.Sockets;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>All SIP transports of this server: finds the one a flow belongs to.</summary>
internal sealed class SipTransports(IReadOnlyList<ISipTransport> transports) : IDisposable
{
    /// <summary>The transports in the order of the configuration.</summary>
    public IReadOnlyList<ISipTransport> All => transports;

    /// <summary>The flow to a peer over the first transport of this kind and address family; null when there is
    /// none.</summary>
    public SipFlow? FlowTo(SipTransport kind, IPEndPoint remote) =>
        Find(kind, remote.AddressFamily, port: 0)?.FlowTo(remote);

    /// <summary>Sends over the transport the flow came by, or else the first of its kind; false when there is
    /// none.</summary>
    public bool Send(SipFlow flow, ReadOnlyMemory<byte> bytes)
    {
        var transport = Find(flow.Transport, flow.Remote.AddressFamily, flow.Local.Port);
        transport?.Send(flow, bytes);
        return transport is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var transport in transports)
        {
            transport.Dispose();
        }
    }

    private ISipTransport? Find(SipTransport kind, AddressFamily family, int port)
    {
        ISipTransport? first = null;
        foreach (var transport in transports)
        {
            if (transport.Kind != kind || transport.Local.AddressFamily != family)
            {
                continue;
            }

            if (transport.Local.Port == port)
            {
                return transport;
            }

            first ??= transport;
        }

        return first;
    }
}
