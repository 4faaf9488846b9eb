using System.Runtime.InteropServices;

namespace Plateau.Server.Telephony;

/// <summary>The Linux calls the data plane needs; all arguments are blittable, so each is a plain native
/// call.</summary>
internal static unsafe partial class RtpSocketNative
{
    internal const int AddressFamilyIpV4 = 2;
    internal const int AddressFamilyIpV6 = 10;
    internal const int Datagram = 2;
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;
    internal const int DontWait = 0x40;
    internal const int SocketLevel = 1;
    internal const int ReceiveBuffer = 8;
    internal const int TimestampNs = 35;
    internal const int IpLevel = 0;
    internal const int IpTypeOfService = 1;
    internal const int IpV6Level = 41;
    internal const int IpV6TrafficClass = 67;
    internal const int ClockRealtime = 0;
    internal const int ClockMonotonic = 1;
    internal const int AbsoluteTime = 1;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    internal static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    internal static partial int Bind(int descriptor, void* address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    internal static partial int SetOption(int descriptor, int level, int option, void* value, int length);

    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    internal static partial int ReceiveMany(int descriptor, ManyHeader* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendto")]
    internal static partial nint SendTo(
        int descriptor, void* bytes, nuint length, int flags, void* address, int addressLength);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    internal static partial int GetTime(int clock, TimeSpec* time);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    internal static partial int Sleep(int clock, int flags, TimeSpec* until, TimeSpec* remaining);

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;

        public readonly long Microseconds => Seconds * 1_000_000 + Nanoseconds / 1_000;
    }

    /// <summary>struct sockaddr_in or sockaddr_in6, told apart by the family.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 28)]
    internal struct NativeAddress
    {
        [FieldOffset(0)] public ushort Family;
        [FieldOffset(2)] public ushort PortBigEndian;
        [FieldOffset(4)] public uint IpV4BigEndian;
        [FieldOffset(8)] public ulong IpV6HighBigEndian;
        [FieldOffset(16)] public ulong IpV6LowBigEndian;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Piece
    {
        public void* Start;
        public nuint Length;
    }

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MessageHeader
    {
        public NativeAddress* Name;
        public uint NameLength;
        public Piece* Pieces;
        public nuint PieceCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct mmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ManyHeader
    {
        public MessageHeader Header;
        public uint Length;
    }
}
