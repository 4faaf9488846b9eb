using System.Buffers.Binary;
using System.Globalization;

namespace Plateau.Server.Storage;

/// <summary>What a tenant's centre told to keep and the database may not have yet, in files, in order.</summary>
/// <remarks>
/// The centre's thread appends, the <see cref="DatabaseWriter"/> reads and trims; memory holds one batch, however long
/// the
/// database is away. Appending what is there already does nothing, which makes a replay harmless. Files are named after
/// the ordinal they begin with: <c>000000000001.outbox</c>.
/// </remarks>
public sealed class Outbox : IDisposable
{
    /// <summary>Size at which the next file begins, bytes: some ten thousand calls.</summary>
    internal const long FileBytesMax = 32L * 1024 * 1024;

    /// <summary>Entries held in memory while the disk refuses them; beyond, they are left to the next replay.</summary>
    internal const int HeldMax = 100_000;

    private const string Ending = ".outbox";
    private readonly string _folder;
    private readonly long _fileBytesMax;
    private readonly Lock _gate = new();
    private readonly FrameBuffer _frames = new();
    private readonly List<OutboxEntry> _held = [];
    private readonly SortedList<long, string> _files = [];
    private TaskCompletionSource _appended = NewSignal();
    private EntryFile? _last;
    private long _lastOrdinal;
    private bool _isFull;

    private Outbox(string folder, long fileBytesMax)
    {
        _folder = folder;
        _fileBytesMax = fileBytesMax;
    }

    /// <summary>Ordinal of the last entry in the files; 0 for none.</summary>
    public long LastOrdinal
    {
        get
        {
            lock (_gate)
            {
                return _lastOrdinal;
            }
        }
    }

    /// <summary>Sequence of the last fact in the newest file at the time of opening; 0 for none.</summary>
    public long LastFactAtStart { get; private set; }

    /// <summary>Name of the file that holds what a torn end was; null when it was whole.</summary>
    public string? Torn { get; private set; }

    /// <summary>First and last ordinal of entries that were lost before they came here; null when none were.</summary>
    public (long First, long Last)? Missing { get; private set; }

