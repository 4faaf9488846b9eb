using System.Collections.Concurrent;
using Plateau.Media.Mixing;
using Plateau.Media.Tones;

namespace Plateau.Server.Telephony;

/// <summary>Tones as clips, each rendered once. Any thread.</summary>
internal sealed class ToneClips
{
    private readonly ConcurrentDictionary<TonePlan, AudioClip> _clips = new(ReferenceEqualityComparer.Instance);

    /// <summary>One period of a tone; plans are told apart as objects.</summary>
    internal AudioClip Of(TonePlan plan) => _clips.GetOrAdd(plan, Render);

    /// <summary>One period of a tone, at 8 kHz.</summary>
    internal static AudioClip Render(TonePlan plan)
    {
        const int RateHz = 8_000;
        var pcm = new short[plan.PeriodMs * (RateHz / 1_000)];
        new ToneGenerator(plan, RateHz).Fill(pcm);
        return new AudioClip(pcm, RateHz);
    }
}
