using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Plateau.Contracts;
using Plateau.Media.Rtp;
using static Plateau.Server.Telephony.RtpSocketNative;

namespace Plateau.Server.Telephony;

/// <summary>Native memory that one data-plane thread receives into: datagrams, their sources and arrival
/// times.</summary>
internal sealed unsafe class RtpReceiveBatch : IDisposable
{
    /// <summary>Datagrams fetched by one system call; a leg has one or two per tick.</summary>
    internal const int Datagrams = 8;

    private const int ControlBytes = 64;
    private const int DatagramBytes = Media.Limits.PacketBytesMax + 4;
    private readonly byte* _memory;
    private readonly NativeAddress* _names;
    private readonly Piece* _pieces;
    private readonly byte* _control;
    private readonly byte* _bytes;

    internal RtpReceiveBatch()
    {
        var headers = Datagrams * sizeof(ManyHeader);
        var names = Datagrams * 32;
        var pieces = Datagrams * sizeof(Piece);
        var control = Datagrams * ControlBytes;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(headers + names + pieces + control + Datagrams * DatagramBytes), 64);
        NativeMemory.Clear(_memory, (nuint)(headers + names + pieces + control));
        Headers = (ManyHeader*)_memory;
        _names = (NativeAddress*)(_memory + headers);
        _pieces = (Piece*)(_memory + headers + names);
        _control = _memory + headers + names + pieces;
        _bytes = _control + control;
        for (var i = 0; i < Datagrams; i++)
        {
            _pieces[i] = new Piece { Start = _bytes + i * DatagramBytes, Length = DatagramBytes };
            Headers[i].Header = new MessageHeader
            {
                Name = _names + i, Pieces = _pieces + i, PieceCount = 1, Control = _control + i * ControlBytes,
            };
        }
    }

    /// <summary>For recvmmsg.</summary>
    internal ManyHeader* Headers { get; }

    /// <summary>Sets back what the kernel overwrites.</summary>
    internal void Prepare()
    {
        for (var i = 0; i < Datagrams; i++)
        {
            Headers[i].Header.NameLength = (uint)sizeof(NativeAddress);
            Headers[i].Header.ControlLength = ControlBytes;
        }
    }

    /// <summary>One datagram; it may be written to until the next receive.</summary>
    internal Span<byte> Bytes(int index) => new(_bytes + index * DatagramBytes, (int)Headers[index].Length);

    /// <summary>Where it came from.</summary>
    internal MediaEndpoint Source(int index)
    {
        ref var name = ref _names[index];
        var port = BinaryPrimitives.ReverseEndianness(name.PortBigEndian);
        return name.Family == AddressFamilyIpV4
            ? MediaEndpoint.FromIpV4(BinaryPrimitives.ReverseEndianness(name.IpV4BigEndian), port)
            : new MediaEndpoint(
                new UInt128(
                    BinaryPrimitives.ReverseEndianness(name.IpV6HighBigEndian),
                    BinaryPrimitives.ReverseEndianness(name.IpV6LowBigEndian)),
                port);
    }

    /// <summary>When the kernel got it, wall clock; null when the kernel does not say.</summary>
    internal Instant? Arrival(int index)
    {
        ref var header = ref Headers[index].Header;
        if (header.ControlLength < 32)
        {
            return null;
        }

        // struct cmsghdr: length (8 bytes), level (4), type (4), then struct timespec.
        var control = header.Control;
        return *(int*)(control + 8) == SocketLevel && *(int*)(control + 12) == TimestampNs
            ? new Instant(((TimeSpec*)(control + 16))->Microseconds)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.AlignedFree(_memory);
}
