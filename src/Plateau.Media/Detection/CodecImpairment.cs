using Plateau.Media.Codecs;

namespace Plateau.Media.Detection;

/// <summary>How much a codec costs in the E-model.</summary>
/// <param name="Equipment">Ie: impairment without loss, 0 to 40.</param>
/// <param name="LossRobustness">Bpl: larger stands more loss.</param>
/// <remarks>
/// Source: ITU-T G.113 appendix I for G.711 with concealment. G.722 and Opus are judged on the narrowband scale here,
/// as
/// G.711's equals at rest; their robustness is our assumption (the standards give values on other scales only).
/// </remarks>
public readonly record struct CodecImpairment(double Equipment, double LossRobustness)
{
    /// <summary>G.711 with packet loss concealment.</summary>
    public static readonly CodecImpairment G711 = new(0, 25.1);

    /// <summary>G.722 with plain concealment.</summary>
    public static readonly CodecImpairment G722 = new(0, 13);

    /// <summary>Opus with its concealment and redundancy.</summary>
    public static readonly CodecImpairment Opus = new(0, 30);

    /// <summary>The values of a codec.</summary>
    public static CodecImpairment Of(Codec codec) =>
        codec == Codec.G722 ? G722 : codec == Codec.Opus ? Opus : G711;
}
