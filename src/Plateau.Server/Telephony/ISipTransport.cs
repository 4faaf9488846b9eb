using System.Net;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>One listening socket and what hangs on it; carries whole messages both ways.</summary>
internal interface ISipTransport : IDisposable
{
    /// <summary>How the bytes travel.</summary>
    SipTransport Kind { get; }

    /// <summary>Where it listens, with the port that was really given.</summary>
    IPEndPoint Local { get; }

    /// <summary>The flow to a peer, with the address of ours that the peer will see; opens nothing.</summary>
    SipFlow FlowTo(IPEndPoint remote);

    /// <summary>
    /// Sends one whole message; never blocks for long and never throws. What cannot be sent is told as a lost flow.
    /// </summary>
    void Send(SipFlow flow, ReadOnlyMemory<byte> bytes);
}
