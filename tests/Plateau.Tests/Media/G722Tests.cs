using System.Runtime.InteropServices;
using Plateau.Media.Codecs;

namespace Plateau.Tests.Media;

public sealed partial class G722Tests
{
    [Theory]
    [InlineData(300, 10_000, 30)]
    [InlineData(1_000, 10_000, 30)]
    [InlineData(3_100, 10_000, 25)]
    [InlineData(6_000, 10_000, 12)]
    [InlineData(1_000, 300, 20)]
    public void A_tone_comes_back_clean(double frequencyHz, double amplitude, double leastDb)
    {
        var decoded = RoundTrip(Signal.Sine(frequencyHz, 16_000, amplitude, 16_000));
        Assert.InRange(Signal.SineToNoiseDb(decoded.AsSpan(1_600), frequencyHz, 16_000), leastDb, 100);
        Assert.InRange(Signal.Rms(decoded.AsSpan(1_600)), amplitude / Math.Sqrt(2) * 0.9, amplitude / Math.Sqrt(2) * 1.1);
    }

    [Fact]
    public void Our_bits_and_samples_are_those_of_spandsp()
    {
        if (!NativeLibrary.TryLoad("libspandsp.so.2", typeof(G722Tests).Assembly, null, out _))
        {
            Assert.Skip("libspandsp.so.2 is not installed");
        }

        foreach (var signal in Signals())
        {
            var ours = Encode(signal);
            var theirs = SpandspEncode(signal);
            Assert.Equal(theirs, ours);
            AssertSameUnlessSaturated(SpandspDecode(theirs), Decode(ours));
        }
    }

    [Fact]
    public void Random_bytes_decode_like_spandsp()
    {
        if (!NativeLibrary.TryLoad("libspandsp.so.2", typeof(G722Tests).Assembly, null, out _))
        {
            Assert.Skip("libspandsp.so.2 is not installed");
        }

        var bytes = Array.ConvertAll(Signal.Noise(5, 32_767, 8_000), s => (byte)(s & 0xFF));
        AssertSameUnlessSaturated(SpandspDecode(bytes), Decode(bytes));
    }

    /// <summary>spandsp 0.0.6 lets samples beyond full scale wrap round; ours stop there, as G.722 §4.4 has
    /// it.</summary>
    private static void AssertSameUnlessSaturated(short[] theirs, short[] ours)
    {
        Assert.Equal(theirs.Length, ours.Length);
        for (var i = 0; i < ours.Length; i++)
        {
            Assert.True(ours[i] == theirs[i] || ours[i] is short.MinValue or short.MaxValue, $"sample {i}");
        }
    }

    private static IEnumerable<short[]> Signals()
    {
        yield return Signal.Sine(1_000, 16_000, 12_000, 16_000);
        yield return Signal.Sine(5_500, 16_000, 32_767, 16_000);
        yield return Signal.Noise(3, 32_767, 16_000);
        yield return Signal.Voice(4, 16_000, 25_000, 32_000);
    }

    private static short[] RoundTrip(short[] signal) => Decode(Encode(signal));

    private static byte[] Encode(short[] signal)
    {
        using var encoder = new G722Encoder();
        var bytes = new byte[signal.Length / 2];
        for (var i = 0; i < bytes.Length; i += 160)
        {
            Assert.Equal(160, encoder.Encode(signal.AsSpan(2 * i, 320), bytes.AsSpan(i)));
        }

        return bytes;
    }

    private static short[] Decode(byte[] bytes)
    {
        using var decoder = new G722Decoder();
        var pcm = new short[bytes.Length * 2];
        for (var i = 0; i < bytes.Length; i += 160)
        {
            Assert.Equal(320, decoder.Decode(bytes.AsSpan(i, 160), pcm.AsSpan(2 * i)));
        }

        return pcm;
    }

    private static unsafe byte[] SpandspEncode(short[] signal)
    {
        var state = G722EncodeInit(0, 64_000, 0);
        var bytes = new byte[signal.Length / 2];
        fixed (byte* output = bytes)
        fixed (short* input = signal)
        {
            Assert.Equal(bytes.Length, G722Encode(state, output, input, signal.Length));
        }

        _ = G722EncodeFree(state);
        return bytes;
    }

    private static unsafe short[] SpandspDecode(byte[] bytes)
    {
        var state = G722DecodeInit(0, 64_000, 0);
        var pcm = new short[bytes.Length * 2];
        fixed (byte* input = bytes)
        fixed (short* output = pcm)
        {
            Assert.Equal(pcm.Length, G722Decode(state, output, input, bytes.Length));
        }

        _ = G722DecodeFree(state);
        return pcm;
    }

    [LibraryImport("libspandsp.so.2", EntryPoint = "g722_encode_init")]
    private static partial nint G722EncodeInit(nint state, int rate, int options);

    [LibraryImport("libspandsp.so.2", EntryPoint = "g722_encode")]
    private static unsafe partial int G722Encode(nint state, byte* output, short* input, int samples);

    [LibraryImport("libspandsp.so.2", EntryPoint = "g722_encode_free")]
    private static partial int G722EncodeFree(nint state);

    [LibraryImport("libspandsp.so.2", EntryPoint = "g722_decode_init")]
    private static partial nint G722DecodeInit(nint state, int rate, int options);

    [LibraryImport("libspandsp.so.2", EntryPoint = "g722_decode")]
    private static unsafe partial int G722Decode(nint state, short* output, byte* input, int bytes);

    [LibraryImport("libspandsp.so.2", EntryPoint = "g722_decode_free")]
    private static partial int G722DecodeFree(nint state);
}
