using System.Net;

namespace Plateau.Server.Telephony.Softphones;

/// <summary>Where a bank of softphones lives and whom it talks to.</summary>
internal sealed record SoftphoneOptions
{
    /// <summary>Plateau's SIP address and port.</summary>
    public required IPEndPoint Server { get; init; }

    /// <summary>Address that the softphones use, for SIP and RTP.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>SIP port; 0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>Lowest RTP port.</summary>
    public int RtpPortMin { get; init; } = 40_000;

    /// <summary>Highest RTP port.</summary>
    public int RtpPortMax { get; init; } = 47_999;

    /// <summary>Codecs by preference.</summary>
    public IReadOnlyList<string> Codecs { get; init; } = ["PCMA", "PCMU", "G722", "opus"];

    /// <summary>Give a call up when the server says nothing at all for so long; zero leaves it to SIP's timer B (32
    /// s).</summary>
    public TimeSpan SilenceMax { get; init; }

    /// <summary>Folder for what the softphones record.</summary>
    public required string RecordingsFolder { get; init; }
}
