using System.Net;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>Whom transports tell what happens. Calls come from the transports' own threads and must return
/// soon.</summary>
/// <param name="Received">One whole message and the flow it came by; the memory belongs to the receiver.</param>
/// <param name="Lost">A flow over which something could not be sent, or whose connection has ended.</param>
internal sealed record SipTransportEvents(Action<SipFlow, ReadOnlyMemory<byte>> Received, Action<SipFlow> Lost)
{
    /// <summary>Whether a source may be listened to at all; asked before a byte is copied. Null listens to
    /// everyone.</summary>
    public Func<IPAddress, bool>? Admits { get; init; }
}
