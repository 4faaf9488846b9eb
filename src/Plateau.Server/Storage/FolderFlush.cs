using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Plateau.Server.Storage;

/// <summary>fsync of a folder, which the framework cannot do: it opens no folders.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY on Linux.

    /// <summary>Makes the names in the folder durable; best effort, as some file systems refuse it.</summary>
    [SupportedOSPlatform("linux")]
    internal static void Flush(string folder)
    {
        var descriptor = Open(folder, ReadOnlyDirectory);
        if (descriptor >= 0)
        {
            _ = Synchronise(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
