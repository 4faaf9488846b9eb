using Plateau.Media.Codecs;

namespace Plateau.Tests.Media;

public sealed class G711Tests
{
    /// <summary>Decision and output values of ITU-T G.711 tables 1a and 2a, aligned to 16 bits.</summary>
    [Theory]
    [InlineData(G711Law.A, 0xD5, 8)]
    [InlineData(G711Law.A, 0x55, -8)]
    [InlineData(G711Law.A, 0xAA, 32256)]
    [InlineData(G711Law.A, 0x2A, -32256)]
    [InlineData(G711Law.A, 0x80, 5504)]
    [InlineData(G711Law.A, 0xC5, 264)]
    [InlineData(G711Law.Mu, 0xFF, 0)]
    [InlineData(G711Law.Mu, 0x7F, 0)]
    [InlineData(G711Law.Mu, 0x80, 32124)]
    [InlineData(G711Law.Mu, 0x00, -32124)]
    [InlineData(G711Law.Mu, 0xFE, 8)]
    [InlineData(G711Law.Mu, 0xEF, 132)]
    public void An_octet_has_the_value_of_the_standard(G711Law law, int octet, int value) =>
        Assert.Equal(value, G711.Decode(law, (byte)octet));

    [Theory]
    [InlineData(G711Law.A)]
    [InlineData(G711Law.Mu)]
    public void Every_octet_survives_expansion_and_compression(G711Law law)
    {
        for (var octet = 0; octet < 256; octet++)
        {
            var back = G711.Encode(law, G711.Decode(law, (byte)octet));
            var expected = law == G711Law.Mu && octet == 0x7F ? 0xFF : octet; // Minus zero becomes zero.
            Assert.Equal(expected, back);
        }
    }

    [Theory]
    [InlineData(G711Law.A)]
    [InlineData(G711Law.Mu)]
    public void Every_sample_falls_within_half_a_step_of_its_value_unless_it_is_clipped(G711Law law)
    {
        var values = Enumerable.Range(0, 256).Select(o => (int)G711.Decode(law, (byte)o)).Distinct().Order().ToArray();
        // The bits below the law's own resolution (4 in A-law, 2 in µ-law) are cut off, not rounded.
        var resolution = law == G711Law.A ? 15 : 3;
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            var decoded = G711.Decode(law, G711.Encode(law, (short)sample));
            var at = Array.BinarySearch(values, decoded);
            var below = at == 0 ? 0 : decoded - values[at - 1];
            var above = at == values.Length - 1 ? 0 : values[at + 1] - decoded;
            var isClipped = Math.Abs(sample) > values[^1];
            var half = Math.Max(below, above) / 2 + resolution;
            Assert.True(
                isClipped ? Math.Abs(decoded) == values[^1] : Math.Abs(decoded - sample) <= half,
                $"{law} {sample} became {decoded}");
        }
    }

    [Theory]
    [InlineData(G711Law.A)]
    [InlineData(G711Law.Mu)]
    public void Compression_never_turns_a_larger_sample_into_a_smaller_one(G711Law law)
    {
        for (var sample = short.MinValue; sample < short.MaxValue; sample++)
        {
            Assert.True(G711.Decode(law, G711.Encode(law, sample))
                <= G711.Decode(law, G711.Encode(law, (short)(sample + 1))));
        }
    }

    /// <summary>G.711 §3.4: a µ-A-µ tandem changes only the even values 0 to 14, each by one.</summary>
    [Fact]
    public void Mu_law_through_A_law_and_back_changes_only_what_the_standard_says() =>
        Assert.Equal([0, 2, 4, 6, 8, 10, 12, 14], ChangedByTandem(G711Law.Mu, ValueOfMu));

    /// <summary>G.711 §3.4: an A-µ-A tandem changes only these eight values, each by one.</summary>
    [Fact]
    public void A_law_through_mu_law_and_back_changes_only_what_the_standard_says() =>
        Assert.Equal([26, 28, 30, 32, 45, 47, 63, 80], ChangedByTandem(G711Law.A, ValueOfA));

    [Theory]
    [InlineData(G711Law.A)]
    [InlineData(G711Law.Mu)]
    public void The_direct_tables_agree_with_the_way_through_samples_within_one_step(G711Law from)
    {
        var to = from == G711Law.A ? G711Law.Mu : G711Law.A;
        for (var octet = 0; octet < 256; octet++)
        {
            Span<byte> direct = [(byte)octet];
            G711.Transcode(from, direct, direct);
            var sample = G711.Decode(from, (byte)octet);
            var step = Math.Max(16, Math.Abs(sample) / 16);
            Assert.InRange(G711.Decode(to, direct[0]) - sample, -step, step);
        }
    }

    private static List<int> ChangedByTandem(G711Law law, Func<int, int> valueNumber)
    {
        var other = law == G711Law.A ? G711Law.Mu : G711Law.A;
        var changed = new SortedSet<int>();
        for (var octet = 0; octet < 256; octet++)
        {
            Span<byte> octets = [(byte)octet];
            G711.Transcode(law, octets, octets);
            G711.Transcode(other, octets, octets);
            if (octets[0] != octet)
            {
                Assert.Equal(octet & 0x80, octets[0] & 0x80);
                Assert.Equal(1, Math.Abs(valueNumber(octet) - valueNumber(octets[0])));
                changed.Add(valueNumber(octet));
            }
        }

        return [.. changed];
    }

    private static int ValueOfMu(int octet) => ~octet & 0x7F;

    private static int ValueOfA(int octet) => ((octet ^ 0x55) & 0x7F) + 1;
}
