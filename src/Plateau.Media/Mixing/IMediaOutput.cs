using Plateau.Media.Rtp;

namespace Plateau.Media.Mixing;

/// <summary>How a leg's packets leave: a pair of UDP sockets, a WebRTC transport, or memory in tests.</summary>
public interface IMediaPath
{
    /// <summary>Sends one RTP packet.</summary>
    /// <param name="to">Where to; a path with a connection of its own ignores it.</param>
    /// <param name="packet">Valid during the call only.</param>
    void SendRtp(MediaEndpoint to, ReadOnlySpan<byte> packet);

    /// <summary>Sends one compound RTCP packet.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="isMuxed">Whether it goes over the RTP port.</param>
    /// <param name="packet">Valid during the call only.</param>
    void SendRtcp(MediaEndpoint to, bool isMuxed, ReadOnlySpan<byte> packet);
}

/// <summary>Where events of the data plane go.</summary>
public interface IMediaEvents
{
    /// <summary>Something happened.</summary>
    void Raise(MediaEvent happened);
}
