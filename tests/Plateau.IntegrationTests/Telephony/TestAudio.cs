using System.Runtime.InteropServices;
using Plateau.Media.Audio;
using Plateau.Media.Tones;

namespace Plateau.IntegrationTests.Telephony;

/// <summary>Sounds and files for prompts.</summary>
internal static class TestAudio
{
    public static short[] Tone(double frequencyHz, int durationMs, int rateHz = 16_000)
    {
        var pcm = new short[durationMs * rateHz / 1000];
        _ = new ToneGenerator(TonePlan.Continuous("tone", frequencyHz), rateHz).Fill(pcm);
        return pcm;
    }

    public static byte[] Wav(short[] pcm, int rateHz = 16_000)
    {
        var header = new WavHeader(WavEncoding.Pcm16, rateHz, 1);
        var bytes = new byte[header.Bytes + pcm.Length * 2];
        header.Write(bytes, pcm.Length * 2);
        MemoryMarshal.AsBytes(pcm.AsSpan()).CopyTo(bytes.AsSpan(header.Bytes));
        return bytes;
    }
}
