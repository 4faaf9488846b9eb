using Plateau.Contracts;
using Plateau.Core;
using Plateau.Server.Storage;

namespace Plateau.Server.Hosting;

/// <summary>Inputs that are journalled together, and what they caused.</summary>
internal sealed class CentreBatch : IDisposable
{
    /// <summary>The inputs as journal frames.</summary>
    internal FrameBuffer Frames { get; } = new();

    /// <summary>Number of the first of them.</summary>
    internal long FirstEntry { get; set; }

    /// <summary>What to do once they are in the journal, in order.</summary>
    internal List<CentreEffect> Effects { get; } = new(64);

    /// <summary>Facts among the effects, numbered.</summary>
    internal List<FactRecord> Facts { get; } = new(32);

    /// <summary>Things to keep among the effects, numbered.</summary>
    internal List<OutboxEntry> Stored { get; } = new(32);

    /// <summary>Answers to queries, given after the effects.</summary>
    internal List<Action> Answers { get; } = [];

    /// <summary>Whether there is nothing in it.</summary>
    internal bool IsEmpty => Frames.Length == 0 && Effects.Count == 0 && Stored.Count == 0 && Answers.Count == 0;

    internal void Clear()
    {
        Frames.Clear();
        Effects.Clear();
        Facts.Clear();
        Stored.Clear();
        Answers.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Frames.Dispose();
}

/// <summary>Gives facts their sequence and everything stored its ordinal; a replay counts the same.</summary>
/// <param name="tenant">Whose.</param>
/// <param name="fact">Sequence of the next fact.</param>
/// <param name="ordinal">Ordinal of the next thing stored.</param>
internal sealed class EffectNumbers(TenantId tenant, long fact, long ordinal)
{
    /// <summary>Sequence of the next fact.</summary>
    internal long NextFact { get; private set; } = fact;

    /// <summary>Ordinal of the next thing stored.</summary>
    internal long NextOrdinal { get; private set; } = ordinal;

    /// <summary>Sorts effects into the batch.</summary>
    internal void Number(Instant now, List<CentreEffect> effects, CentreBatch batch)
    {
        foreach (var effect in effects)
        {
            var entry = effect switch
            {
                Publish publish => Stored(now, publish.Fact, batch),
                WriteCallRecord write => new OutboxEntry(NextOrdinal, now, Call: write.Record),
                WriteAgentInterval write => new OutboxEntry(NextOrdinal, now, Interval: write.Record),
                WriteDecision write => new OutboxEntry(NextOrdinal, now, Decision: write.Record),
                _ => null,
            };
            if (entry is null)
            {
                batch.Effects.Add(effect);
                continue;
            }

            batch.Stored.Add(entry);
            NextOrdinal++;
        }
    }

    private OutboxEntry Stored(Instant now, Fact fact, CentreBatch batch)
    {
        var record = new FactRecord(NextFact++, now, tenant, fact);
        batch.Facts.Add(record);
        return new OutboxEntry(NextOrdinal, now, record.Sequence, fact);
    }
}
