using System.Net;

namespace Plateau.Server.Telephony;

/// <summary>Hands out pairs of ports, an even one for RTP and the next for RTCP (RFC 3550 §11).</summary>
/// <remarks>It goes round, so that a port just freed rests and late packets of an old call meet nobody. Any
/// thread.</remarks>
internal sealed class RtpPorts
{
    private readonly Lock _gate = new();
    private readonly IPAddress _address;
    private readonly int _first;
    private readonly bool[] _isTaken;
    private int _next;

    /// <summary>All pairs from one port to another.</summary>
    internal RtpPorts(IPAddress address, int portMin, int portMax, int start)
    {
        _address = address;
        _first = portMin + (portMin & 1);
        var pairs = (portMax - _first + 1) / 2;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pairs, nameof(portMax));
        _isTaken = new bool[pairs];
        _next = start % pairs;
    }

    /// <summary>Opens the next free pair; null when there is none.</summary>
    internal RtpPortPair? TryOpen()
    {
        for (var tries = 0; tries < _isTaken.Length; tries++)
        {
            var index = Claim();
            if (index < 0)
            {
                return null;
            }

            var port = _first + 2 * index;
            if (RtpSocket.TryOpen(_address, port) is { } rtp)
            {
                if (RtpSocket.TryOpen(_address, port + 1) is { } rtcp)
                {
                    return new RtpPortPair(port, rtp, rtcp);
                }

                rtp.Dispose();
            }

            Free(port);
        }

        return null;
    }

    /// <summary>Gives a pair back whose sockets are closed.</summary>
    internal void Free(int port)
    {
        lock (_gate)
        {
            _isTaken[(port - _first) / 2] = false;
        }
    }

    private int Claim()
    {
        lock (_gate)
        {
            for (var i = 0; i < _isTaken.Length; i++)
            {
                var index = (_next + i) % _isTaken.Length;
                if (!_isTaken[index])
                {
                    _isTaken[index] = true;
                    _next = (index + 1) % _isTaken.Length;
                    return index;
                }
            }

            return -1;
        }
    }
}

/// <summary>Two open sockets.</summary>
/// <param name="Port">The even port.</param>
/// <param name="Rtp">On that port.</param>
/// <param name="Rtcp">On the next one.</param>
internal sealed record RtpPortPair(int Port, RtpSocket Rtp, RtpSocket Rtcp);
