using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Audio;
using Plateau.Server.Storage;

namespace Plateau.Server.Telephony;

/// <summary>One recording being written: a .part file until it is complete.</summary>
internal sealed class RecordingFile : IDisposable
{
    /// <summary>What an unfinished file is called.</summary>
    internal const string PartSuffix = ".part";

    private readonly SafeFileHandle _file;
    private readonly string _folder;
    private readonly RecordingStart _start;
    private long _audioBytes;

    /// <summary>Creates the file and the folders above it.</summary>
    internal RecordingFile(string folder, RecordingStart start)
    {
        _folder = folder;
        _start = start;
        FinalPath = Path.Combine(folder, start.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(FinalPath)!);
        _file = File.OpenHandle(
            FinalPath + PartSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, FileOptions.None);
        WriteHeader(WavHeader.LengthUnknown);
    }

    /// <summary>Where it will be.</summary>
    internal string FinalPath { get; }

    /// <summary>Appends audio.</summary>
    internal void Append(ReadOnlySpan<byte> audio)
    {
        RandomAccess.Write(_file, audio, _start.Format.Bytes + _audioBytes);
        _audioBytes += audio.Length;
    }

    /// <summary>Writes the final length, flushes, and gives the file its name.</summary>
    internal RecordingRecord Complete()
    {
        WriteHeader(_audioBytes);
        RandomAccess.FlushToDisk(_file);
        var digest = Digest(_file, out var bytes);
        _file.Dispose();
        GiveName(FinalPath);
        var format = _start.Format;
        var duration = TimeSpan.FromSeconds((double)_audioBytes / (format.BlockBytes * format.SampleRateHz));
        return new RecordingRecord(
            _start.Recording, _start.Started, duration, Path.GetRelativePath(_folder, FinalPath).Replace('\\', '/'),
            bytes, digest, _start.IsMessage);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Takes the suffix off a complete file, durably.</summary>
    internal static void GiveName(string finalPath)
    {
        File.Move(finalPath + PartSuffix, finalPath, overwrite: true);
        if (OperatingSystem.IsLinux())
        {
            FolderFlush.Flush(Path.GetDirectoryName(finalPath)!);
        }
    }

    /// <summary>SHA-256 of a file as it lies on the disk, 64 lower-case hex digits.</summary>
    /// <remarks>
    /// Made at the end, not as the blocks come: the header, which comes first, holds the length, which is known last.
    /// Reading back costs about 2 ms for three minutes of a call.
    /// </remarks>
    internal static string Digest(SafeFileHandle file, out long bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        bytes = 0;
        int read;
        while ((read = RandomAccess.Read(file, buffer, bytes)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void WriteHeader(long audioBytes)
    {
        Span<byte> header = stackalloc byte[_start.Format.Bytes];
        _start.Format.Write(header, audioBytes);
        RandomAccess.Write(_file, header, 0);
    }
}
