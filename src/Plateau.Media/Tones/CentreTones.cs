namespace Plateau.Media.Tones;

/// <summary>Tones that are the same in every country.</summary>
public static class CentreTones
{
    /// <summary>Special information tone: the number is wrong or out of service (ITU-T E.180 §9).</summary>
    public static readonly TonePlan SpecialInformation = new(
        "special information",
        [
            new([950], 330, TonePlan.LevelDbov),
            new([1_400], 330, TonePlan.LevelDbov),
            new([1_800], 330, TonePlan.LevelDbov),
            ToneSegment.Silence(1_000),
        ],
        true);

    /// <summary>Tells both parties that the call is recorded: 1 400 Hz for half a second each 15 s.</summary>
    public static readonly TonePlan Recording = new(
        "recording", [new([1_400], 500, -26), ToneSegment.Silence(14_500)], true);

    /// <summary>One short beep before an agent's automatically answered call, or before a message is
    /// recorded.</summary>
    public static readonly TonePlan Beep = new("beep", [new([1_000], 250, TonePlan.LevelDbov)], false);

    /// <summary>Two rising notes when somebody joins a conference.</summary>
    public static readonly TonePlan Joined = new("joined", [new([523.25], 120, -22), new([659.25], 160, -22)], false);

    /// <summary>Two falling notes when somebody leaves a conference.</summary>
    public static readonly TonePlan Left = new("left", [new([659.25], 120, -22), new([523.25], 160, -22)], false);
}
