using Plateau.Media.Mixing;
using Plateau.Media.Rtp;

namespace Plateau.Server.Telephony;

/// <summary>A leg on the data plane with its two sockets.</summary>
/// <remarks>
/// WebRTC legs will be another <see cref="IMediaPath"/> beside this one: one socket shared by many, told apart by ICE.
/// </remarks>
internal sealed class RtpSeat(RtpPortPair ports) : IMediaPath
{
    private MediaLeg? _leg;
    private volatile RtpThread? _owner;

    /// <summary>The leg.</summary>
    internal MediaLeg Leg => _leg ?? throw new InvalidOperationException("The leg is set right after construction");

    /// <summary>Its ports.</summary>
    internal RtpPortPair Ports => ports;

    /// <summary>The thread that works for it; null while it moves from one to another.</summary>
    internal RtpThread? Owner
    {
        get => _owner;
        set => _owner = value;
    }

    /// <summary>Where it stands in its thread's list; its own thread only.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>Ties the knot: the leg needs its path, the seat its leg.</summary>
    internal void Seat(MediaLeg leg) => _leg = leg;

    /// <inheritdoc/>
    public void SendRtp(MediaEndpoint to, ReadOnlySpan<byte> packet) => ports.Rtp.Send(to, packet);

    /// <inheritdoc/>
    public void SendRtcp(MediaEndpoint to, bool isMuxed, ReadOnlySpan<byte> packet) =>
        (isMuxed ? ports.Rtp : ports.Rtcp).Send(to, packet);
}
