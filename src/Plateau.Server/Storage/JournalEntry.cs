using System.Text.Json;
using Plateau.Contracts;
using Plateau.Core;

namespace Plateau.Server.Storage;

/// <summary>One input in the journal.</summary>
/// <param name="N">Place in the generation, 1 upwards without gap.</param>
/// <param name="At">The instant at which the centre took it.</param>
/// <param name="Input">The input.</param>
public sealed record JournalEntry(long N, Instant At, CentreInput Input)
{
    /// <summary>Reads an entry.</summary>
    /// <exception cref="StorageException">This version does not know its form.</exception>
    public static JournalEntry Parse(ReadOnlySpan<byte> json) => StoredJson.Parse<JournalEntry>(json);
}

/// <summary>The first entry of every segment: what is needed to read it, and to go on counting.</summary>
/// <param name="Plateau">Form of the file: 1.</param>
/// <param name="Tenant">Whose journal.</param>
/// <param name="Generation">1 upwards; a generation begins with the whole state, as inputs.</param>
/// <param name="Segment">1 upwards within the generation.</param>
/// <param name="FirstEntry">Number of the first entry in this file.</param>
/// <param name="Node">Node number of the centre's <see cref="IdSource"/>; a replay must use the same.</param>
/// <param name="FirstFact">Sequence of the first fact that the generation publishes.</param>
/// <param name="FirstOrdinal">
/// Ordinal of the first thing that the generation stores, see <see cref="OutboxEntry"/>.
/// </param>
public sealed record JournalHeader(
    int Plateau, TenantId Tenant, int Generation, int Segment, long FirstEntry, int Node, long FirstFact,
    long FirstOrdinal)
{
    /// <summary>The form that this version writes.</summary>
    public const int Form = 1;
}

/// <summary>Reads and writes the JSON of stored entries.</summary>
internal static class StoredJson
{
    internal static T Parse<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, PlateauJson.Options)
                ?? throw new StorageException(StorageError.UnknownForm, "an entry that is null");
        }
        catch (JsonException e)
        {
            throw new StorageException(StorageError.UnknownForm, e.Message, e);
        }
    }
}
