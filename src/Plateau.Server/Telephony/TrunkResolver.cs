using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Plateau.Contracts.Telephony;

namespace Plateau.Server.Telephony;

/// <summary>Finds the addresses of a trunk's host: its SRV records where no port is given, then its A and
/// AAAA.</summary>
/// <remarks>Source: RFC 3263 §4.2 (without NAPTR), RFC 2782, RFC 1035 §4 for the query.</remarks>
internal static class TrunkResolver
{
    private const int SrvType = 33;
    private const int RecordsMax = 16;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>The addresses, best first; empty when there are none.</summary>
    /// <param name="host">The host; port 0 asks for SRV records.</param>
    /// <param name="defaultPort">The port where no record tells another.</param>
    internal static async Task<IReadOnlyList<IPEndPoint>> ResolveAsync(TrunkHostConfig host, int defaultPort)
    {
        var targets = new List<(string Host, int Port)>();
        if (host.Port == 0)
        {
            var service = host.Transport switch
            {
                SipTransportKind.Tls => "_sips._tcp.",
                SipTransportKind.Tcp => "_sip._tcp.",
                _ => "_sip._udp.",
            };
            targets.AddRange(await AskAsync(service + host.Host));
        }

        if (targets.Count == 0)
        {
            targets.Add((host.Host, defaultPort));
        }

        var found = new List<IPEndPoint>();
        foreach (var (name, port) in targets)
        {
            try
            {
                foreach (var address in await Dns.GetHostAddressesAsync(name))
                {
                    found.Add(new IPEndPoint(address, port));
                }
            }
            catch (SocketException)
            {
                // This target has no address; others may.
            }
        }

        return found;
    }

    /// <summary>The targets in a DNS answer by priority, then weight; empty when it has none or is malformed.</summary>
    internal static IReadOnlyList<(string Host, int Port)> Parse(ReadOnlySpan<byte> answer, ushort id)
    {
        if (answer.Length < 12 || BinaryPrimitives.ReadUInt16BigEndian(answer) != id || (answer[2] & 0x80) == 0)
        {
            return [];
        }

        var questions = BinaryPrimitives.ReadUInt16BigEndian(answer[4..]);
        var records = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(answer[6..]), RecordsMax);
        var found = new List<(int Priority, int Weight, string Host, int Port)>();
        var at = 12;
        for (var i = 0; i < questions && at > 0; i++)
        {
            at = SkipName(answer, at) is var end and > 0 ? end + 4 : -1;
        }

        for (var i = 0; i < records && at > 0; i++)
        {
            at = SkipName(answer, at);
            if (at < 0 || at + 10 > answer.Length)
            {
                break;
            }

            var type = BinaryPrimitives.ReadUInt16BigEndian(answer[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 8)..]);
            at += 10;
            if (at + length > answer.Length)
            {
                break;
            }

            if (type == SrvType && length > 6 && ReadName(answer, at + 6) is { Length: > 0 } target)
            {
                found.Add((
                    BinaryPrimitives.ReadUInt16BigEndian(answer[at..]),
                    BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 2)..]), target,
                    BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 4)..])));
            }

            at += length;
        }

        return [.. found.OrderBy(r => r.Priority).ThenByDescending(r => r.Weight).Select(r => (r.Host, r.Port))];
    }

    /// <summary>A query for the SRV records of a name.</summary>
    internal static byte[] Query(string name, ushort id)
    {
        var bytes = new List<byte> { (byte)(id >> 8), (byte)(id & 0xFF), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            bytes.Add((byte)Math.Min(label.Length, 63));
            bytes.AddRange(Encoding.ASCII.GetBytes(label[..Math.Min(label.Length, 63)]));
        }

        bytes.AddRange([0, 0, SrvType, 0, 1]);
        return [.. bytes];
    }

    private static async Task<IReadOnlyList<(string Host, int Port)>> AskAsync(string name)
    {
        var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue);
        var query = Query(name, id);
        foreach (var server in Servers())
        {
            try
            {
                using var socket = new UdpClient(server.AddressFamily);
                socket.Connect(server, 53);
                await socket.SendAsync(query);
                using var timeout = new CancellationTokenSource(Timeout);
                return Parse((await socket.ReceiveAsync(timeout.Token)).Buffer, id);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The next server is asked.
            }
        }

        return [];
    }

    private static IEnumerable<IPAddress> Servers() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(one => one.OperationalStatus == OperationalStatus.Up)
        .SelectMany(one => one.GetIPProperties().DnsAddresses)
        .Distinct()
        .Take(3);

    private static int SkipName(ReadOnlySpan<byte> message, int at)
    {
        while (at < message.Length)
        {
            var length = message[at];
            if (length == 0)
            {
                return at + 1;
            }

            if (length >= 0xC0)
            {
                return at + 2;
            }

            at += length + 1;
        }

        return -1;
    }

    private static string? ReadName(ReadOnlySpan<byte> message, int at)
    {
        var name = new StringBuilder();
        for (var labels = 0; labels < 64 && at < message.Length; labels++)
        {
            var length = message[at];
            if (length == 0)
            {
                return name.ToString();
            }

            if (length >= 0xC0)
            {
                if (at + 1 >= message.Length)
                {
                    return null;
                }

                at = ((length & 0x3F) << 8) | message[at + 1];
                continue;
            }

            if (at + 1 + length > message.Length)
            {
                return null;
            }

            name.Append(name.Length == 0 ? "" : ".").Append(Encoding.ASCII.GetString(message.Slice(at + 1, length)));
            at += length + 1;
        }

        return null;
    }
}
