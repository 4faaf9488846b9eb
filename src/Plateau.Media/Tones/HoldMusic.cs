namespace Plateau.Media.Tones;

/// <summary>Composes the built-in music on hold: soft chords, a walking bass and a few bell notes, in an endless
/// loop.</summary>
/// <remarks>
/// Made by this code alone, so nobody's rights are touched. All notes lie between 110 and 1 400 Hz, where telephones
/// hear
/// well, and nothing is loud or sudden. Sixteen bars at 72 beats a minute last 53.3 s; what rings beyond the end is
/// folded
/// onto the beginning, so that the loop has no seam.
/// </remarks>
public static class HoldMusic
{
    private const int BeatsPerBar = 4;
    private const double BeatSeconds = 60.0 / 72;

    /// <summary>Loudest sample of the result: -12 dB below full scale, for about -26 dBov on average.</summary>
    private const double Peak = 8_200;

    /// <summary>The chords as MIDI note numbers, bass first; one bar each.</summary>
    private static readonly int[][] Chords =
    [
        [53, 60, 64, 69], [50, 60, 65, 69], [55, 58, 62, 65], [48, 58, 64, 67],
        [57, 60, 64, 67], [50, 60, 65, 69], [55, 58, 65, 69], [48, 60, 62, 67],
        [53, 60, 64, 69], [52, 59, 62, 67], [50, 60, 65, 69], [48, 57, 60, 65],
        [46, 58, 62, 69], [48, 58, 64, 67], [53, 60, 64, 67], [48, 58, 62, 65],
    ];

    /// <summary>Bell notes of each pair of bars: beat of the pair (from 0) and MIDI note number.</summary>
    private static readonly (double Beat, int Note)[][] Melodies =
    [
        [(0, 81), (1.5, 79), (3, 76), (5, 77), (7, 74)],
        [(0.5, 74), (2, 77), (3.5, 76), (6, 72)],
        [(0, 76), (2, 79), (3, 81), (5.5, 77)],
        [(1, 74), (2.5, 72), (4, 74), (6.5, 76)],
        [(0, 81), (1.5, 84), (3, 83), (5, 79)],
        [(0.5, 77), (2, 76), (4, 72), (5.5, 74), (7, 77)],
        [(0, 77), (2, 74), (3.5, 77), (6, 79)],
        [(0.5, 76), (2, 72), (5, 70), (7, 72)],
    ];

    /// <summary>Length of the loop.</summary>
    public static TimeSpan Duration => TimeSpan.FromSeconds(Chords.Length * BeatsPerBar * BeatSeconds);

    /// <summary>Composes the whole loop; about a tenth of a second of work, so do it once.</summary>
    /// <param name="sampleRateHz">8 000 or 16 000.</param>
    public static short[] Compose(int sampleRateHz)
    {
        var loop = new float[(int)(Duration.TotalSeconds * sampleRateHz)];
        var barSeconds = BeatsPerBar * BeatSeconds;
        for (var bar = 0; bar < Chords.Length; bar++)
        {
            var start = bar * barSeconds;
            foreach (var note in Chords[bar].AsSpan(1))
            {
                AddPad(loop, sampleRateHz, start, barSeconds, FrequencyOf(note));
            }

            AddPluck(loop, sampleRateHz, start, FrequencyOf(Chords[bar][0]), 0.32, 1.6);
            AddPluck(loop, sampleRateHz, start + 2 * BeatSeconds, FrequencyOf(Chords[bar][0] + 7), 0.22, 1.2);
        }

        for (var pair = 0; pair < Melodies.Length; pair++)
        {
            foreach (var (beat, note) in Melodies[pair])
            {
                var at = 2 * pair * barSeconds + beat * BeatSeconds;
                AddPluck(loop, sampleRateHz, at, FrequencyOf(note), 0.20, 1.4);
                AddPluck(loop, sampleRateHz, at + 0.75 * BeatSeconds, FrequencyOf(note), 0.06, 1.4); // Its echo.
            }
        }

        var scale = Peak / loop.Max(Math.Abs);
        return Array.ConvertAll(loop, s => (short)Math.Round(s * scale));
    }

    /// <summary>A held note that swells and fades over its bar and a little beyond.</summary>
    private static void AddPad(float[] loop, int rate, double start, double seconds, double frequencyHz)
    {
        var fundamental = new SineWave(frequencyHz, rate);
        var detuned = new SineWave(frequencyHz * 1.003, rate);
        var octave = new SineWave(frequencyHz * 2, rate);
        var attack = 0.35 * rate;
        var release = 0.6 * rate;
        var length = (int)((seconds + 0.5) * rate);
        var at = (int)(start * rate);
        for (var i = 0; i < length; i++)
        {
            var edge = Math.Min(1, Math.Min(i / attack, (length - i) / release));
            var gain = (float)(0.085 * edge * edge * (3 - 2 * edge));
            loop[(at + i) % loop.Length] += gain * (fundamental.Next() + 0.6f * detuned.Next() + 0.18f * octave.Next());
        }
    }

    /// <summary>A struck note that dies away.</summary>
    private static void AddPluck(float[] loop, int rate, double start, double frequencyHz, double gain, double seconds)
    {
        var fundamental = new SineWave(frequencyHz, rate);
        var overtone = new SineWave(frequencyHz * 3, rate);
        var length = (int)(2 * seconds * rate);
        var attack = 0.012 * rate;
        var decay = Math.Exp(-3.0 / (seconds * rate));
        var at = (int)(start * rate);
        for (var i = 0; i < length; i++)
        {
            var rise = Math.Min(1, i / attack) * Math.Min(1, (length - i) / (0.05 * rate));
            loop[(at + i) % loop.Length] += (float)(gain * rise * (fundamental.Next() + 0.1f * overtone.Next()));
            gain *= decay;
        }
    }

    private static double FrequencyOf(int note) => 440 * Math.Pow(2, (note - 69) / 12.0);
}
