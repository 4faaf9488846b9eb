namespace Plateau.Media.Codecs;

/// <summary>Which companding law of G.711.</summary>
public enum G711Law
{
    /// <summary>A-law: Europe and international circuits.</summary>
    A,

    /// <summary>µ-law: North America and Japan.</summary>
    Mu,
}

/// <summary>G.711 by tables: linear to A-law and µ-law, back, and between the laws.</summary>
/// <remarks>
/// Source: ITU-T G.711 tables 1a to 4; linear values are the standard's 13 and 14 bits aligned to the top of 16 bits
/// (the convention of ITU-T G.191).
/// </remarks>
public static class G711
{
    /// <summary>The A-law octet of digital silence (smallest positive value).</summary>
    public const byte SilenceA = 0xD5;

    /// <summary>The µ-law octet of digital silence (positive zero).</summary>
    public const byte SilenceMu = 0xFF;

    private static readonly short[] FromA = BuildExpansion(ExpandA);
    private static readonly short[] FromMu = BuildExpansion(ExpandMu);
    private static readonly byte[] ToA = BuildCompression(12, CompressA);
    private static readonly byte[] ToMu = BuildCompression(14, CompressMu);
    private static readonly byte[] MuToA = BuildMuToA();
    private static readonly byte[] AToMu = BuildAToMu();

    /// <summary>The octet of silence in a law.</summary>
    public static byte Silence(G711Law law) => law == G711Law.A ? SilenceA : SilenceMu;

    /// <summary>One sample from one octet.</summary>
    public static short Decode(G711Law law, byte octet) => law == G711Law.A ? FromA[octet] : FromMu[octet];

    /// <summary>One octet from one sample.</summary>
    public static byte Encode(G711Law law, short sample) =>
        law == G711Law.A ? ToA[(ushort)sample >> 4] : ToMu[(ushort)sample >> 2];

    /// <summary>Expands octets to 16-bit samples.</summary>
    /// <param name="law">The law of the octets.</param>
    /// <param name="octets">One octet a sample.</param>
    /// <param name="pcm">At least as long as the octets; only that many samples are written.</param>
    public static void Decode(G711Law law, ReadOnlySpan<byte> octets, Span<short> pcm)
    {
        var table = law == G711Law.A ? FromA : FromMu;
        pcm = pcm[..octets.Length];
        for (var i = 0; i < octets.Length; i++)
        {
            pcm[i] = table[octets[i]];
        }
    }

    /// <summary>Compresses 16-bit samples to octets.</summary>
    /// <param name="law">The law of the octets.</param>
    /// <param name="pcm">Samples, full scale ±32 767.</param>
    /// <param name="octets">At least as long as the samples; only that many octets are written.</param>
    public static void Encode(G711Law law, ReadOnlySpan<short> pcm, Span<byte> octets)
    {
        octets = octets[..pcm.Length];
        if (law == G711Law.A)
        {
            for (var i = 0; i < pcm.Length; i++)
            {
                octets[i] = ToA[(ushort)pcm[i] >> 4];
            }

            return;
        }

        for (var i = 0; i < pcm.Length; i++)
        {
            octets[i] = ToMu[(ushort)pcm[i] >> 2];
        }
    }

    /// <summary>Rewrites octets of one law as octets of the other, without going through samples.</summary>
    /// <param name="from">The law of the input; the output is in the other one.</param>
    /// <param name="octets">Input.</param>
    /// <param name="output">At least as long; may be the same memory.</param>
    /// <remarks>Source: ITU-T G.711 table 3 (µ to A) and table 4 (A to µ), which both networks use.</remarks>
    public static void Transcode(G711Law from, ReadOnlySpan<byte> octets, Span<byte> output)
    {
        var table = from == G711Law.A ? AToMu : MuToA;
        output = output[..octets.Length];
        for (var i = 0; i < octets.Length; i++)
        {
            output[i] = table[octets[i]];
        }
    }

    private static short[] BuildExpansion(Func<int, int> expand)
    {
        var table = new short[256];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = (short)expand(i);
        }

        return table;
    }

    /// <summary>Index: the sample as unsigned, cut to the bits the law can see.</summary>
    private static byte[] BuildCompression(int bits, Func<int, byte> compress)
    {
        var table = new byte[1 << bits];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = compress((short)(i << (16 - bits)));
        }

        return table;
    }

    private static int ExpandA(int octet)
    {
        var code = octet ^ 0x55;
        var segment = (code >> 4) & 7;
        var magnitude = ((code & 15) << 4) + 8;
        if (segment > 0)
        {
            magnitude = (magnitude + 256) << (segment - 1);
        }

        return (code & 0x80) != 0 ? magnitude : -magnitude;
    }

    private static int ExpandMu(int octet)
    {
        var code = ~octet & 0xFF;
        var magnitude = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
        return (code & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static byte CompressA(int sample)
    {
        var magnitude = (sample < 0 ? ~sample : sample) >> 4;
        var segment = 0;
        if (magnitude > 15)
        {
            segment = 1;
            while (magnitude > 31)
            {
                magnitude >>= 1;
                segment++;
            }
        }

        return (byte)(((sample >= 0 ? 0x80 : 0) | (segment << 4) | (magnitude & 15)) ^ 0x55);
    }

    private static byte CompressMu(int sample)
    {
        // 33 is the bias that makes every segment a power of two; 8191 is the largest biased 13-bit magnitude.
        var magnitude = Math.Min(((sample < 0 ? ~sample : sample) >> 2) + 33, 8191);
        var segment = int.Log2(magnitude) - 5;
        var code = (segment << 4) | ((magnitude >> (segment + 1)) & 15);
        return (byte)(~((sample < 0 ? 0x80 : 0) | code) & 0xFF);
    }

    /// <summary>G.711 table 3 for one polarity: A-law value numbers (1 to 128) of the µ-law ones (0 to 127).</summary>
    private static byte[] BuildMuToA()
    {
        var table = new byte[256];
        for (var number = 0; number < 128; number++)
        {
            var a = MuNumberToANumber(number);
            table[OctetOfMu(number, true)] = OctetOfA(a, true);
            table[OctetOfMu(number, false)] = OctetOfA(a, false);
        }

        return table;
    }

    private static byte[] BuildAToMu()
    {
        var table = new byte[256];
        for (var number = 1; number <= 128; number++)
        {
            var mu = ANumberToMuNumber(number);
            table[OctetOfA(number, true)] = OctetOfMu(mu, true);
            table[OctetOfA(number, false)] = OctetOfMu(mu, false);
        }

        return table;
    }

    private static int MuNumberToANumber(int number) => number switch
    {
        < 16 => number / 2 + 1,
        < 32 => number - 7,
        < 36 => 25 + 2 * (number - 32),
        < 48 => number - 3,
        48 => 46,
        < 64 => number - 1,
        < 80 => number,
        _ => number + 1,
    };

    private static int ANumberToMuNumber(int number) => number switch
    {
        <= 8 => 2 * number - 1,
        <= 24 => number + 7,
        <= 32 => 32 + (number - 25) / 2,
        <= 44 => number + 3,
        <= 46 => 48,
        <= 48 => 49,
        <= 62 => number + 1,
        <= 64 => 64,
        <= 79 => number,
        _ => number - 1,
    };

    private static byte OctetOfMu(int number, bool isPositive) => (byte)(~number & 0x7F | (isPositive ? 0x80 : 0));

    private static byte OctetOfA(int number, bool isPositive) =>
        (byte)(((number - 1) | (isPositive ? 0x80 : 0)) ^ 0x55);
}
