using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using Plateau.Media.Rtp;
using Plateau.Server.Telephony;

namespace Plateau.Benchmarks.Media;

/// <summary>All parties of a load: each sends 50 packets a second, spread evenly over the 20 ms, and counts what it
/// gets.</summary>
internal sealed class MediaLoadParties : IDisposable
{
    private const int Slices = 20;

    private readonly RtpSocket[] _sockets;
    private readonly ReceptionState[] _heard;
    private readonly long[] _delays = new long[1_000];
    private readonly RtpReceiveBatch _batch = new();
    private readonly byte[] _packet = new byte[RtpPacket.HeaderBytes + 160];

    /// <summary>Opens the sockets on consecutive ports.</summary>
    internal MediaLoadParties(int count)
    {
        FirstPort = 40_000;
        _heard = new ReceptionState[count];
        _sockets = new RtpSocket[count];
        for (var i = 0; i < count; i++)
        {
            _sockets[i] = RtpSocket.TryOpen(IPAddress.Loopback, FirstPort + i)
                ?? throw new InvalidOperationException($"Port {FirstPort + i} is taken");
        }
    }

    /// <summary>The port of the first party; the others follow.</summary>
    internal int FirstPort { get; }

    /// <summary>Packets heard.</summary>
    internal long Received => _heard.Sum(h => h.ReceivedTotal);

    /// <summary>Packets that the sequence numbers say should have come.</summary>
    internal long Lost => _heard.Sum(h => h.LostTotal);

    /// <summary>Way from a party through the server to the other, milliseconds, at a quantile.</summary>
    internal double DelayMs(double quantile)
    {
        var beyond = (long)(_delays.Sum() * (1 - quantile));
        for (var i = _delays.Length - 1; i >= 0; i--)
        {
            beyond -= _delays[i];
            if (beyond < 0)
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>Talks for so long, then listens for what is on its way.</summary>
    internal void Talk(int[] ports, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        for (var slice = 0; slice < time.TotalMilliseconds + 100; slice++)
        {
            while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < slice)
            {
                Thread.Sleep(1);
            }

            var isTalking = slice < time.TotalMilliseconds;
            for (var i = slice % Slices; i < _sockets.Length; i += Slices)
            {
                if (isTalking)
                {
                    Send(i, ports[i], slice / Slices);
                }

                Receive(i);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        _batch.Dispose();
    }

    private void Send(int party, int port, int frame)
    {
        var header = new RtpPacket(false, 8, (ushort)(frame & 0xFFFF), (uint)(frame * 160), (uint)party + 1);
        RtpWriter.WriteHeader(_packet, header);
        BinaryPrimitives.WriteInt64LittleEndian(_packet.AsSpan(RtpPacket.HeaderBytes), Stopwatch.GetTimestamp());
        _sockets[party].Send(MediaEndpoint.From(IPAddress.Loopback, port), _packet);
    }

    private void Receive(int party)
    {
        int count;
        do
        {
            count = _sockets[party].Receive(_batch);
            for (var i = 0; i < count; i++)
            {
                var bytes = _batch.Bytes(i);
                if (RtpPacket.TryParse(bytes, out var packet) == RtpError.None && packet.PayloadLength == 160)
                {
                    _heard[party].Count(packet.Sequence, packet.Timestamp, packet.Timestamp);
                    var sent = BinaryPrimitives.ReadInt64LittleEndian(packet.Payload(bytes));
                    var ms = Stopwatch.GetElapsedTime(sent).TotalMilliseconds; // Nonsense for the silence before the first call.
                    _delays[(int)Math.Clamp(ms, 0, _delays.Length - 1)]++;
                }
            }
        }
        while (count == RtpReceiveBatch.Datagrams);
    }
}
