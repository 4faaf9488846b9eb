using System.Collections.Concurrent;
using Plateau.Media.Audio;
using Plateau.Media.Codecs;

namespace Plateau.Server.Telephony.Prompts;

/// <summary>Audio ready to be played to any leg: a 16 kHz master and, per codec, its payloads, made when first
/// asked.</summary>
/// <remarks>Thread-safe: many calls share one prompt. Nothing is encoded twice, not even as part of several
/// prompts.</remarks>
public sealed class Prompt
{
    private readonly ConcurrentDictionary<Codec, Lazy<PromptFrames>> _frames = new();
    private readonly IReadOnlyList<Prompt> _parts;
    private readonly Lazy<short[]> _master;
    private readonly Lazy<short[]> _narrow;

    /// <summary>A prompt of one piece of audio.</summary>
    /// <param name="name">What logs call it.</param>
    /// <param name="master">Mono samples at <see cref="PromptLimits.MasterRateHz"/>; not changed by anybody.</param>
    public Prompt(string name, short[] master)
    {
        Name = name;
        Duration = TimeSpan.FromSeconds((double)master.Length / PromptLimits.MasterRateHz);
        _parts = [];
        _master = new Lazy<short[]>(master);
        _narrow = new Lazy<short[]>(() => RateConverter.ConvertWhole(master, PromptLimits.MasterRateHz, 8_000));
    }

    private Prompt(string name, IReadOnlyList<Prompt> parts)
    {
        Name = name;
        Duration = parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Duration);
        _parts = parts;
        _master = new Lazy<short[]>(() => [.. parts.SelectMany(part => part._master.Value)]);
        _narrow = new Lazy<short[]>(() => [.. parts.SelectMany(part => part._narrow.Value)]);
    }

    /// <summary>What logs call it.</summary>
    public string Name { get; }

    /// <summary>The master samples, 16 kHz mono.</summary>
    public ReadOnlyMemory<short> Master => _master.Value;

    /// <summary>How long it plays.</summary>
    public TimeSpan Duration { get; }

    /// <summary>One prompt that plays several one after the other; its frames are copies of theirs.</summary>
    /// <param name="parts">At least one.</param>
    public static Prompt Concatenate(IReadOnlyList<Prompt> parts) =>
        parts.Count == 1 ? parts[0] : new Prompt(string.Join(" + ", parts.Select(p => p.Name)), parts);

    /// <summary>The samples at a rate of the mixer.</summary>
    /// <param name="sampleRateHz">8 000 or 16 000.</param>
    public ReadOnlyMemory<short> GetPcm(int sampleRateHz) => sampleRateHz switch
    {
        8_000 => _narrow.Value,
        PromptLimits.MasterRateHz => _master.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(sampleRateHz), sampleRateHz, "8 000 or 16 000 Hz"),
    };

    /// <summary>The payloads in a codec, encoded by the first one who asks.</summary>
    public PromptFrames GetFrames(Codec codec) =>
        _frames.GetOrAdd(codec, wanted => new Lazy<PromptFrames>(() => MakeFrames(wanted))).Value;

    private PromptFrames MakeFrames(Codec codec) => _parts.Count == 0
        ? PromptFrames.Encode(codec, GetPcm(codec.SampleRateHz).Span)
        : PromptFrames.Join([.. _parts.Select(part => part.GetFrames(codec))]);
}
