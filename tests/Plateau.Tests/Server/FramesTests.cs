using System.Text;
using Plateau.Server.Storage;

namespace Plateau.Tests.Server;

public sealed class FramesTests
{
    private static readonly string[] Entries =
        ["""{"n":1,"at":"x"}""", """{"n":2}""", "{}", """{"n":4,"long":"éàü"}"""];

    [Fact]
    public void What_was_written_is_read_back()
    {
        var file = Journal(out var ends);
        var payloads = new List<Range>();
        var scan = Frames.Scan(file, payloads);
        Assert.True(scan.IsWhole);
        Assert.Equal(ends[^1], scan.GoodBytes);
        Assert.Equal(Entries, payloads.Select(p => Encoding.UTF8.GetString(file[p])));
    }

    [Fact]
    public void A_journal_cut_anywhere_is_torn_there_and_keeps_all_entries_before()
    {
        var file = Journal(out var ends);
        for (var cut = 0; cut < file.Length; cut++)
        {
            var payloads = new List<Range>();
            var scan = Frames.Scan(file.AsSpan(0, cut), payloads);
            var whole = ends.Count(e => e <= cut);
            Assert.Equal(whole, payloads.Count);
            Assert.Equal(whole == 0 ? 0 : ends[whole - 1], scan.GoodBytes);
            Assert.Equal(cut == scan.GoodBytes, scan.IsWhole);
            Assert.Equal(cut != scan.GoodBytes, scan.IsTorn);
        }
    }

    [Fact]
    public void A_single_bit_flipped_anywhere_is_never_read_as_an_entry()
    {
        var file = Journal(out var ends);
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var damaged = file.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var payloads = new List<Range>();
            var scan = Frames.Scan(damaged, payloads);
            var entry = ends.Count(e => e <= bit / 8);
            Assert.Equal(entry, payloads.Count);
            // In the last entry it looks like a torn tail; anywhere else good entries follow, and nothing may be cut.
            Assert.Equal(entry == Entries.Length - 1, scan.IsTorn);
            Assert.Equal(entry == Entries.Length - 1 ? null : ends[entry], scan.NextGoodAt);
        }
    }

    [Fact]
    public void Zeros_behind_the_end_are_a_torn_tail()
    {
        var file = Journal(out var ends);
        var scan = Frames.Scan([.. file, .. new byte[4096]], []);
        Assert.True(scan.IsTorn);
        Assert.Equal(ends[^1], scan.GoodBytes);
    }

    [Fact]
    public void The_checksum_is_Castagnolis()
    {
        // RFC 3720 B.4 gives the CRC32C of 32 bytes of zeros as aa 36 91 8a; a frame's checksum covers length and
        // payload,
        // so the polynomial is checked on the one frame whose bytes are known: four bytes 02 00 00 00 and "{}".
        var frame = new byte[Frames.HeadBytes + 2];
        "{}"u8.CopyTo(frame.AsSpan(Frames.HeadBytes));
        Frames.Seal(frame);
        Assert.Equal(Reference([2, 0, 0, 0, (byte)'{', (byte)'}']), BitConverter.ToUInt32(frame, 4));
        Assert.Equal(0x8A9136AAu, Reference(new byte[32]));
    }

    private static uint Reference(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
            }
        }

        return ~crc;
    }

    private static byte[] Journal(out List<int> ends)
    {
        using var file = new MemoryStream();
        ends = [];
        foreach (var entry in Entries)
        {
            var payload = Encoding.UTF8.GetBytes(entry);
            var frame = new byte[Frames.HeadBytes + payload.Length];
            payload.CopyTo(frame, Frames.HeadBytes);
            Frames.Seal(frame);
            file.Write(frame);
            ends.Add((int)file.Length);
        }

        return file.ToArray();
    }
}
