using Plateau.Media.Audio;
using Plateau.Media.Codecs;
using Plateau.Media.Dtmf;
using Plateau.Media.Tones;

namespace Plateau.Tests.Media;

public sealed class DtmfDetectorTests
{
    private const string Keys = "123A456B789C*0#D";

    /// <summary>Levels in dBov of the low and the high tone, length and pause in ms, noise amplitude, pitch error in
    /// %.</summary>
    [Theory]
    [InlineData(-6, -6, 100, 80, 0, 0)]
    [InlineData(-14, -14, 100, 80, 0, 0)]
    [InlineData(-25, -25, 100, 80, 0, 0)]
    [InlineData(-35, -35, 100, 80, 0, 0)]
    [InlineData(-42, -42, 100, 80, 0, 0)]
    [InlineData(-16, -22, 100, 80, 0, 0)]
    [InlineData(-18, -15, 100, 80, 0, 0)]
    [InlineData(-14, -14, 50, 50, 0, 0)]
    [InlineData(-14, -14, 60, 45, 0, 0)]
    [InlineData(-14, -14, 100, 80, 1_500, 0)]
    [InlineData(-20, -20, 100, 80, 600, 0)]
    [InlineData(-14, -14, 100, 80, 0, 1.5)]
    [InlineData(-14, -14, 100, 80, 0, -1.5)]
    public void Every_key_is_heard_once(double low, double high, int onMs, int offMs, int noise, double percent)
    {
        Assert.Equal(Keys, Hear(Row(Keys, low, high, onMs, offMs, noise, percent)));
    }

    [Theory]
    [InlineData(-14, -26, 100, "high tone 12 dB weaker")]
    [InlineData(-24, -14, 100, "low tone 10 dB weaker")]
    [InlineData(-14, -14, 15, "15 ms long")]
    [InlineData(-55, -55, 100, "-55 dBov")]
    public void What_is_no_key_is_not_heard(double low, double high, int onMs, string why) =>
        Assert.True(Hear(Row(Keys, low, high, onMs, 80, 0, 0)).Length == 0, why);

    [Fact]
    public void Keys_are_heard_through_G711_and_under_a_quiet_voice()
    {
        var row = Row(Keys, -12, -12, 100, 80, 0, 0);
        var voice = Signal.Voice(3, 8_000, 1_200, row.Length);
        Pcm.Add(row, voice);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = G711.Decode(G711Law.A, G711.Encode(G711Law.A, row[i]));
        }

        Assert.Equal(Keys, Hear(row));
    }

    [Fact]
    public void A_long_key_is_heard_once_and_a_repeated_one_twice()
    {
        Assert.Equal("5", Hear(Row("5", -14, -14, 3_000, 80, 0, 0)));
        Assert.Equal("55", Hear(Row("55", -14, -14, 80, 60, 0, 0)));
    }

    [Fact]
    public void Voices_do_not_dial()
    {
        var heard = "";
        for (var seed = 0ul; seed < 20; seed++)
        {
            heard += Hear(Signal.Voice(seed, 8_000, 25_000, 8_000 * 15));
        }

        Assert.Equal("", heard);
    }

    [Fact]
    public void Noise_and_music_do_not_dial()
    {
        Assert.Equal("", Hear(Signal.Noise(1, 20_000, 8_000 * 60)));
        var chords = new double[][] { [261.63, 329.63, 392], [698.46, 880, 1_046.5, 1_318.5], [392, 493.88, 587.33, 1_174.7] };
        foreach (var chord in chords)
        {
            Assert.Equal("", Hear(Play(TonePlan.Continuous("chord", chord), 2_000)));
        }
    }

    [Theory]
    [InlineData("FR")]
    [InlineData("GB")]
    [InlineData("US")]
    [InlineData("DE")]
    [InlineData("ES")]
    public void Network_tones_do_not_dial(string country)
    {
        var tones = CountryTones.Of(country);
        foreach (var plan in new[] { tones.Dial, tones.Ringback, tones.Busy, tones.Congestion, tones.CallWaiting })
        {
            Assert.Equal("", Hear(Play(plan, 6_000)));
        }

        Assert.Equal("", Hear(Play(CentreTones.SpecialInformation, 6_000)));
        Assert.Equal("", Hear(Play(CentreTones.Recording, 6_000)));
    }

    [Fact]
    public void Single_tones_and_sweeps_do_not_dial()
    {
        foreach (var frequency in DtmfDigit.LowFrequenciesHz.ToArray().Concat(DtmfDigit.HighFrequenciesHz.ToArray()))
        {
            Assert.Equal("", Hear(Play(TonePlan.Continuous("one", frequency), 500)));
        }

        double phase = 0;
        var sweep = Enumerable.Range(0, 80_000).Select(i =>
        {
            phase += 2 * Math.PI * (300 + 3_000.0 * i / 80_000) / 8_000;
            return (short)(12_000 * Math.Sin(phase));
        }).ToArray();
        Assert.Equal("", Hear(sweep));
    }

    [Fact]
    public void A_frame_is_heard_without_allocation()
    {
        var detector = new DtmfDetector();
        var voice = Signal.Voice(2, 8_000, 20_000, 8_000);
        var digits = new DtmfDigit[DtmfDetector.DigitsMax];
        Assert.Equal(0, Signal.AllocatedBytes(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                _ = detector.Hear(voice.AsSpan(i % 50 * 160, 160), digits);
            }
        }));
    }

    private static string Hear(short[] pcm)
    {
        var detector = new DtmfDetector();
        var digits = new DtmfDigit[DtmfDetector.DigitsMax];
        var text = "";
        for (var i = 0; i + 160 <= pcm.Length; i += 160)
        {
            var count = detector.Hear(pcm.AsSpan(i, 160), digits);
            text += string.Concat(digits[..count]);
        }

        return text;
    }

    private static short[] Row(string keys, double low, double high, int onMs, int offMs, int noise, double percent)
    {
        var bend = 1 + percent / 100;
        var pcm = new List<short>(new short[80]);
        foreach (var digit in DtmfDigit.ParseAll(keys)!)
        {
            var one = Signal.Sine(digit.LowHz * bend, 8_000, AudioLevel.SineAmplitude(low), onMs * 8);
            Pcm.Add(one, Signal.Sine(digit.HighHz * bend, 8_000, AudioLevel.SineAmplitude(high), onMs * 8));
            pcm.AddRange(one);
            pcm.AddRange(new short[offMs * 8]);
        }

        var row = pcm.Concat(new short[480]).ToArray();
        Pcm.Add(row, Signal.Noise(11, noise, row.Length));
        return row;
    }

    private static short[] Play(TonePlan plan, int durationMs)
    {
        var pcm = new short[durationMs * 8];
        _ = new ToneGenerator(plan, 8_000).Fill(pcm);
        return pcm;
    }
}
