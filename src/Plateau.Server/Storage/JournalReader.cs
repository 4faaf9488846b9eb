using Plateau.Contracts;

namespace Plateau.Server.Storage;

/// <summary>Reads the newest generation of a tenant's journal, from its beginning.</summary>
/// <remarks>
/// A torn tail, which a crash leaves, ends the reading at the last good entry and is told by <see cref="Torn"/>. Damage
/// anywhere else is a <see cref="StorageException"/>, and no file is touched.
/// </remarks>
public sealed class JournalReader
{
    private readonly IReadOnlyList<JournalSegment> _segments;
    private long _next = 1;

    /// <summary>Looks at a folder.</summary>
    /// <param name="folder">The tenant's journal folder; need not exist.</param>
    public JournalReader(string folder) => _segments = JournalFolder.Newest(folder);

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => _segments.Count == 0;

    /// <summary>Header of the newest segment read so far; null before reading and when there is nothing.</summary>
    public JournalHeader? Header { get; private set; }

    /// <summary>Header of the generation's first segment: where the counting of facts and ordinals starts.</summary>
    public JournalHeader? First { get; private set; }

    /// <summary>Number of the entry that comes after the last one read.</summary>
    public long NextEntry => _next;

    /// <summary>What was torn off the end; null when the journal was whole. Set when all was read.</summary>
    public TornTail? Torn { get; private set; }

    /// <summary>The file that was read last.</summary>
    internal JournalSegment? Last => _segments.Count == 0 ? null : _segments[^1];

    /// <summary>All entries in order.</summary>
    /// <exception cref="StorageException">The journal is damaged, incomplete, or of an unknown form.</exception>
    public IEnumerable<JournalEntry> Read()
    {
        foreach (var segment in _segments)
        {
            var isLast = ReferenceEquals(segment, _segments[^1]);
            var (bytes, payloads, scan) = EntryFile.Read(segment.Path, isLast);
            if (!scan.IsWhole)
            {
                Torn = new TornTail(segment.Path, scan, bytes);
            }

            if (payloads.Count == 0)
            {
                // Died while beginning a segment: the header never arrived, so nothing else did.
                continue;
            }

            TakeHeader(segment, StoredJson.Parse<JournalHeader>(bytes.AsSpan(payloads[0])));
            for (var i = 1; i < payloads.Count; i++)
            {
                yield return TakeEntry(segment, JournalEntry.Parse(bytes.AsSpan(payloads[i])));
            }
        }
    }

    private void TakeHeader(JournalSegment segment, JournalHeader header)
    {
        if (header.Plateau != JournalHeader.Form)
        {
            throw new StorageException(StorageError.UnknownForm, $"{segment.Path}: form {header.Plateau}");
        }

        if (header.FirstEntry != _next || header.Segment != segment.Segment)
        {
            throw new StorageException(
                StorageError.EntriesMissing, $"{segment.Path}: begins with {header.FirstEntry} and not with {_next}");
        }

        First ??= header;
        Header = header;
    }

    private JournalEntry TakeEntry(JournalSegment segment, JournalEntry entry)
    {
        if (entry.N != _next)
        {
            throw new StorageException(
                StorageError.EntriesMissing, $"{segment.Path}: entry {entry.N} where {_next} was due");
        }

        _next++;
        return entry;
    }
}

/// <summary>The unfinished end that a crash left.</summary>
public sealed class TornTail
{
    private readonly FrameScan _scan;
    private readonly byte[] _bytes;

    internal TornTail(string path, FrameScan scan, byte[] bytes)
    {
        Path = path;
        _scan = scan;
        _bytes = bytes;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where the good entries end, bytes.</summary>
    public int At => _scan.GoodBytes;

    /// <summary>How much is behind, bytes.</summary>
    public int Bytes => _scan.RestBytes;

    /// <summary>Cuts it off; what was cut is kept in the file whose name is returned.</summary>
    internal string Cut() => EntryFile.CutTail(Path, _bytes, _scan);
}
