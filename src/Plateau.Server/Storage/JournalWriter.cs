namespace Plateau.Server.Storage;

/// <summary>Appends to the newest generation of a tenant's journal.</summary>
/// <remarks>One thread writes; <see cref="Flush"/> may be called by another.</remarks>
internal sealed class JournalWriter : IDisposable
{
    /// <summary>
    /// Size at which a new segment begins: small enough to read at once, large enough for an hour of work.
    /// </summary>
    internal const long SegmentBytesMax = 64L * 1024 * 1024;

    private readonly string _folder;
    private readonly long _segmentBytesMax;
    private readonly Lock _swap = new();
    private JournalHeader _header;
    private EntryFile _file;

    private JournalWriter(string folder, JournalHeader header, EntryFile file, long segmentBytesMax)
    {
        _folder = folder;
        _header = header;
        _file = file;
        _segmentBytesMax = segmentBytesMax;
    }

    /// <summary>Header of the segment that is being written.</summary>
    internal JournalHeader Header => _header;

    /// <summary>
    /// Begins a generation; it counts from the moment at which it is whole, so a crash leaves the former one.
    /// </summary>
    /// <param name="folder">The tenant's journal folder; made when absent.</param>
    /// <param name="header">Header of its first segment.</param>
    /// <param name="state">Frames of the inputs that recreate the state; may be empty.</param>
    /// <param name="segmentBytesMax">Size at which the next segment begins, bytes.</param>
    internal static JournalWriter Begin(
        string folder, JournalHeader header, ReadOnlySpan<byte> state, long segmentBytesMax = SegmentBytesMax)
    {
        Directory.CreateDirectory(folder);
        var path = JournalFolder.PathOf(folder, header.Generation, header.Segment);
        var draft = path + ".draft";
        File.Delete(draft);
        using (var file = EntryFile.Create(draft))
        {
            WriteHeader(file, header);
            file.Write(state);
            file.Flush();
        }

        File.Move(draft, path);
        EntryFile.FlushFolder(folder);
        return new JournalWriter(folder, header, EntryFile.Open(path), segmentBytesMax);
    }

    /// <summary>Goes on with the generation that was read to its end; a torn tail has been cut.</summary>
    internal static JournalWriter Continue(
        string folder, JournalReader read, long segmentBytesMax = SegmentBytesMax)
    {
        var last = read.Last ?? throw new InvalidOperationException("There is no journal to go on with.");
        var file = EntryFile.Open(last.Path);
        var header = read.Header ?? throw new StorageException(StorageError.EntriesMissing, $"{last.Path}: no header");
        if (file.Length == 0)
        {
            header = header with { Segment = last.Segment, FirstEntry = read.NextEntry };
            WriteHeader(file, header);
        }

        return new JournalWriter(folder, header, file, segmentBytesMax);
    }

    /// <summary>Appends whole frames; they survive the death of the process when this returns.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="firstEntry">Number of the first entry among them.</param>
    internal void Write(ReadOnlySpan<byte> frames, long firstEntry)
    {
        if (_file.Length >= _segmentBytesMax)
        {
            Rotate(firstEntry);
        }

        _file.Write(frames);
    }

    /// <summary>Makes all that was written survive a power cut.</summary>
    internal void Flush()
    {
        lock (_swap)
        {
            _file.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_swap)
        {
            _file.Dispose();
        }
    }

    private static void WriteHeader(EntryFile file, JournalHeader header)
    {
        using var buffer = new FrameBuffer();
        buffer.Add(header);
        file.Write(buffer.Bytes);
    }

    private void Rotate(long firstEntry)
    {
        var header = _header with { Segment = _header.Segment + 1, FirstEntry = firstEntry };
        var path = JournalFolder.PathOf(_folder, header.Generation, header.Segment);
        // Left over when an earlier attempt to rotate failed, such as on a full disk.
        File.Delete(path);
        var next = EntryFile.Create(path);
        WriteHeader(next, header);
        lock (_swap)
        {
            _file.Flush();
            _file.Dispose();
            _file = next;
            _header = header;
        }

        EntryFile.FlushFolder(_folder);
    }
}
