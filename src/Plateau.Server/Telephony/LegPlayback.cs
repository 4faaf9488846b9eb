using System.Runtime.CompilerServices;
using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Core.Calls;
using Plateau.Media.Codecs;
using Plateau.Media.Mixing;
using Plateau.Media.Tones;
using Plateau.Server.Telephony.Prompts;

namespace Plateau.Server.Telephony;

/// <summary>What legs are given to hear: prompts, music, tones.</summary>
/// <remarks>
/// On the telephony thread; prompts that must be loaded or spoken first come back to it. By then the leg may have been
/// given something newer to hear: then they are not played, and reported as not completed.
/// </remarks>
internal sealed class LegPlayback(SipDriver sip, ILogger log)
{
    private readonly ConditionalWeakTable<Prompt, AudioClip> _clips = [];

    /// <summary>Plays prompts one after the other; <see cref="PlaybackEnded"/> follows.</summary>
    internal void Play(TelephonyLeg leg, PlayPrompts play) => Load(
        leg,
        () => LoadAsync(leg, play.Items),
        clips =>
        {
            if (clips.Count == 0)
            {
                leg.Tell(new PlaybackEnded(leg.Id, play.Playback, Completed: false));
            }
            else
            {
                leg.Media.Play(clips, new PlayOptions { Playback = play.Playback, StopsOnDigit = play.BargeIn });
            }
        },
        () => leg.Tell(new PlaybackEnded(leg.Id, play.Playback, Completed: false)));

    /// <summary>Plays music for ever.</summary>
    internal void PlayMusic(TelephonyLeg leg, PromptId? music) => Load(
        leg,
        async () => leg.Tenant.Prompts is { } store && await store.GetMusicAsync(music, default) is { Prompt: { } prompt }
            ? [ClipOf(prompt, CodecOf(leg))]
            : [],
        clips =>
        {
            if (clips is [var clip, ..])
            {
                leg.Media.PlayMusic(clip);
            }
        },
        () => { });

    /// <summary>Plays a tone of France.</summary>
    internal static void PlayTone(TelephonyLeg leg, LegTone tone)
    {
        leg.PlayTurn++;
        leg.Media.PlayTone(tone switch
        {
            LegTone.Ringback => CountryTones.France.Ringback,
            LegTone.Busy => CountryTones.France.Busy,
            LegTone.Congestion => CountryTones.France.Congestion,
            _ => CentreTones.Beep,
        });
    }

    private void Load(
        TelephonyLeg leg, Func<Task<IReadOnlyList<AudioClip>>> load, Action<IReadOnlyList<AudioClip>> play, Action late)
    {
        var turn = ++leg.PlayTurn;
        var loading = load();
        if (loading.IsCompletedSuccessfully)
        {
            play(loading.Result);
            return;
        }

        leg.Media.StopPlaying();
        loading.ContinueWith(
            loaded => sip.Post(() =>
            {
                if (leg.IsCleared)
                {
                    return;
                }

                if (leg.PlayTurn != turn)
                {
                    late();
                    return;
                }

                if (!loaded.IsCompletedSuccessfully)
                {
                    TelephonyLog.NothingToPlay(log, leg.Id, loaded.Exception?.GetBaseException().Message ?? "cancelled");
                }

                play(loaded.IsCompletedSuccessfully ? loaded.Result : []);
            }),
            TaskScheduler.Default);
    }

    private async Task<IReadOnlyList<AudioClip>> LoadAsync(TelephonyLeg leg, IReadOnlyList<PromptItem> items)
    {
        if (leg.Tenant.Prompts is not { } store)
        {
            return [];
        }

        var clips = new List<AudioClip>(items.Count);
        foreach (var item in items)
        {
            var outcome = await store.GetAsync(item, default).ConfigureAwait(false);
            if (outcome.Prompt is { Duration.Ticks: > 0 } prompt
                && prompt.Duration < TimeSpan.FromSeconds(Plateau.Media.Limits.ClipSecondsMax))
            {
                clips.Add(ClipOf(prompt, CodecOf(leg)));
            }
            else
            {
                TelephonyLog.NothingToPlay(
                    log, leg.Id, string.Join("; ", outcome.Problems.Select(problem => $"{problem.Error} {problem.Detail}")));
            }
        }

        return clips;
    }

    private static Codec CodecOf(TelephonyLeg leg) => leg.Media.Config?.Codec ?? Codec.Pcma;

    private AudioClip ClipOf(Prompt prompt, Codec codec)
    {
        var clip = _clips.GetValue(
            prompt, static made => new AudioClip(made.GetPcm(PromptLimits.MasterRateHz).Span, PromptLimits.MasterRateHz));
        clip.Prepare(codec);
        return clip;
    }
}
