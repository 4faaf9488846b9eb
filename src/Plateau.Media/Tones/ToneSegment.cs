namespace Plateau.Media.Tones;

/// <summary>A stretch of a tone: up to four frequencies at once, or silence.</summary>
/// <param name="FrequenciesHz">Empty for silence.</param>
/// <param name="DurationMs">Length, milliseconds; at least 1.</param>
/// <param name="LevelDbov">Level of each frequency, dBov.</param>
public sealed record ToneSegment(IReadOnlyList<double> FrequenciesHz, int DurationMs, double LevelDbov)
{
    /// <summary>Most frequencies that sound together.</summary>
    public const int FrequenciesMax = 4;

    /// <summary>Silence of that length.</summary>
    public static ToneSegment Silence(int durationMs) => new([], durationMs, 0);
}
