using System.Threading.RateLimiting;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Identity;

/// <summary>How often a key may ask, and how often a source may be wrong about its key.</summary>
internal sealed class RequestRates(ServerLimitsConfig limits) : IDisposable
{
    /// <summary>Bursts of so many seconds' worth of requests are let through: a page that loads asks many things at
    /// once.</summary>
    private const int BurstS = 10;

    private readonly PartitionedRateLimiter<string> _byKey = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.RequestsPerSecondMax * BurstS,
            TokensPerPeriod = limits.RequestsPerSecondMax,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(source =>
        RateLimitPartition.GetFixedWindowLimiter(source, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = limits.WrongKeysPerMinuteMax, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    public bool TakeRequest(string key)
    {
        using var lease = _byKey.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    /// <summary>Counts a wrong key; false when the source has used up its minute.</summary>
    public bool TakeWrongKey(string source)
    {
        using var lease = _wrong.AttemptAcquire(source);
        return lease.IsAcquired;
    }

    /// <summary>Whether a source may try a key at all.</summary>
    public bool MayTry(string source) => (_wrong.GetStatistics(source)?.CurrentAvailablePermits ?? 1) > 0;

    public void Dispose()
    {
        _byKey.Dispose();
        _wrong.Dispose();
    }
}
