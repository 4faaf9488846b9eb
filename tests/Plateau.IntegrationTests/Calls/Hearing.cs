using Plateau.Media.Audio;
using Plateau.Media.Detection;

namespace Plateau.IntegrationTests.Calls;

/// <summary>Who hears whom, measured: all speak their own tone at once and keep what reaches their ears.</summary>
internal static class Hearing
{
    /// <summary>A tone of -16 dBov is heard at or above this level.</summary>
    private const double HeardDbov = -30;

    /// <summary>Below this level it is not heard by anybody.</summary>
    private const double UnheardDbov = -60;

    /// <summary>Lets all speak at once and tells who heard whom, "ada: customer; customer: ada".</summary>
    internal static async Task<string> Of(params Party[] parties)
    {
        var heard = await Listen(parties);
        return string.Join("; ", parties.Select((party, i) =>
            $"{party.Name}: {string.Join(' ', parties.Where(other => Hears(heard[i], other)).Select(o => o.Name))}".Trim()));
    }

    /// <summary>Level at which one hears another while all of them speak, dBov.</summary>
    internal static async Task<double> Level(Party listener, Party speaker, params Party[] others)
    {
        var heard = await Listen([listener, speaker, .. others]);
        return Measure(heard[0], speaker.ToneHz);
    }

    /// <summary>Level of a tone in the second part of what was heard, dBov: the first half second is the way
    /// there.</summary>
    internal static double Measure(WavAudio audio, double toneHz, int channel = 0)
    {
        var pcm = audio.Samples.Where((_, i) => i % audio.Channels == channel).ToArray();
        return ToneMeter.MeasureDbov(Middle(pcm, audio.SampleRateHz), toneHz, audio.SampleRateHz);
    }

    /// <summary>Level of all that was heard, dBov.</summary>
    internal static double Loudness(WavAudio audio) => AudioLevel.MeasureDbov(Middle(audio.Samples, audio.SampleRateHz));

    /// <summary>What reaches each ear while all speak for a second and a half.</summary>
    internal static async Task<WavAudio[]> Listen(IReadOnlyList<Party> parties)
    {
        var paths = parties.Select(party => party.StartListening()).ToList();
        await Task.WhenAll(parties.Select(party => party.SpeakFor(TimeSpan.FromMilliseconds(1_500))));
        return await Task.WhenAll(parties.Select((party, i) => party.StopListening(paths[i])));
    }

    private static bool Hears(WavAudio audio, Party speaker)
    {
        var level = Measure(audio, speaker.ToneHz);
        Assert.False(level is > UnheardDbov and < HeardDbov, $"{speaker.Name} at {level:0.0} dBov is neither heard nor silent");
        return level >= HeardDbov;
    }

    private static short[] Middle(short[] pcm, int rateHz)
    {
        var (start, length) = (rateHz / 2, rateHz * 7 / 10);
        Assert.True(pcm.Length >= start + length, $"only {pcm.Length} samples were heard");
        return pcm[start..(start + length)];
    }
}
