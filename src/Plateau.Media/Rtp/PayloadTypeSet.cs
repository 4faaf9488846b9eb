namespace Plateau.Media.Rtp;

/// <summary>A set of RTP payload types as 128 bits.</summary>
/// <param name="Bits">Bit n stands for payload type n.</param>
public readonly record struct PayloadTypeSet(UInt128 Bits)
{
    /// <summary>Whether the type is in it.</summary>
    /// <param name="payloadType">0 to 127.</param>
    public bool Contains(int payloadType) => ((Bits >> payloadType) & 1) != 0;

    /// <summary>The set with one more; null and values outside 0 to 127 add nothing.</summary>
    public PayloadTypeSet With(int? payloadType) =>
        payloadType is >= 0 and <= 127 ? new PayloadTypeSet(Bits | (UInt128.One << payloadType.Value)) : this;
}
