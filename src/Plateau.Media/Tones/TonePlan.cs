using Plateau.Media.Dtmf;

namespace Plateau.Media.Tones;

/// <summary>A tone with its cadence, as data.</summary>
/// <param name="Name">What a person calls it, in English.</param>
/// <param name="Segments">At least one; played in order.</param>
/// <param name="Repeats">Whether it begins again after the last segment.</param>
public sealed record TonePlan(string Name, IReadOnlyList<ToneSegment> Segments, bool Repeats)
{
    /// <summary>Usual level of tones to callers, dBov: about -10 dBm0.</summary>
    public const double LevelDbov = -16;

    /// <summary>Length of one pass, milliseconds.</summary>
    public int PeriodMs => Segments.Sum(s => s.DurationMs);

    /// <summary>One frequency for ever.</summary>
    public static TonePlan Continuous(string name, params double[] frequenciesHz) =>
        new(name, [new ToneSegment(frequenciesHz, 1_000, LevelDbov)], true);

    /// <summary>Sound and silence in turns, for ever.</summary>
    /// <param name="name">What a person calls it.</param>
    /// <param name="frequenciesHz">Frequencies that sound together.</param>
    /// <param name="onOffMs">Lengths of sound, silence, sound, …, milliseconds; an even number of them.</param>
    public static TonePlan Cadence(string name, double[] frequenciesHz, params int[] onOffMs) =>
        new(name, [.. onOffMs.Select((ms, i) => i % 2 == 0
            ? new ToneSegment(frequenciesHz, ms, LevelDbov)
            : ToneSegment.Silence(ms))], true);

    /// <summary>A row of keys in the voice band, once.</summary>
    /// <param name="digits">The keys.</param>
    /// <param name="onMs">Length of each key; Q.24 receivers need 40 ms at least.</param>
    /// <param name="offMs">Silence after each key.</param>
    public static TonePlan Keys(IEnumerable<DtmfDigit> digits, int onMs = 100, int offMs = 80) =>
        new("keys", [.. digits.SelectMany(digit => new[]
        {
            new ToneSegment([digit.LowHz, digit.HighHz], onMs, -14),
            ToneSegment.Silence(offMs),
        })], false);
}
