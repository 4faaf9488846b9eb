using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core;

namespace Plateau.Server.Hosting;

/// <summary>How a tenant's centre is run.</summary>
public sealed record CentreDriverOptions
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Folder of the tenant's journal; made when absent.</summary>
    public required string JournalFolder { get; init; }

    /// <summary>Node number of the centre's ids, 0 to 1,023; no two living sources share one.</summary>
    public required int Node { get; init; }

    /// <summary>Node number of the ids of requests; another one.</summary>
    public required int RequestNode { get; init; }

    /// <summary>How the journal reaches the disk, see docs/decisions/0010-journal.md.</summary>
    public JournalMode Mode { get; init; } = JournalMode.Flush;

    /// <summary>With <see cref="JournalMode.Write"/>: longest time until the disk itself has it.</summary>
    public TimeSpan FlushAfter { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Where the time comes from; may jump backwards, the centre's time does not.</summary>
    public Func<Instant> Clock { get; init; } = static () => Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);

    /// <summary>
    /// Sequence and ordinal that a tenant without a journal begins with: behind what its database holds.
    /// </summary>
    public (long Fact, long Ordinal) First { get; init; } = (1, 1);

    /// <summary>
    /// Gives the inputs that recreate the centre's state, or null when that is not simple now (calls are live). Asked
    /// at
    /// start and between inputs once the generation has <see cref="CompactEntries"/>; null keeps the generation.
    /// </summary>
    public Func<Centre, IReadOnlyList<CentreInput>?>? Compact { get; init; }

    /// <summary>Entries of a generation from which on a new one is tried: replays in a second or two.</summary>
    public long CompactEntries { get; init; } = 100_000;

    /// <summary>Size at which a journal segment ends, bytes.</summary>
    public long SegmentBytesMax { get; init; } = Storage.JournalWriter.SegmentBytesMax;

    /// <summary>What applies an input; only tests give another than <see cref="Centre.Apply"/>.</summary>
    internal Action<Centre, Instant, CentreInput, List<CentreEffect>> Apply { get; init; } =
        static (centre, now, input, effects) => centre.Apply(now, input, effects);

    /// <summary>What tells the next deadline; only tests give another than <see cref="Centre.NextDeadline"/>.</summary>
    internal Func<Centre, Instant> NextDeadline { get; init; } = static centre => centre.NextDeadline;
}
