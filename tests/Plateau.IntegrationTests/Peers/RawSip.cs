using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Plateau.IntegrationTests.Peers;

/// <summary>A SIP peer that says exactly what a test writes, right or wrong, over UDP, TCP or TLS.</summary>
internal sealed partial class RawSip : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly int _port;
    private readonly UdpClient? _datagrams;
    private readonly TcpClient? _connection;
    private readonly Stream? _stream;
    private readonly byte[] _buffer = new byte[65_536];
    private string _received = string.Empty;
    private int _number;

    private RawSip(int port, UdpClient? datagrams, TcpClient? connection, Stream? stream)
    {
        _port = port;
        _datagrams = datagrams;
        _connection = connection;
        _stream = stream;
    }

    /// <summary>Where it sends from.</summary>
    internal IPEndPoint Local => (IPEndPoint)(_datagrams?.Client ?? _connection!.Client).LocalEndPoint!;

    /// <summary>Bytes that came and were not looked at.</summary>
    internal int Waiting => _datagrams?.Available ?? _connection!.Available;

    private string Transport => _datagrams is not null ? "UDP" : _stream is SslStream ? "TLS" : "TCP";

    internal static RawSip Udp(int serverPort, string address = "127.0.0.2") =>
        new(serverPort, new UdpClient(new IPEndPoint(IPAddress.Parse(address), 0)), null, null);

    internal static async Task<RawSip> Tcp(int serverPort, string address = "127.0.0.2")
    {
        var connection = new TcpClient(new IPEndPoint(IPAddress.Parse(address), 0));
        await connection.ConnectAsync(IPAddress.Loopback, serverPort);
        return new RawSip(serverPort, null, connection, connection.GetStream());
    }

    internal static async Task<RawSip> Tls(int serverPort, X509Trust trust, string address = "127.0.0.2")
    {
        var connection = new TcpClient(new IPEndPoint(IPAddress.Parse(address), 0));
        await connection.ConnectAsync(IPAddress.Loopback, serverPort);
        var stream = new SslStream(connection.GetStream(), false, (_, given, _, _) =>
            given is not null && given.GetCertHashString() == trust.Sha1);
        await stream.AuthenticateAsClientAsync("127.0.0.1");
        return new RawSip(serverPort, null, connection, stream);
    }

    /// <summary>A request with all that a request must have; a test changes what it wants to be different.</summary>
    /// <param name="method">The method.</param>
    /// <param name="user">Whom; empty for the server itself.</param>
    /// <param name="from">Who.</param>
    /// <param name="more">Further header lines, each ended by a line end.</param>
    /// <param name="body">SDP.</param>
    internal string Request(string method, string user, string from = "0639980001", string more = "", string body = "")
    {
        var n = Interlocked.Increment(ref _number);
        var target = user.Length == 0 ? $"sip:127.0.0.1:{_port}" : $"sip:{user}@127.0.0.1:{_port}";
        var to = method == "REGISTER" ? $"sip:{from}@127.0.0.1" : target;
        var type = body.Length == 0 ? string.Empty : "Content-Type: application/sdp\r\n";
        return string.Create(CultureInfo.InvariantCulture, $"""
            {method} {target} SIP/2.0
            Via: SIP/2.0/{Transport} {Local};branch=z9hG4bK{Local.Port}x{n};rport
            From: <sip:{from}@127.0.0.1>;tag=t{n}
            To: <{to}>
            Call-ID: {Local.Port}-{n}@test.invalid
            CSeq: {n} {method}
            Contact: <sip:{from}@{Local};transport={Transport.ToLowerInvariant()}>
            Max-Forwards: 70
            {more}{type}Content-Length: {Encoding.UTF8.GetByteCount(body)}


            """).ReplaceLineEndings("\r\n") + body;
    }

    /// <summary>An ordinary offer; the port need not be listened on.</summary>
    internal string Offer(string formats = "8 0 101", string maps = "a=rtpmap:101 telephone-event/8000\r\n") =>
        $"v=0\r\no=raw 1 1 IN IP4 {Local.Address}\r\ns=-\r\nc=IN IP4 {Local.Address}\r\nt=0 0\r\n"
        + $"m=audio 40404 RTP/AVP {formats}\r\n{maps}a=sendrecv\r\n";

    internal Task Send(string message) => Send(Encoding.UTF8.GetBytes(message));

    internal async Task Send(byte[] message)
    {
        if (_datagrams is not null)
        {
            await _datagrams.SendAsync(message, new IPEndPoint(IPAddress.Loopback, _port));
        }
        else
        {
            await _stream!.WriteAsync(message);
            await _stream.FlushAsync();
        }
    }

    /// <summary>The next message that comes, "100 Trying" left out.</summary>
    internal async Task<string> Receive()
    {
        while (true)
        {
            var message = _datagrams is not null
                ? Encoding.UTF8.GetString((await _datagrams.ReceiveAsync().WaitAsync(Patience)).Buffer)
                : await ReceiveFromStream();
            if (!message.StartsWith("SIP/2.0 100", StringComparison.Ordinal))
            {
                return message;
            }
        }
    }

    /// <summary>Sends and takes the next answer; a refused INVITE is acknowledged.</summary>
    internal async Task<string> Ask(string request)
    {
        await Send(request);
        var answer = await Receive();
        if (request.StartsWith("INVITE", StringComparison.Ordinal) && Status(answer) >= 300)
        {
            await Send(Acknowledge(request, answer));
        }

        return answer;
    }

    /// <summary>The ACK of a refusal: same branch (RFC 3261 §17.1.1.3).</summary>
    internal static string Acknowledge(string request, string answer)
    {
        var lines = request.Split("\r\n\r\n")[0].Split("\r\n");
        var kept = lines.Where(l => l.StartsWith("Via", StringComparison.Ordinal)
            || l.StartsWith("From", StringComparison.Ordinal) || l.StartsWith("Call-ID", StringComparison.Ordinal)
            || l.StartsWith("Max-Forwards", StringComparison.Ordinal));
        var sequence = Header(request, "CSeq").Split(' ')[0];
        return $"{lines[0].Replace("INVITE", "ACK", StringComparison.Ordinal)}\r\n{string.Join("\r\n", kept)}\r\n"
            + $"To: {Header(answer, "To")}\r\nCSeq: {sequence} ACK\r\nContent-Length: 0\r\n\r\n";
    }

    /// <summary>A request inside the dialog that the answer to an INVITE made.</summary>
    internal string InDialog(string method, string invite, string answer)
    {
        var sequence = Header(invite, "CSeq").Split(' ')[0];
        var n = method == "ACK" ? sequence : "1000";
        var contact = Header(answer, "Contact").Split('<')[1].Split('>')[0];
        return $"{method} {contact} SIP/2.0\r\nVia: SIP/2.0/{Transport} {Local};branch=z9hG4bK{Local.Port}{method};rport\r\n"
            + $"From: {Header(answer, "From")}\r\nTo: {Header(answer, "To")}\r\nCall-ID: {Header(answer, "Call-ID")}\r\n"
            + $"CSeq: {n} {method}\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    internal static int Status(string answer) => int.Parse(answer.AsSpan(8, 3), CultureInfo.InvariantCulture);

    internal static string RequestUri(string request) => request.Split(' ')[1];

    internal static string Header(string message, string name) => message.Split("\r\n")
        .First(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    /// <summary>The Authorization line for a challenge: MD5 with qop=auth, computed here and not by the code under
    /// test.</summary>
    internal static string Authorization(
        string answer, string method, string uri, (string User, string Secret) account, int count = 1)
    {
        var challenge = answer.Split("\r\n").First(l =>
            l.StartsWith("WWW-Authenticate", StringComparison.OrdinalIgnoreCase) && l.Contains("MD5", StringComparison.Ordinal));
        string Field(string name) => Regex.Match(challenge, name + "=\"([^\"]*)\"").Groups[1].Value;
        var (realm, nonce) = (Field("realm"), Field("nonce"));
        var nc = count.ToString("x8", CultureInfo.InvariantCulture);
        var inner = Md5($"{account.User}:{realm}:{account.Secret}");
        var response = Md5($"{inner}:{nonce}:{nc}:c0ffee:auth:{Md5($"{method}:{uri}")}");
        return $"Authorization: Digest username=\"{account.User}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", "
            + $"response=\"{response}\", algorithm=MD5, cnonce=\"c0ffee\", qop=auth, nc={nc}\r\n";
    }

    /// <summary>Waits until the other side has closed the connection.</summary>
    internal async Task Closed()
    {
        try
        {
            while (await _stream!.ReadAsync(_buffer).AsTask().WaitAsync(Patience) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed in the middle of what we sent: a reset.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _datagrams?.Dispose();
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }

        _connection?.Dispose();
    }

    [GeneratedRegex(@"Content-Length:\s*(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex ContentLength();

#pragma warning disable CA5351 // The algorithm of RFC 3261's digest, not ours to choose.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private async Task<string> ReceiveFromStream()
    {
        while (true)
        {
            var end = _received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var length = end + 4 + int.Parse(
                    ContentLength().Match(_received[..end]).Groups[1].Value, CultureInfo.InvariantCulture);
                if (_received.Length >= length)
                {
                    var message = _received[..length];
                    _received = _received[length..];
                    return message;
                }
            }

            var count = await _stream!.ReadAsync(_buffer).AsTask().WaitAsync(Patience);
            Assert.True(count > 0, $"the connection was closed; unfinished: '{_received}'");
            _received += Encoding.UTF8.GetString(_buffer, 0, count);
        }
    }
}

/// <summary>The one certificate that a TLS peer takes.</summary>
/// <param name="Sha1">Its SHA-1 thumbprint in upper-case hex digits.</param>
internal sealed record X509Trust(string Sha1);
