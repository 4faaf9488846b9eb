namespace Plateau.Server.Telephony;

/// <summary>Limits and patience of the SIP transports.</summary>
internal sealed record SipTransportOptions
{
    /// <summary>Bytes the kernel keeps for us while we are busy: about a second of 2,000 messages.</summary>
    public int ReceiveBufferBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Connections of one transport at a time; each takes about 12 KiB.</summary>
    public int ConnectionsMax { get; init; } = 4_096;

    /// <summary>Connections from one address at a time; an office behind one NAT has fewer phones.</summary>
    public int ConnectionsPerSourceMax { get; init; } = 256;

    /// <summary>Bytes waiting to be written to one connection; a peer that does not read is cut off then.</summary>
    public int WriteQueueBytesMax { get; init; } = 1024 * 1024;

    /// <summary>How long connecting and a TLS handshake may take.</summary>
    public TimeSpan HandshakeMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an accepted connection may take to send its first whole message.</summary>
    public TimeSpan FirstMessageMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may say nothing; phones send keep-alives every two minutes (RFC 5626
    /// §4.4.1).</summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often connections are looked at for their patience to end.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Peers whose flow objects a UDP transport remembers, so that a packet allocates none.</summary>
    public int RememberedPeerMax { get; init; } = 16_384;
}
