using System.Globalization;

namespace Plateau.Server.Storage;

/// <summary>One segment file of a journal.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Generation">1 upwards.</param>
/// <param name="Segment">1 upwards within the generation.</param>
internal sealed record JournalSegment(string Path, int Generation, int Segment);

/// <summary>The names of a tenant's journal files: <c>000001-000001.journal</c>, generation and segment.</summary>
internal static class JournalFolder
{
    private const string Ending = ".journal";

    /// <summary>Path of a segment.</summary>
    internal static string PathOf(string folder, int generation, int segment) => Path.Combine(
        folder, string.Create(CultureInfo.InvariantCulture, $"{generation:D6}-{segment:D6}{Ending}"));

    /// <summary>The segments of the newest generation, in order; none for a new tenant.</summary>
    /// <exception cref="StorageException">A segment is missing.</exception>
    internal static IReadOnlyList<JournalSegment> Newest(string folder)
    {
        var all = All(folder);
        var newest = all.Where(s => s.Generation == all[^1].Generation).ToList();
        for (var i = 0; i < newest.Count; i++)
        {
            if (newest[i].Segment != i + 1)
            {
                throw new StorageException(
                    StorageError.EntriesMissing, $"{folder}: segment {i + 1} of generation {newest[i].Generation}");
            }
        }

        return newest;
    }

    /// <summary>All segments, oldest first.</summary>
    internal static IReadOnlyList<JournalSegment> All(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*" + Ending).Select(Parse).OfType<JournalSegment>()
            .OrderBy(s => s.Generation).ThenBy(s => s.Segment).ToList();

    /// <summary>Removes the segments of closed generations that were last written before an instant.</summary>
    /// <returns>How many files went.</returns>
    internal static int RemoveClosed(string folder, DateTime beforeUtc)
    {
        var all = All(folder);
        var old = all.Where(s => s.Generation < all[^1].Generation && File.GetLastWriteTimeUtc(s.Path) < beforeUtc)
            .ToList();
        old.ForEach(s => File.Delete(s.Path));
        return old.Count;
    }

    private static JournalSegment? Parse(string path)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split('-');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var segment)
            ? new JournalSegment(path, generation, segment)
            : null;
    }
}
