using Plateau.Contracts;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Media.Audio;
using Plateau.Media.Mixing;
using Plateau.Media.Recording;
using Plateau.Server.Telephony.Softphones;

namespace Plateau.IntegrationTests.Calls;

/// <summary>Somebody at a softphone: has a name, speaks a tone of their own, and can say what reaches their
/// ear.</summary>
internal sealed class Party(string name, double toneHz, SoftphoneCall call, Telephones telephones)
{
    private static ulong s_recordings;

    internal string Name => name;

    /// <summary>The tone by which the others know that it is this party they hear.</summary>
    internal double ToneHz => toneHz;

    internal SoftphoneCall Call => call;

    /// <summary>Picks up and waits until the call is connected.</summary>
    internal async Task Answer()
    {
        call.Answer();
        await Connected();
    }

    internal Task Connected() => call.WhenConnected.WaitAsync(FactLog.Patience, TestContext.Current.CancellationToken);

    internal Task<Ended> Ended() => call.WhenEnded.WaitAsync(FactLog.Patience, TestContext.Current.CancellationToken);

    /// <summary>Speaks until something else is said.</summary>
    internal void Speak() => call.Say([Tone(toneHz, TimeSpan.FromSeconds(1))], again: true);

    /// <summary>Speaks for so long and waits for the end of it.</summary>
    internal async Task SpeakFor(TimeSpan length)
    {
        call.Say([Tone(toneHz, length)]);
        await Until<Played>(played => played.Completed);
    }

    /// <summary>Waits for something that happens on this call; what happened before it is forgotten.</summary>
    internal async Task<T> Until<T>(Func<T, bool>? when = null)
        where T : SoftphoneEvent
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(FactLog.Patience);
        await foreach (var happened in call.Events.ReadAllAsync(limit.Token))
        {
            if (happened is T wanted && when?.Invoke(wanted) != false)
            {
                return wanted;
            }
        }

        Assert.Fail($"{name}'s call ended without {typeof(T).Name}: {(await Ended()).End}");
        throw new InvalidOperationException();
    }

    /// <summary>Keeps what reaches the ear from now on; the result is got by <see cref="StopListening"/>.</summary>
    internal string StartListening()
    {
        var number = Interlocked.Increment(ref s_recordings);
        var path = $"{name}-{number}.wav";
        call.Media.StartRecording(new RecordingId(number), path, new RecordingOptions { IsMono = true });
        return path;
    }

    /// <summary>What reached the ear since then.</summary>
    internal async Task<WavAudio> StopListening(string path)
    {
        call.Media.StopRecording();
        return await telephones.Recorded(path);
    }

    internal static AudioClip Tone(double frequencyHz, TimeSpan length)
    {
        var pcm = new short[(int)(length.TotalSeconds * 8_000)];
        for (var i = 0; i < pcm.Length; i++)
        {
            pcm[i] = (short)Math.Round(7_344 * Math.Sin(2 * Math.PI * frequencyHz * i / 8_000));
        }

        return new AudioClip(pcm, 8_000);
    }
}
