namespace Plateau.Media.Audio;

/// <summary>Decoded audio of a WAV file.</summary>
/// <param name="SampleRateHz">Samples a second and channel.</param>
/// <param name="Channels">1 or 2.</param>
/// <param name="Samples">16-bit linear, interleaved when there are two channels.</param>
public sealed record WavAudio(int SampleRateHz, int Channels, short[] Samples)
{
    /// <summary>How long it plays.</summary>
    public TimeSpan Duration =>
        TimeSpan.FromTicks(Samples.LongLength / Channels * TimeSpan.TicksPerSecond / SampleRateHz);

    /// <summary>One channel at the wanted rate; two channels are averaged.</summary>
    /// <param name="sampleRateHz">4 000 to 48 000 Hz.</param>
    public short[] ToMono(int sampleRateHz)
    {
        var mono = Samples;
        if (Channels == 2)
        {
            mono = new short[Samples.Length / 2];
            for (var i = 0; i < mono.Length; i++)
            {
                mono[i] = (short)((Samples[2 * i] + Samples[2 * i + 1]) / 2);
            }
        }

        return RateConverter.ConvertWhole(mono, SampleRateHz, sampleRateHz);
    }
}
