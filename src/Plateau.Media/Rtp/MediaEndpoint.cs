using System.Buffers.Binary;
using System.Net;

namespace Plateau.Media.Rtp;

/// <summary>An IP address and a UDP port as plain bits, so that comparing them per packet allocates nothing.</summary>
/// <param name="Address">IPv6 address, or IPv4 mapped into it (::ffff:a.b.c.d), most significant byte first.</param>
/// <param name="Port">0 to 65 535; 0 in a default value, which means no endpoint.</param>
public readonly record struct MediaEndpoint(UInt128 Address, ushort Port)
{
    /// <summary>Whether it names nothing.</summary>
    public bool IsNone => Port == 0;

    /// <summary>Whether the address is IPv4.</summary>
    public bool IsIpV4 => (ulong)(Address >> 64) == 0 && (uint)(Address >> 32) == 0xFFFF;

    /// <summary>The last 32 bits: the IPv4 address when <see cref="IsIpV4"/>.</summary>
    public uint IpV4Bits => (uint)Address;

    /// <summary>From an IPv4 address in host order.</summary>
    public static MediaEndpoint FromIpV4(uint address, ushort port) => new(MappedIpV4(address), port);

    /// <summary>From the framework's type; IPv4 and IPv6.</summary>
    public static MediaEndpoint From(IPAddress address, int port)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        var bits = written == 4
            ? MappedIpV4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new MediaEndpoint(bits, (ushort)port);
    }

    /// <summary>From the framework's type.</summary>
    public static MediaEndpoint From(IPEndPoint endpoint) => From(endpoint.Address, endpoint.Port);

    /// <summary>The framework's type, for control-plane use.</summary>
    public IPEndPoint ToIPEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
        return new IPEndPoint(IsIpV4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes), Port);
    }

    /// <summary>The same address with another port.</summary>
    public MediaEndpoint WithPort(int port) => this with { Port = (ushort)port };

    /// <inheritdoc/>
    public override string ToString() => IsNone ? "none" : ToIPEndPoint().ToString();

    private static UInt128 MappedIpV4(uint address) => new(0, 0xFFFF_0000_0000UL | address);
}
