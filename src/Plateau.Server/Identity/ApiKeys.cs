using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Storage;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Identity;

/// <summary>Finds out who holds a key: those of the configuration file, and those in the database, which are
/// hashed.</summary>
/// <remarks>
/// A key is "plk_PUBLIC_SECRET"; the public part finds the row, the hash of the secret part proves it. Found keys are
/// remembered for a moment, so a revocation takes effect within <see cref="TrustSpan"/>, and for longer while the
/// database is away.
/// </remarks>
internal sealed class ApiKeys(ServerConfig config, Database database, TimeProvider time)
{
    /// <summary>How long a key that was found is believed without another look.</summary>
    public static readonly TimeSpan TrustSpan = TimeSpan.FromSeconds(5);

    private const string Mark = "plk_";
    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Seen)> _found = new();
    private readonly (byte[] Hash, Caller Caller)[] _configured = [.. config.ApiKeys.Select(Configured)];

    /// <summary>A new key: what the holder gets once, and the row that is kept.</summary>
    public static (string Text, ApiKeyRow Row) Create(
        TenantId tenant, string name, IEnumerable<ApiScope> scopes, string by, Instant now, Instant? expires = null)
    {
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var row = new ApiKeyRow
        {
            Tenant = tenant, Key = mark, Name = name, SecretSha256 = Hash(secret),
            Scopes = string.Join(' ', scopes.Select(s => s.ToString().ToLowerInvariant())), Created = now, CreatedBy = by,
            Expires = expires,
        };
        return ($"{Mark}{mark}_{secret}", row);
    }

    public static IReadOnlyList<ApiScope> ScopesOf(ApiKeyRow row) =>
        [.. row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => Enum.Parse<ApiScope>(s, ignoreCase: true))];

    /// <summary>Who holds this key; null when nobody does.</summary>
    public async Task<Caller?> Find(string text)
    {
        var hash = Hash(text);
        foreach (var (configured, caller) in _configured)
        {
            if (CryptographicOperations.FixedTimeEquals(configured, Convert.FromHexString(hash)))
            {
                return caller;
            }
        }

        var parts = text.Split('_');
        if (parts.Length != 3 || !text.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (_found.TryGetValue(hash, out var found) && now - found.Seen < TrustSpan)
        {
            return found.Caller;
        }

        try
        {
            var caller = await Look(parts[1], Hash(parts[2]), Instant.FromDateTimeOffset(now));
            Remember(hash, caller, now);
            return caller;
        }
        catch (Exception e) when (Database.IsOutage(e) && found.Caller is not null)
        {
            return found.Caller;
        }
    }

    private void Remember(string hash, Caller? caller, DateTimeOffset now)
    {
        if (caller is null)
        {
            _found.TryRemove(hash, out _);
        }
        else
        {
            _found[hash] = (caller, now);
        }
    }

    private async Task<Caller?> Look(string mark, string secretHash, Instant now)
    {
        await using var db = database.Open(default);
        var row = await db.ApiKeys.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(k => k.Key == mark);
        return row is not null && row.Revoked is null && (row.Expires is null || row.Expires > now)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(row.SecretSha256), Encoding.ASCII.GetBytes(secretHash))
            ? new Caller(row.Name, mark, ScopesOf(row), [row.Tenant])
            : null;
    }

    private static (byte[], Caller) Configured(ApiKeyConfig key)
    {
        var hash = key.Sha256 ?? Hash(SecretText.Find(key.Key!) ?? throw new InvalidOperationException(key.Name));
        return (Convert.FromHexString(hash),
            new Caller(key.Name, "config:" + key.Name, key.Scopes is { Count: > 0 } s ? s : [ApiScope.Read], key.Tenants ?? []));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
