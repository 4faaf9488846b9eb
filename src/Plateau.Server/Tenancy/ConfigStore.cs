using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Hosting;
using Plateau.Server.Storage;

namespace Plateau.Server.Tenancy;

/// <summary>The configuration of one tenant in all its versions; the newest is in force.</summary>
/// <remarks>Who changed it last is right: a file that was edited since it was last read makes a version of its own,
/// else the
/// newest version of the database counts.</remarks>
internal sealed class ConfigStore(TenantId tenant, Database database) : IDisposable
{
    /// <summary>Author of versions that came from the configuration file.</summary>
    public const string FileAuthor = "file";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Current? _current;

    /// <summary>Told after a version came into force, with the secrets as they were given. Called one at a
    /// time.</summary>
    public event Action<CentreConfig>? Changed;

    /// <summary>The version in force, 1 upwards; 0 while only the file is known.</summary>
    public int Version => _current!.Version;

    /// <summary>The configuration in force; secrets as they were given.</summary>
    public CentreConfig Config => _current!.Config;

    /// <summary>Finds the configuration in force; keeps the file's when it is new.</summary>
    public async Task Load(CentreConfig file, Instant now)
    {
        await using var db = database.Open(tenant);
        var fileJson = JsonSerializer.Serialize(file, PlateauJson.Options);
        var last = await db.ConfigVersions.AsNoTracking().OrderByDescending(v => v.Version).FirstOrDefaultAsync();
        var lastFile = await db.ConfigVersions.AsNoTracking().Where(v => v.Author == FileAuthor)
            .OrderByDescending(v => v.Version).FirstOrDefaultAsync();
        if (last is not null && lastFile?.Json == fileJson)
        {
            _current = new Current(last.Version, JsonSerializer.Deserialize<CentreConfig>(last.Json, PlateauJson.Options)!);
            return;
        }

        var version = (last?.Version ?? 0) + 1;
        db.Add(new ConfigVersionRow { Tenant = tenant, Version = version, At = now, Author = FileAuthor, Json = fileJson });
        await db.SaveChangesAsync();
        _current = new Current(version, file);
    }

    /// <summary>Without a database: the file alone.</summary>
    public void UseFile(CentreConfig file) => _current = new Current(0, file);

    /// <summary>Checks, keeps and puts into force what <paramref name="change"/> makes of the configuration.</summary>
    /// <param name="change">Makes the new configuration; it may keep secrets empty to leave them as they are.</param>
    /// <param name="expected">The version that the caller saw; null for whichever.</param>
    /// <param name="author">Who.</param>
    /// <param name="comment">Why, in their words.</param>
    /// <exception cref="ApiFault">The version has moved on, or the new configuration is wrong.</exception>
    public async Task<int> Save(
        Func<CentreConfig, CentreConfig> change, int? expected, string author, string? comment)
    {
        await _gate.WaitAsync();
        try
        {
            if (expected is { } wanted && wanted != Version)
            {
                throw new ApiFault(StatusCodes.Status412PreconditionFailed, "versionMoved", new Phrase(
                    $"The configuration is at version {Version}.", $"La configuration en est à la version {Version}."));
            }

            var next = SecretText.Restore(change(Config), Config);
            if (ConfigParser.Check(next) is { Count: > 0 } errors)
            {
                throw ApiFault.Invalid(errors);
            }

            var version = await Keep(next, author, comment);
            _current = new Current(version, next);
            Changed?.Invoke(next);
            return version;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<int> Keep(CentreConfig next, string author, string? comment)
    {
        await using var db = database.Open(tenant);
        var version = (await db.ConfigVersions.MaxAsync(v => (int?)v.Version) ?? 0) + 1;
        db.Add(new ConfigVersionRow
        {
            Tenant = tenant, Version = version, At = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow), Author = author,
            Comment = comment, Json = JsonSerializer.Serialize(next, PlateauJson.Options),
        });
        await db.SaveChangesAsync();
        return version;
    }

    private sealed record Current(int Version, CentreConfig Config);
}
