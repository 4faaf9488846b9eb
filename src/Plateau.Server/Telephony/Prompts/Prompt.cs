using System.Collections.Concurrent;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>Audio ready to be played to any leg: a 16 kHz master and, per codec, its payloads, made when first asked.</summary>
/// <remarks>Thread-safe: many calls share one prompt. Nothing is encoded twice.</remarks>
/// <param name="name">What logs call it.</param>
/// <param name="master">Mono samples at <see cref="PromptLimits.MasterRateHz"/>; not changed by anybody.</param>
public sealed class Prompt(string name, short[] master)
{
    private readonly ConcurrentDictionary<Codec, Lazy<PromptFrames>> _frames = new();
    private readonly Lazy<short[]> _narrow =
        new(() => RateConverter.ConvertWhole(master, PromptLimits.MasterRateHz, 8_000));

    /// <summary>What logs call it.</summary>
    public string Name => name;

    /// <summary>The master samples, 16 kHz mono.</summary>
    public ReadOnlyMemory<short> Master => master;

    /// <summary>How long it plays.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)master.Length / PromptLimits.MasterRateHz);

    /// <summary>The samples at a rate of the mixer.</summary>
    /// <param name="sampleRateHz">8 000 or 16 000.</param>
    public ReadOnlyMemory<short> GetPcm(int sampleRateHz) => sampleRateHz switch
    {
        8_000 => _narrow.Value,
        PromptLimits.MasterRateHz => master,
        _ => throw new ArgumentOutOfRangeException(nameof(sampleRateHz), sampleRateHz, "8 000 or 16 000 Hz"),
    };

    /// <summary>The payloads in a codec, encoded by the first one who asks.</summary>
    public PromptFrames GetFrames(Codec codec) => _frames.GetOrAdd(
        codec, wanted => new Lazy<PromptFrames>(() => PromptFrames.Encode(wanted, GetPcm(wanted.SampleRateHz).Span))).Value;

    /// <summary>One prompt that plays several one after the other.</summary>
    public static Prompt Concatenate(string name, IReadOnlyList<Prompt> parts) =>
        parts.Count == 1 ? parts[0] : new Prompt(name, [.. parts.SelectMany(p => p.Master.ToArray())]);
}
