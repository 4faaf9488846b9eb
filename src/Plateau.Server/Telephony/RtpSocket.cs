using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Plateau.Media.Rtp;
using static Plateau.Server.Telephony.RtpSocketNative;

namespace Plateau.Server.Telephony;

/// <summary>One non-blocking UDP socket, used by one data-plane thread through plain system calls.</summary>
internal sealed unsafe class RtpSocket : IDisposable
{
    /// <summary>Kernel buffer, bytes: 200 ms of one stream with the kernel's own overhead per packet is below
    /// it.</summary>
    private const int ReceiveBufferBytes = 128 * 1024;

    /// <summary>DSCP EF in the upper six bits: voice goes first (RFC 3246, RFC 4594 §4.1).</summary>
    private const int ExpeditedForwarding = 46 << 2;

    private readonly bool _isIpV6;
    private int _descriptor;

    private RtpSocket(int descriptor, bool isIpV6)
    {
        _descriptor = descriptor;
        _isIpV6 = isIpV6;
    }

    /// <summary>Opens and binds a socket; null when the port is taken.</summary>
    /// <exception cref="IOException">The system refuses for another reason: no descriptors, no such
    /// address.</exception>
    internal static RtpSocket? TryOpen(IPAddress address, int port)
    {
        var isIpV6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        var descriptor = Socket(
            isIpV6 ? AddressFamilyIpV6 : AddressFamilyIpV4, Datagram | NonBlocking | CloseOnExec, 0);
        if (descriptor < 0)
        {
            throw new IOException($"No socket for RTP: errno {Marshal.GetLastPInvokeError()}");
        }

        var socket = new RtpSocket(descriptor, isIpV6);
        var name = socket.Address(MediaEndpoint.From(address, port));
        if (Bind(descriptor, &name, socket.AddressBytes) != 0)
        {
            const int AddressInUse = 98;
            var error = Marshal.GetLastPInvokeError();
            socket.Dispose();
            return error == AddressInUse ? null : throw new IOException($"Cannot bind {address}:{port}: errno {error}");
        }

        socket.Set(SocketLevel, ReceiveBuffer, ReceiveBufferBytes);
        socket.Set(SocketLevel, TimestampNs, 1);
        socket.Set(
            isIpV6 ? IpV6Level : IpLevel, isIpV6 ? IpV6TrafficClass : IpTypeOfService, ExpeditedForwarding);
        return socket;
    }

    /// <summary>Fetches what has come, as many as the batch holds.</summary>
    /// <returns>Number of datagrams; 0 when none are there.</returns>
    internal int Receive(RtpReceiveBatch batch)
    {
        batch.Prepare();
        return Math.Max(0, ReceiveMany(_descriptor, batch.Headers, RtpReceiveBatch.Datagrams, DontWait, null));
    }

    /// <summary>Sends one datagram; what cannot be sent at once is lost, as on any network.</summary>
    internal void Send(MediaEndpoint to, ReadOnlySpan<byte> bytes)
    {
        if (_isIpV6 || to.IsIpV4)
        {
            var address = Address(to);
            fixed (byte* start = bytes)
            {
                _ = SendTo(_descriptor, start, (nuint)bytes.Length, DontWait, &address, AddressBytes);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }
    }

    private int AddressBytes => _isIpV6 ? 28 : 16;

    private NativeAddress Address(MediaEndpoint endpoint)
    {
        var address = new NativeAddress
        {
            Family = (ushort)(_isIpV6 ? AddressFamilyIpV6 : AddressFamilyIpV4),
            PortBigEndian = BinaryPrimitives.ReverseEndianness(endpoint.Port),
        };
        if (_isIpV6)
        {
            address.IpV6HighBigEndian = BinaryPrimitives.ReverseEndianness((ulong)(endpoint.Address >> 64));
            address.IpV6LowBigEndian = BinaryPrimitives.ReverseEndianness((ulong)(endpoint.Address & ulong.MaxValue));
        }
        else
        {
            address.IpV4BigEndian = BinaryPrimitives.ReverseEndianness(endpoint.IpV4Bits);
        }

        return address;
    }

    private void Set(int level, int option, int value) => _ = SetOption(_descriptor, level, option, &value, sizeof(int));
}
