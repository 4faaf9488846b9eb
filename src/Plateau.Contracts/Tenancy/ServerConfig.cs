using System.Text.Json.Serialization;
using Plateau.Contracts.Telephony;

namespace Plateau.Contracts.Tenancy;

/// <summary>The configuration file of one server: where it listens, where it keeps, and its tenants.</summary>
/// <remarks>Secrets may be written as "env:NAME" (environment variable) or "file:PATH" (first line of a
/// file).</remarks>
public sealed record ServerConfig
{
    /// <summary>Folder of everything that is kept: database, journals, prompts, recordings; relative to the
    /// file.</summary>
    [JsonPropertyName("data")]
    public string Folder { get; init; } = "data";

    /// <summary>Number of this server among several, 0 to 1,023; part of every id it gives out.</summary>
    public int Node { get; init; }

    /// <summary>SIP listeners.</summary>
    public SipServerConfig Sip { get; init; } = new();

    /// <summary>RTP ports.</summary>
    public RtpServerConfig Rtp { get; init; } = new();

    /// <summary>REST API, event stream, health and metrics.</summary>
    public HttpServerConfig Http { get; init; } = new();

    /// <summary>The database.</summary>
    public DatabaseConfig Database { get; init; } = new();

    /// <summary>The journal of inputs.</summary>
    public JournalConfig Journal { get; init; } = new();

    /// <summary>Folder of recordings; null for "recordings" in <see cref="Folder"/>.</summary>
    public string? Recordings { get; init; }

    /// <summary>Folder of prompts, one folder per tenant in it; null for "prompts" in <see cref="Folder"/>.</summary>
    public string? Prompts { get; init; }

    /// <summary>API keys given in the file, besides those made by "plateau keys create".</summary>
    public IReadOnlyList<ApiKeyConfig> ApiKeys { get; init; } = [];

    /// <summary>Limits that an administrator may move.</summary>
    public ServerLimitsConfig Limits { get; init; } = new();

    /// <summary>Where traces and metrics are sent.</summary>
    public TelemetryConfig Telemetry { get; init; } = new();

    /// <summary>The tenants. At least one.</summary>
    public required IReadOnlyList<CentreConfig> Tenants { get; init; }
}

/// <summary>SIP listeners of the server.</summary>
public sealed record SipServerConfig
{
    /// <summary>Sockets; by default UDP and TCP on port 5060 of all addresses.</summary>
    public IReadOnlyList<SipListenerConfig> Listeners { get; init; } =
        [new(SipTransportKind.Udp), new(SipTransportKind.Tcp)];

    /// <summary>IP address told to others in Contact, Via and SDP; null for the listener's own.</summary>
    public string? AdvertisedAddress { get; init; }

    /// <summary>Domain of the phones' accounts and the digest realm.</summary>
    public string Domain { get; init; } = "plateau.invalid";

    /// <summary>PEM certificate chain for TLS listeners.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM private key of the certificate.</summary>
    public string? KeyFile { get; init; }
}

/// <summary>One SIP socket.</summary>
/// <param name="Transport">How messages travel.</param>
/// <param name="Address">IP address listened on; 0.0.0.0 or :: for all.</param>
/// <param name="Port">Port, 1 to 65,535; 0 = any free one (tests).</param>
public sealed record SipListenerConfig(SipTransportKind Transport, string Address = "0.0.0.0", int Port = 5060);

/// <summary>RTP ports.</summary>
public sealed record RtpServerConfig
{
    /// <summary>IP address listened on.</summary>
    public string Address { get; init; } = "0.0.0.0";

    /// <summary>IP address told to others in SDP; null for the SIP one.</summary>
    public string? AdvertisedAddress { get; init; }

    /// <summary>Lowest port, even, 1,024 to 65,534.</summary>
    public int PortMin { get; init; } = 20_000;

    /// <summary>Highest port; each leg takes two.</summary>
    public int PortMax { get; init; } = 29_999;

    /// <summary>Threads of the data plane, 1 to 64; 0 = one per two processors.</summary>
    public int Threads { get; init; }
}

