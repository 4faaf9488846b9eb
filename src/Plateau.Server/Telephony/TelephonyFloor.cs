using System.Net;
using Plateau.Contracts.Tenancy;
using Plateau.Contracts.Telephony;
using Plateau.Server.Hosting;

namespace Plateau.Server.Telephony;

/// <summary>The telephony of a server put together: transports, telephony thread, data plane.</summary>
internal sealed class TelephonyFloor : IDisposable
{
    private readonly TlsIdentity? _identity;

    private TelephonyFloor(RtpDriver rtp, SipDriver sip, SipTransports transports, TlsIdentity? identity)
    {
        Rtp = rtp;
        Sip = sip;
        Transports = transports;
        _identity = identity;
    }

    /// <summary>The data plane.</summary>
    internal RtpDriver Rtp { get; }

    /// <summary>Signalling: give it the tenants, and the centres' effects.</summary>
    internal SipDriver Sip { get; }

    /// <summary>The sockets.</summary>
    internal SipTransports Transports { get; }

    /// <summary>Binds all sockets and starts to work; nobody is admitted until tenants are configured.</summary>
    /// <param name="config">Listeners, ports, addresses.</param>
    /// <param name="folders">Where recordings go.</param>
    /// <param name="node">Node number of the ids of incoming legs, 0 to 1,023; no two living sources share one.</param>
    /// <param name="log">For what goes wrong.</param>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be bound.</exception>
    internal static TelephonyFloor Open(ServerConfig config, ServerFolders folders, int node, ILogger log)
    {
        var rtp = new RtpDriver(RtpDriverOptions.From(config.Rtp, folders.Recordings), log);
        SipTransports? transports = null;
        var sip = new SipDriver(
            SipDriverOptions.From(config, node),
            new SipPaths((flow, bytes) => transports!.Send(flow, bytes), (kind, remote) => transports!.FlowTo(kind, remote)),
            rtp,
            log);
        var identity = config.Sip is { CertificateFile: { } certificate, KeyFile: { } key }
            ? TlsIdentity.FromPem(certificate, key)
            : null;
        var events = new SipTransportEvents(sip.Receive, sip.Lost);
        var opened = new List<ISipTransport>();
        try
        {
            foreach (var listener in config.Sip.Listeners)
            {
                opened.Add(Listen(listener, identity, events, log));
            }
        }
        catch
        {
            opened.ForEach(one => one.Dispose());
            rtp.Dispose();
            sip.Dispose();
            throw;
        }

        transports = new SipTransports(opened);
        sip.Start();
        return new TelephonyFloor(rtp, sip, transports, identity);
    }

    /// <summary>Stops everything; calls that are up are simply gone (drain first).</summary>
    public void Dispose()
    {
        Rtp.Dispose(); // first, so that ended recordings are still told
        Sip.Dispose();
        Transports.Dispose();
        _identity?.Dispose();
    }

    private static ISipTransport Listen(
        SipListenerConfig listener, TlsIdentity? identity, SipTransportEvents events, ILogger log)
    {
        var local = new IPEndPoint(IPAddress.Parse(listener.Address), listener.Port);
        var options = new SipTransportOptions();
        return listener.Transport switch
        {
            SipTransportKind.Udp => new UdpTransport(local, options, events, log),
            SipTransportKind.Tcp => new StreamTransport(local, null, options, events, log),
            _ => new StreamTransport(local, identity, options, events, log),
        };
    }
}
