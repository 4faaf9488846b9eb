using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;

namespace Plateau.Server.Storage;

/// <summary>How far the outbox has been written; moved in the same transaction as the rows.</summary>
public sealed class WatermarkRow : ITenantRow
{
    public required TenantId Tenant { get; init; }

    /// <summary>Ordinal of the last thing written; 0 for none.</summary>
    public required long Ordinal { get; set; }

    /// <summary>Sequence of the last fact written; 0 for none.</summary>
    public required long Fact { get; set; }
}

/// <summary>A version of the tenant's configuration.</summary>
public sealed class ConfigVersionRow : ITenantRow
{
    public required TenantId Tenant { get; init; }

    /// <summary>1 upwards.</summary>
    public required int Version { get; init; }
    public required Instant At { get; init; }

    /// <summary>Who saved it: a user or API key.</summary>
    public required string Author { get; init; }
    public string? Comment { get; init; }

    /// <summary>The whole <see cref="Contracts.Tenancy.CentreConfig"/>.</summary>
    public required string Json { get; init; }
}

/// <summary>An audio file of a prompt in one language.</summary>
public sealed class PromptAudioRow : ITenantRow
{
    public required TenantId Tenant { get; init; }
    public required PromptId Prompt { get; init; }
    public required string Language { get; init; }

    /// <summary>Path below the tenant's prompts folder, with '/'.</summary>
    public required string Path { get; set; }
    public required long Bytes { get; set; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; set; }
    public required long DurationMs { get; set; }
    public required Instant Uploaded { get; set; }
    public required string UploadedBy { get; set; }
}

/// <summary>A key for the API; the key itself is shown once and not kept.</summary>
public sealed class ApiKeyRow : ITenantRow
{
    public required TenantId Tenant { get; init; }

    /// <summary>Public part of the key, by which it is found.</summary>
    public required string Key { get; init; }
    public required string Name { get; set; }

    /// <summary>
    /// SHA-256 of the secret part (32 random bytes, so no slow hash is needed), 64 lower-case hex digits.
    /// </summary>
    public required string SecretSha256 { get; init; }

    /// <summary>What it may do, separated by spaces.</summary>
    public required string Scopes { get; set; }
    public required Instant Created { get; init; }
    public required string CreatedBy { get; init; }
    public Instant? Expires { get; set; }
    public Instant? LastUsed { get; set; }
    public Instant? Revoked { get; set; }
}

/// <summary>Who did what: settings, listening, exports, keys.</summary>
public sealed class AuditRow : ITenantRow
{
    public required TenantId Tenant { get; init; }

    /// <summary>Unique, sorts by time; the text of an issued id.</summary>
    public required string Id { get; init; }
    public required Instant At { get; init; }
    public required string Actor { get; init; }

    /// <summary>Address it came from; empty for the system.</summary>
    public required string Address { get; init; }

    /// <summary>Such as config.save, recording.listen, export.calls.</summary>
    public required string Action { get; init; }

    /// <summary>On what.</summary>
    public required string Subject { get; init; }
    public string? Detail { get; init; }
}

/// <summary>What people set, and who did what.</summary>
internal static class SettingsTable
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<WatermarkRow>(e => e.ToTable("watermark").HasKey(r => r.Tenant));
        model.Entity<ConfigVersionRow>(e => e.ToTable("config_version").HasKey(r => new { r.Tenant, r.Version }));
        model.Entity<PromptAudioRow>(e =>
            e.ToTable("prompt_audio").HasKey(r => new { r.Tenant, r.Prompt, r.Language }));
        model.Entity<ApiKeyRow>(e => e.ToTable("api_key").HasKey(r => new { r.Tenant, r.Key }));
        model.Entity<AuditRow>(e => e.ToTable("audit").HasKey(r => new { r.Tenant, r.Id }));
    }
}
