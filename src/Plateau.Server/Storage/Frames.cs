using System.Buffers.Binary;
using System.Numerics;

namespace Plateau.Server.Storage;

/// <summary>
/// How an append-only file holds its entries: length (u32), CRC32C (u32), payload; little-endian, end to end.
/// </summary>
/// <remarks>
/// The checksum covers the length and the payload. The payload is one JSON object, so a file stays readable to a
/// person with <c>strings</c>. CRC32C is Castagnoli's (RFC 3720 appendix B.4), which the processor computes.
/// </remarks>
internal static class Frames
{
    /// <summary>Bytes before the payload.</summary>
    internal const int HeadBytes = 8;

    /// <summary>
    /// Largest payload: the configuration of a tenant with some 10,000 agents; anything larger is garbage.
    /// </summary>
    internal const int PayloadBytesMax = 16 * 1024 * 1024;

    /// <summary>Shortest payload: an empty object.</summary>
    internal const int PayloadBytesMin = 2;

    /// <summary>Fills in the head of a frame whose payload is already in place.</summary>
    /// <param name="frame">Head and payload.</param>
    internal static void Seal(Span<byte> frame)
    {
        var payload = frame[HeadBytes..];
        if (payload.Length is < PayloadBytesMin or > PayloadBytesMax)
        {
            throw new StorageException(
                StorageError.EntryTooLarge, $"an entry of {payload.Length} bytes; at most {PayloadBytesMax}");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(frame[..4], payload));
    }

    /// <summary>
    /// Reads the frame at the beginning of the bytes; false when there is no whole and undamaged one.
    /// </summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (bytes.Length < HeadBytes + PayloadBytesMin)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length is < PayloadBytesMin or > PayloadBytesMax || length > bytes.Length - HeadBytes)
        {
            return false;
        }

        var candidate = bytes.Slice(HeadBytes, (int)length);
        // Looking at two bytes first makes the search for a good frame behind a bad one cheap.
        if (candidate[0] != (byte)'{' || candidate[^1] != (byte)'}' ||
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Checksum(bytes[..4], candidate))
        {
            return false;
        }

        payload = candidate;
        return true;
    }

    /// <summary>Goes through a whole file.</summary>
    /// <param name="file">All its bytes.</param>
    /// <param name="payloads">Appended: where each payload is.</param>
    /// <returns>How far the good entries reach, and whether good ones follow behind a bad place.</returns>
    internal static FrameScan Scan(ReadOnlySpan<byte> file, List<Range> payloads)
    {
        var at = 0;
        while (at < file.Length && TryRead(file[at..], out var payload))
        {
            payloads.Add((at + HeadBytes)..(at + HeadBytes + payload.Length));
            at += HeadBytes + payload.Length;
        }

        return new FrameScan(at, file.Length - at, at == file.Length ? null : FindFrame(file, at + 1));
    }

    private static int? FindFrame(ReadOnlySpan<byte> file, int from)
    {
        for (var at = from; at <= file.Length - HeadBytes - PayloadBytesMin; at++)
        {
            if (TryRead(file[at..], out _))
            {
                return at;
            }
        }

        return null;
    }

    private static uint Checksum(ReadOnlySpan<byte> length, ReadOnlySpan<byte> payload)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(length));
        while (payload.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(payload));
            payload = payload[8..];
        }

        foreach (var b in payload)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}

/// <summary>What a scan of a file found.</summary>
/// <param name="GoodBytes">Length of the unbroken row of good entries from the beginning.</param>
/// <param name="RestBytes">Bytes behind it: 0 for a whole file.</param>
/// <param name="NextGoodAt">
/// A good entry behind the bad place: then the middle is damaged, and nothing may be cut.
/// </param>
internal readonly record struct FrameScan(int GoodBytes, int RestBytes, int? NextGoodAt)
{
    /// <summary>Nothing behind the good entries.</summary>
    internal bool IsWhole => RestBytes == 0;

    /// <summary>The last entry was not written to its end: what a crash leaves.</summary>
    internal bool IsTorn => RestBytes > 0 && NextGoodAt is null;
}
