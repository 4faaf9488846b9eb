using System.Net;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>Log events of the SIP transports: 32000 to 32999. Never per message.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(32000, LogLevel.Information, "SIP over {Kind} listens on {Local}")]
    internal static partial void Listening(ILogger log, SipTransport kind, IPEndPoint local);

    [LoggerMessage(32001, LogLevel.Warning, "Connection from {Remote} refused: {Why}")]
    internal static partial void ConnectionRefused(ILogger log, IPEndPoint remote, string why);

    [LoggerMessage(32002, LogLevel.Information, "Connection with {Remote} ended: {Why}")]
    internal static partial void ConnectionEnded(ILogger log, IPEndPoint remote, string why);

    [LoggerMessage(32003, LogLevel.Warning, "Sending to {Remote} failed: {Error}")]
    internal static partial void SendFailed(ILogger log, IPEndPoint remote, System.Net.Sockets.SocketError error);

    [LoggerMessage(32004, LogLevel.Error, "Receiving on {Local} failed")]
    internal static partial void ReceiveFailed(ILogger log, IPEndPoint local, Exception error);
}