/// <summary>HTTP listener.</summary>
public sealed record HttpServerConfig
{
    /// <summary>IP address listened on.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port, 1 to 65,535; 0 = any free one (tests).</summary>
    public int Port { get; init; } = 8080;

    /// <summary>PEM certificate chain; null for plain HTTP (behind a proxy or on loopback).</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM private key of the certificate.</summary>
    public string? KeyFile { get; init; }
}

/// <summary>Kinds of database.</summary>
public enum DatabaseKind
{
    /// <summary>One file in the data folder.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,
}

/// <summary>The database.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Connection">Connection string (a secret); null for "plateau.db" in the data folder (SQLite
/// only).</param>
public sealed record DatabaseConfig(DatabaseKind Kind = DatabaseKind.Sqlite, string? Connection = null);

/// <summary>How the journal reaches the disk.</summary>
public enum JournalMode
{
    /// <summary>Written and flushed to the device before effects leave (group commit). Survives a power cut.</summary>
    Flush,

    /// <summary>Written to the operating system before effects leave. Survives the death of the process.</summary>
    Write,

    /// <summary>No journal: nothing survives. For simulations and benchmarks.</summary>
    Off,
}

/// <summary>The journal of inputs.</summary>
/// <param name="Mode">How it reaches the disk.</param>
/// <param name="Folder">Where; null for "journal" in the data folder.</param>
/// <param name="KeepDays">Days a closed journal is kept for replay, 1 to 3,650.</param>
public sealed record JournalConfig(JournalMode Mode = JournalMode.Flush, string? Folder = null, int KeepDays = 90);

/// <summary>What an API key may do.</summary>
public enum ApiScope
{
    /// <summary>See configuration, live state, records and reports.</summary>
    Read,

    /// <summary>Act on calls and agents.</summary>
    Operate,

    /// <summary>Change the configuration.</summary>
    Configure,
}

/// <summary>An API key.</summary>
/// <param name="Name">What it is for; shown in the audit.</param>
/// <param name="Key">The key itself (a secret), at least 24 characters; or null with <paramref name="Sha256"/>.</param>
/// <param name="Sha256">SHA-256 of the key, 64 hex digits.</param>
/// <param name="Scopes">What it may do; empty = read only.</param>
/// <param name="Tenants">Whose; empty = all tenants.</param>
public sealed record ApiKeyConfig(
    string Name, string? Key = null, string? Sha256 = null, IReadOnlyList<ApiScope>? Scopes = null,
    IReadOnlyList<TenantId>? Tenants = null);

/// <summary>Limits that an administrator may move.</summary>
public sealed record ServerLimitsConfig
{
    /// <summary>Largest body of an API request, bytes; prompt uploads have their own.</summary>
    public int BodyBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Largest prompt uploaded, bytes.</summary>
    public int PromptBytesMax { get; init; } = 32 * 1024 * 1024;

    /// <summary>API requests per second and key, bursts of ten times as many.</summary>
    public int RequestsPerSecondMax { get; init; } = 100;

    /// <summary>Wrong API keys per minute and source address before it is refused.</summary>
    public int WrongKeysPerMinuteMax { get; init; } = 20;

    /// <summary>Event streams at the same time and tenant.</summary>
    public int EventStreamsMax { get; init; } = 200;

    /// <summary>Whether flows and webhooks may call addresses of the own network (loopback, private,
    /// link-local).</summary>
    public bool AllowPrivateTargets { get; init; }

    /// <summary>Seconds that running calls get after SIGTERM.</summary>
    public int DrainS { get; init; } = 60;
}

/// <summary>Where traces and metrics are sent.</summary>
/// <param name="OtlpEndpoint">OTLP receiver, http://host:4317 (gRPC) or http://host:4318 (HTTP); null for none.</param>
/// <param name="OtlpOverHttp">HTTP with protobuf instead of gRPC.</param>
public sealed record TelemetryConfig(string? OtlpEndpoint = null, bool OtlpOverHttp = false);
