using Microsoft.Win32.SafeHandles;

namespace Plateau.Server.Storage;

/// <summary>An append-only file of <see cref="Frames"/>.</summary>
/// <remarks>One writer. <see cref="Flush"/> may run on another thread at the same time as <see
/// cref="Write"/>.</remarks>
internal sealed class EntryFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private long _length;

    private EntryFile(string path, FileMode mode)
    {
        Path = path;
        _handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _length = RandomAccess.GetLength(_handle);
    }

    /// <summary>Where it is.</summary>
    internal string Path { get; }

    /// <summary>Bytes written.</summary>
    internal long Length => Volatile.Read(ref _length);

    /// <summary>Makes a new file; it must not exist.</summary>
    internal static EntryFile Create(string path) => new(path, FileMode.CreateNew);

    /// <summary>Opens a file to append to it.</summary>
    internal static EntryFile Open(string path) => new(path, FileMode.Open);

    /// <summary>Reads the payloads of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isLast">
    /// Whether it may end torn: only the file that was being written when the process died may.
    /// </param>
    /// <returns>All bytes, where the payloads are, and what the scan found.</returns>
    /// <exception cref="StorageException">The middle is damaged, or a file that was finished ends torn.</exception>
    internal static (byte[] Bytes, List<Range> Payloads, FrameScan Scan) Read(string path, bool isLast)
    {
        var bytes = File.ReadAllBytes(path);
        var payloads = new List<Range>();
        var scan = Frames.Scan(bytes, payloads);
        if (scan.IsWhole || (scan.IsTorn && isLast))
        {
            return (bytes, payloads, scan);
        }

        var detail = scan.NextGoodAt is { } next
            ? $"{path}: damaged from byte {scan.GoodBytes}, good entries again from byte {next}"
            : $"{path}: ends in {scan.RestBytes} bytes that are no entry, but later files follow";
        throw new StorageException(StorageError.DamagedMiddle, detail);
    }

    /// <summary>Cuts a torn tail off; the bytes cut are kept in a file beside it.</summary>
    /// <returns>The name of that file.</returns>
    internal static string CutTail(string path, byte[] bytes, FrameScan scan)
    {
        var kept = $"{path}.torn-at-{scan.GoodBytes}";
        File.WriteAllBytes(kept, bytes[scan.GoodBytes..]);
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.SetLength(handle, scan.GoodBytes);
        RandomAccess.FlushToDisk(handle);
        return kept;
    }

    /// <summary>Makes the names in a folder durable: after a file was made or renamed.</summary>
    internal static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsLinux())
        {
            FolderFlush.Flush(folder);
        }
    }

    /// <summary>Appends; the bytes survive the death of the process when this returns, not yet a power cut.</summary>
    internal void Write(ReadOnlySpan<byte> frames)
    {
        // A write that failed half-way is repeated at the same place, so nothing is ever doubled.
        RandomAccess.Write(_handle, frames, _length);
        Volatile.Write(ref _length, _length + frames.Length);
    }

    /// <summary>Reads bytes that were written.</summary>
    internal int ReadAt(Span<byte> buffer, long offset) => RandomAccess.Read(_handle, buffer, offset);

    /// <summary>Makes all that was written survive a power cut.</summary>
    internal void Flush() => RandomAccess.FlushToDisk(_handle);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
