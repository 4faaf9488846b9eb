using System.Net;
using System.Net.Sockets;
using System.Text;
using Plateau.Server.Telephony;
using Plateau.Sip.Messages;

namespace Plateau.IntegrationTests.Telephony;

public sealed class TransportTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_datagram_arrives_with_its_flow_and_the_answer_goes_back_over_it()
    {
        var (here, there) = (new TransportEnd(), new TransportEnd());
        using var ours = here.Udp();
        using var theirs = there.Udp();
        ours.Send(ours.FlowTo(theirs.Local), TransportEnd.Message("a"));
        var (flow, text) = await there.ReceivedAsync();
        Assert.StartsWith("OPTIONS sip:a", text, StringComparison.Ordinal);
        Assert.Equal(new SipFlow(SipTransport.Udp, theirs.Local, ours.Local), flow);
        theirs.Send(flow, TransportEnd.Message("b"));
        Assert.Equal(theirs.Local, (await here.ReceivedAsync()).Flow.Remote);
    }

    [Fact]
    public async Task A_listener_on_every_address_says_which_one_the_peer_sees()
    {
        var (here, there) = (new TransportEnd(), new TransportEnd());
        using var ours = new UdpTransport(
            new IPEndPoint(IPAddress.Any, 0), new SipTransportOptions(), here.Events,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        using var theirs = there.Udp();
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, ours.Local.Port), ours.FlowTo(theirs.Local).Local);
        theirs.Send(theirs.FlowTo(new IPEndPoint(IPAddress.Loopback, ours.Local.Port)), TransportEnd.Message("a"));
        Assert.Equal(IPAddress.Loopback, (await here.ReceivedAsync()).Flow.Local.Address);
    }

    [Fact]
    public async Task Datagrams_of_unknown_sources_and_keep_alives_go_no_further()
    {
        var strangers = IPAddress.Parse("127.0.0.2");
        var (here, there) = (new TransportEnd(address => !address.Equals(strangers)), new TransportEnd());
        using var ours = here.Udp();
        using var stranger = new UdpClient(new IPEndPoint(strangers, 0));
        using var theirs = there.Udp();
        await stranger.SendAsync(TransportEnd.Message("stranger"), ours.Local, Cancelled);
        theirs.Send(theirs.FlowTo(ours.Local), "\r\n\r\n"u8.ToArray());
        theirs.Send(theirs.FlowTo(ours.Local), TransportEnd.Message("known"));
        Assert.Contains("sip:known", (await here.ReceivedAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(2, ours.DroppedCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_is_opened_once_and_used_both_ways(bool isSecure)
    {
        using var identity = isSecure ? TlsIdentity.SelfSigned(["127.0.0.1"], DateTimeOffset.UtcNow) : null;
        var (here, there) = (new TransportEnd(), new TransportEnd());
        using var ours = here.Stream(identity);
        using var theirs = there.Stream(identity);
        var flow = ours.FlowTo(theirs.Local);
        ours.Send(flow, TransportEnd.Message("one"));
        ours.Send(flow, TransportEnd.Message("two"));
        var (back, first) = await there.ReceivedAsync();
        var (again, second) = await there.ReceivedAsync();
        Assert.Contains("sip:one", first, StringComparison.Ordinal);
        Assert.Contains("sip:two", second, StringComparison.Ordinal);
        Assert.Equal(back, again);
        Assert.Equal(isSecure ? SipTransport.Tls : SipTransport.Tcp, back.Transport);
        theirs.Send(back, TransportEnd.Message("answer"));
        Assert.Contains("sip:answer", (await here.ReceivedAsync()).Text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (ours.ConnectionCount, theirs.ConnectionCount));
    }

    [Fact]
    public async Task A_peer_whose_certificate_nobody_vouches_for_is_not_spoken_to()
    {
        using var known = TlsIdentity.SelfSigned(["127.0.0.1"], DateTimeOffset.UtcNow);
        using var unknown = TlsIdentity.SelfSigned(["127.0.0.1"], DateTimeOffset.UtcNow);
        var (here, there) = (new TransportEnd(), new TransportEnd());
        using var ours = here.Stream(known);
        using var theirs = there.Stream(unknown);
        var flow = ours.FlowTo(theirs.Local);
        ours.Send(flow, TransportEnd.Message("secret"));
        Assert.NotEqual(0, (await here.LostAsync()).ConnectionId);
        Assert.Equal(flow, await here.LostAsync());
    }

    [Fact]
    public async Task A_message_to_nobody_is_told_as_a_lost_flow()
    {
        var here = new TransportEnd();
        using var ours = here.Stream();
        var flow = ours.FlowTo(new IPEndPoint(IPAddress.Loopback, Peers.FreePort.Tcp()));
        ours.Send(flow, TransportEnd.Message("x"));
        Assert.Equal(flow.Remote, (await here.LostAsync()).Remote);
        Assert.Equal(flow, await here.LostAsync());
        var ended = flow with { ConnectionId = long.MaxValue };
        ours.Send(ended, TransportEnd.Message("x"));
        Assert.Equal(ended, await here.LostAsync());
    }

    [Fact]
    public async Task A_ping_is_answered_with_a_pong_and_a_stream_without_sip_is_closed()
    {
        var here = new TransportEnd();
        using var ours = here.Stream();
        using var peer = new TcpClient();
        await peer.ConnectAsync(ours.Local, Cancelled);
        await peer.GetStream().WriteAsync("\r\n\r\n"u8.ToArray(), Cancelled);
        var pong = new byte[2];
        await peer.GetStream().ReadExactlyAsync(pong, Cancelled);
        Assert.Equal("\r\n", Encoding.ASCII.GetString(pong));
        await peer.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Cancelled);
        Assert.Equal(((IPEndPoint)peer.Client.LocalEndPoint!).Port, (await here.LostAsync()).Remote.Port);
        Assert.True(await IsClosedAsync(peer));
    }

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed()
    {
        var here = new TransportEnd();
        using var ours = here.Stream(options: new SipTransportOptions
        {
            FirstMessageMax = TimeSpan.FromMilliseconds(100),
            SweepInterval = TimeSpan.FromMilliseconds(50),
        });
        using var peer = new TcpClient();
        await peer.ConnectAsync(ours.Local, Cancelled);
        await peer.GetStream().WriteAsync("OPTIONS sip:slow"u8.ToArray(), Cancelled);
        Assert.True(await IsClosedAsync(peer));
        await here.LostAsync();
        Assert.Equal(0, ours.ConnectionCount);
    }

    [Fact]
    public async Task One_address_may_not_take_all_connections()
    {
        var here = new TransportEnd();
        using var ours = here.Stream(options: new SipTransportOptions { ConnectionsPerSourceMax = 2 });
        using var first = new TcpClient();
        using var second = new TcpClient();
        using var third = new TcpClient();
        await first.ConnectAsync(ours.Local, Cancelled);
        await second.ConnectAsync(ours.Local, Cancelled);
        await third.ConnectAsync(ours.Local, Cancelled);
        Assert.True(await IsClosedAsync(third));
        await first.GetStream().WriteAsync(TransportEnd.Message("first"), Cancelled);
        Assert.Contains("sip:first", (await here.ReceivedAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(2, ours.ConnectionCount);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_cut_off_when_its_queue_is_full()
    {
        var here = new TransportEnd();
        using var ours = here.Stream(options: new SipTransportOptions { WriteQueueBytesMax = 100_000 });
        using var peer = new TcpClient();
        await peer.ConnectAsync(ours.Local, Cancelled);
        await peer.GetStream().WriteAsync(TransportEnd.Message("deaf"), Cancelled);
        var (flow, _) = await here.ReceivedAsync();
        var sent = 0;
        while (ours.ConnectionCount > 0 && sent < 10_000)
        {
            ours.Send(flow, new byte[50_000]);
            sent++;
        }

        Assert.True(sent < 10_000, "half a gigabyte was taken for a peer that reads nothing");
        Assert.Equal(flow, await here.LostAsync());
    }

    private static async Task<bool> IsClosedAsync(TcpClient peer)
    {
        try
        {
            return await peer.GetStream().ReadAsync(new byte[1], Cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(10)) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
