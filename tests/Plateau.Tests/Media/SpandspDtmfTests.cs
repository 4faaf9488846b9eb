using System.Runtime.InteropServices;
using Plateau.Media.Dtmf;
using Plateau.Media.Tones;

namespace Plateau.Tests.Media;

/// <summary>Our keys against those of spandsp, both ways.</summary>
public sealed partial class SpandspDtmfTests
{
    private const string Keys = "123A456B789C*0#D5500";

    [Fact]
    public unsafe void Keys_made_by_spandsp_are_heard_by_us()
    {
        SkipWithoutLibrary();
        var state = TransmitterInit(0);
        Assert.Equal(0, TransmitterPut(state, Keys, -1));
        var heard = "";
        var detector = new DtmfDetector();
        var digits = new DtmfDigit[DtmfDetector.DigitsMax];
        var pcm = new short[160];
        fixed (short* samples = pcm)
        {
            while (Transmit(state, samples, pcm.Length) is var count and > 0)
            {
                var found = detector.Hear(pcm.AsSpan(0, count), digits);
                heard += string.Concat(digits[..found]);
            }
        }

        _ = TransmitterFree(state);
        Assert.Equal(Keys, heard);
    }

    [Fact]
    public unsafe void Keys_made_by_us_are_heard_by_spandsp()
    {
        SkipWithoutLibrary();
        var pcm = new short[(Keys.Length * 150 + 100) * 8];
        _ = new ToneGenerator(TonePlan.Keys(DtmfDigit.ParseAll(Keys)!, 80, 70), 8_000).Fill(pcm);
        var state = ReceiverInit(0, 0, 0);
        var text = new byte[64];
        fixed (short* samples = pcm)
        fixed (byte* output = text)
        {
            Assert.Equal(0, Receive(state, samples, pcm.Length));
            var count = (int)ReceiverGet(state, output, text.Length - 1);
            Assert.Equal(Keys, System.Text.Encoding.ASCII.GetString(text, 0, count));
        }

        _ = ReceiverFree(state);
    }

    private static void SkipWithoutLibrary()
    {
        if (!NativeLibrary.TryLoad("libspandsp.so.2", typeof(SpandspDtmfTests).Assembly, null, out _))
        {
            Assert.Skip("libspandsp.so.2 is not installed");
        }
    }

    [LibraryImport("libspandsp.so.2", EntryPoint = "dtmf_tx_init")]
    private static partial nint TransmitterInit(nint state);

    [LibraryImport("libspandsp.so.2", EntryPoint = "dtmf_tx_put", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int TransmitterPut(nint state, string digits, int length);

    [LibraryImport("libspandsp.so.2", EntryPoint = "dtmf_tx")]
    private static unsafe partial int Transmit(nint state, short* samples, int samplesMax);

    [LibraryImport("libspandsp.so.2", EntryPoint = "dtmf_tx_free")]
    private static partial int TransmitterFree(nint state);

    [LibraryImport("libspandsp.so.2", EntryPoint = "dtmf_rx_init")]
    private static partial nint ReceiverInit(nint state, nint callback, nint user);

    [LibraryImport("libspandsp.so.2", EntryPoint = "dtmf_rx")]
    private static unsafe partial int Receive(nint state, short* samples, int count);

    [LibraryImport("libspandsp.so.2", EntryPoint = "dtmf_rx_get")]
    private static unsafe partial nuint ReceiverGet(nint state, byte* output, int bytesMax);

    [LibraryImport("libspandsp.so.2", EntryPoint = "dtmf_rx_free")]
    private static partial int ReceiverFree(nint state);
}
