using System.Buffers.Binary;
using Plateau.Contracts;
using Plateau.Media.Audio;

namespace Plateau.Server.Telephony;

/// <summary>Completes recordings that a crash left open.</summary>
internal static class RecordingRepair
{
    /// <summary>Gives every .part file below a folder its length and its name; empty ones are removed.</summary>
    /// <param name="folder">The recordings folder; need not exist. Nobody may be writing below it.</param>
    /// <param name="log">One line per file.</param>
    /// <returns>What was saved, in the order of their paths.</returns>
    internal static IReadOnlyList<RepairedRecording> Repair(string folder, ILogger log)
    {
        var repaired = new List<RepairedRecording>();
        if (!Directory.Exists(folder))
        {
            return repaired;
        }

        var parts = Directory.GetFiles(folder, "*" + RecordingFile.PartSuffix, SearchOption.AllDirectories);
        Array.Sort(parts, StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (RepairOne(folder, part) is { } recording)
            {
                RtpLog.RecordingRepaired(log, recording.Path);
                repaired.Add(recording);
            }
        }

        return repaired;
    }

    private static RepairedRecording? RepairOne(string folder, string part)
    {
        var path = part[..^RecordingFile.PartSuffix.Length];
        using (var file = File.OpenHandle(part, FileMode.Open, FileAccess.ReadWrite))
        {
            Span<byte> start = stackalloc byte[58];
            var read = RandomAccess.Read(file, start, 0);
            var length = RandomAccess.GetLength(file);
            if (ReadFormat(start[..read]) is { } format && length > format.Bytes)
            {
                var audioBytes = (length - format.Bytes) / format.BlockBytes * format.BlockBytes;
                RandomAccess.SetLength(file, format.Bytes + audioBytes);
                format.Write(start, audioBytes);
                RandomAccess.Write(file, start[..format.Bytes], 0);
                RandomAccess.FlushToDisk(file);
                var digest = RecordingFile.Digest(file, out var bytes);
                RecordingFile.GiveName(path);
                var duration = TimeSpan.FromSeconds((double)audioBytes / (format.BlockBytes * format.SampleRateHz));
                var started = Instant.FromDateTimeOffset(File.GetLastWriteTimeUtc(path)) - duration;
                return new RepairedRecording(
                    Path.GetRelativePath(folder, path).Replace('\\', '/'), started, duration, bytes, digest);
            }
        }

        File.Delete(part);
        return null;
    }

    /// <summary>The format as our own writer left it in the header.</summary>
    private static WavHeader? ReadFormat(ReadOnlySpan<byte> header)
    {
        if (header.Length < 44 || !header.StartsWith("RIFF"u8) || !header[8..].StartsWith("WAVEfmt "u8))
        {
            return null;
        }

        var encoding = (WavEncoding)BinaryPrimitives.ReadUInt16LittleEndian(header[20..]);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(header[22..]);
        var rateHz = BinaryPrimitives.ReadInt32LittleEndian(header[24..]);
        return Enum.IsDefined(encoding) && channels is 1 or 2 && rateHz is 8_000 or 16_000
            ? new WavHeader(encoding, rateHz, channels)
            : null;
    }
}

/// <summary>A recording saved after a crash.</summary>
/// <param name="Path">Path below the recordings folder, with '/'.</param>
/// <param name="Started">About when it began: the last write less the length.</param>
/// <param name="Duration">Length.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">SHA-256 of the file, 64 lower-case hex digits.</param>
internal sealed record RepairedRecording(string Path, Instant Started, TimeSpan Duration, long Bytes, string Sha256);
