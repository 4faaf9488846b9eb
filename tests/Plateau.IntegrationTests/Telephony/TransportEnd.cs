using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Server.Telephony;
using Plateau.Sip.Messages;

namespace Plateau.IntegrationTests.Telephony;

/// <summary>One end of a SIP transport test: what came and what was lost can be awaited.</summary>
internal sealed class TransportEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<(SipFlow Flow, string Text)> _received = Channel.CreateUnbounded<(SipFlow, string)>();
    private readonly Channel<SipFlow> _lost = Channel.CreateUnbounded<SipFlow>();

    internal TransportEnd(Func<IPAddress, bool>? admits = null) => Events = new SipTransportEvents(
        (flow, bytes) => _received.Writer.TryWrite((flow, Encoding.UTF8.GetString(bytes.Span))),
        flow => _lost.Writer.TryWrite(flow))
    {
        Admits = admits,
    };

    internal SipTransportEvents Events { get; }

    internal async Task<(SipFlow Flow, string Text)> ReceivedAsync() =>
        await _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    internal async Task<SipFlow> LostAsync() =>
        await _lost.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    internal UdpTransport Udp() => new(Loopback, new SipTransportOptions(), Events, NullLogger.Instance);

    internal StreamTransport Stream(TlsIdentity? identity = null, SipTransportOptions? options = null) =>
        new(Loopback, identity, options ?? new SipTransportOptions(), Events, NullLogger.Instance);

    internal static IPEndPoint Loopback => new(IPAddress.Loopback, 0);

    internal static byte[] Message(string name) =>
        Encoding.UTF8.GetBytes($"OPTIONS sip:{name} SIP/2.0\r\nContent-Length: 2\r\n\r\nhi");
}