    /// <summary>Opens the outbox of a tenant; its folder is made when absent.</summary>
    /// <exception cref="StorageException">A file is damaged before its end.</exception>
    public static Outbox Open(string folder, long fileBytesMax = FileBytesMax)
    {
        Directory.CreateDirectory(folder);
        var outbox = new Outbox(folder, fileBytesMax);
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending))
        {
            outbox._files.Add(FirstOrdinalOf(path), path);
        }

        outbox.FindEnd();
        return outbox;
    }

    /// <summary>Appends; entries that are there already are left out.</summary>
    /// <param name="entries">In order of their ordinals, without gap.</param>
    /// <exception cref="IOException">The disk refuses; the entries are held and go with the next append.</exception>
    public void Append(IReadOnlyList<OutboxEntry> entries)
    {
        lock (_gate)
        {
            Hold(entries);
            if (_held.Count == 0)
            {
                return;
            }

            _frames.Clear();
            _held.ForEach(_frames.Add);
            Room(_held[0].Ordinal).Write(_frames.Bytes);
            _lastOrdinal = _held[^1].Ordinal;
            _held.Clear();
            _appended.TrySetResult();
            _appended = NewSignal();
        }
    }

    /// <summary>Makes everything appended survive a power cut.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _last?.Flush();
        }
    }

    /// <summary>Completes when something is there behind an ordinal.</summary>
    public Task WaitBehind(long ordinal)
    {
        lock (_gate)
        {
            return _lastOrdinal > ordinal ? Task.CompletedTask : _appended.Task;
        }
    }

    /// <summary>Removes files of which the database has everything.</summary>
    /// <param name="ordinal">Ordinal of the last entry that the database has.</param>
    public void Trim(long ordinal)
    {
        lock (_gate)
        {
            // The last file stays: its name and content say how far the counting went.
            while (_files.Count > 1 && _files.GetKeyAtIndex(1) <= ordinal + 1)
            {
                File.Delete(_files.GetValueAtIndex(0));
                _files.RemoveAt(0);
            }
        }
    }

    /// <summary>Starts to read behind an ordinal; several readers may read at the same time.</summary>
    public OutboxCursor ReadBehind(long ordinal) => new(this, ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _last?.Dispose();
            _last = null;
            _frames.Dispose();
        }
    }

    /// <summary>The file that holds an ordinal, or the first one behind it; null when there is none.</summary>
    internal string? FileWith(long ordinal)
    {
        lock (_gate)
        {
            string? found = null;
            foreach (var (first, path) in _files)
            {
                if (first > ordinal && found is not null)
                {
                    break;
                }

                found = path;
                if (first > ordinal)
                {
                    break;
                }
            }

            return found;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static long FirstOrdinalOf(string path) =>
        long.Parse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture);

    private void FindEnd()
    {
        if (_files.Count == 0)
        {
            return;
        }

        var path = _files.GetValueAtIndex(_files.Count - 1);
        _lastOrdinal = _files.GetKeyAtIndex(_files.Count - 1) - 1;
        var (bytes, payloads, scan) = EntryFile.Read(path, isLast: true);
        foreach (var payload in payloads)
        {
            var entry = StoredJson.Parse<OutboxEntry>(bytes.AsSpan(payload));
            _lastOrdinal = entry.Ordinal;
            LastFactAtStart = entry.Sequence ?? LastFactAtStart;
        }

        if (scan.IsTorn)
        {
            // What is cut off is told again by the replay of the journal, with the same ordinals.
            Torn = EntryFile.CutTail(path, bytes, scan);
        }

        _last = EntryFile.Open(path);
    }

    private void Hold(IReadOnlyList<OutboxEntry> entries)
    {
        foreach (var entry in entries)
        {
            var before = _held.Count > 0 ? _held[^1].Ordinal : _lastOrdinal;
            if (entry.Ordinal <= before || _isFull)
            {
                continue;
            }

            if (_held.Count == HeldMax)
            {
                _isFull = true;
                continue;
            }

            if (entry.Ordinal > before + 1 && before > 0)
            {
                // The files that held these are gone with their journal; what comes now must be kept all the same.
                Missing = (before + 1, entry.Ordinal - 1);
            }

            _held.Add(entry);
        }
    }

    private EntryFile Room(long ordinal)
    {
        if (_last is not null && _last.Length < _fileBytesMax)
        {
            return _last;
        }

        var path = Path.Combine(_folder, ordinal.ToString("D12", CultureInfo.InvariantCulture) + Ending);
        var next = EntryFile.Create(path);
        _last?.Flush();
        _last?.Dispose();
        _last = next;
        _files.Add(ordinal, path);
        EntryFile.FlushFolder(_folder);
        return next;
    }
}

/// <summary>A reader's place in an outbox. One thread.</summary>
public sealed class OutboxCursor : IDisposable
{
    private readonly Outbox _outbox;
    private string? _path;
    private FileStream? _file;
    private long _ordinal;

    internal OutboxCursor(Outbox outbox, long ordinal)
    {
        _outbox = outbox;
        _ordinal = ordinal;
    }

    /// <summary>Reads the next entries; none when there are none yet.</summary>
    /// <param name="max">At most so many.</param>
    public IReadOnlyList<OutboxEntry> Read(int max)
    {
        var entries = new List<OutboxEntry>();
        var last = _outbox.LastOrdinal;
        while (entries.Count < max && _ordinal < last && Next() is { } entry)
        {
            if (entry.Ordinal > _ordinal)
            {
                _ordinal = entry.Ordinal;
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private OutboxEntry? Next()
    {
        while (true)
        {
            if (_file is not null && TryReadFrame(_file) is { } payload)
            {
                return StoredJson.Parse<OutboxEntry>(payload);
            }

            var path = _outbox.FileWith(_ordinal + 1);
            if (path is null || path == _path)
            {
                return null;
            }

            _file?.Dispose();
            _path = path;
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    private static byte[]? TryReadFrame(FileStream file)
    {
        var start = file.Position;
        var head = new byte[Frames.HeadBytes];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            file.Position = start;
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (length > Frames.PayloadBytesMax)
        {
            throw new StorageException(StorageError.DamagedMiddle, $"{file.Name}: at byte {start}");
        }

        var frame = new byte[Frames.HeadBytes + (int)length];
        head.CopyTo(frame, 0);
        if (file.ReadAtLeast(frame.AsSpan(Frames.HeadBytes), (int)length, throwOnEndOfStream: false) < (int)length)
        {
            file.Position = start;
            return null;
        }

        return Frames.TryRead(frame, out var payload)
            ? payload.ToArray()
            : throw new StorageException(StorageError.DamagedMiddle, $"{file.Name}: at byte {start}");
    }
}
