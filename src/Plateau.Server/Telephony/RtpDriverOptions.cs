using System.Net;
using Plateau.Contracts.Tenancy;
using Plateau.Media.Jitter;
using Plateau.Media.Rtp;

namespace Plateau.Server.Telephony;

/// <summary>What the data plane is started with.</summary>
internal sealed record RtpDriverOptions
{
    /// <summary>Address the sockets are bound to.</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary>Lowest port.</summary>
    public int PortMin { get; init; } = 20_000;

    /// <summary>Highest port; each leg takes two.</summary>
    public int PortMax { get; init; } = 29_999;

    /// <summary>Threads; 0 = one per two processors.</summary>
    public int Threads { get; init; }

    /// <summary>Folder below which recordings are kept.</summary>
    public required string RecordingsFolder { get; init; }

    /// <summary>How strict latches are.</summary>
    public LatchConfig Latch { get; init; } = LatchConfig.Default;

    /// <summary>Bounds of the jitter buffers.</summary>
    public JitterConfig Jitter { get; init; } = JitterConfig.Default;

    /// <summary>From the configuration of the server.</summary>
    /// <param name="config">Ports and threads.</param>
    /// <param name="recordingsFolder">Where recordings go.</param>
    public static RtpDriverOptions From(RtpServerConfig config, string recordingsFolder) => new()
    {
        Address = IPAddress.Parse(config.Address),
        PortMin = config.PortMin,
        PortMax = config.PortMax,
        Threads = config.Threads,
        RecordingsFolder = recordingsFolder,
    };
}
