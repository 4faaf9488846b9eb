using Plateau.Contracts.Calls;
using Plateau.Media.Codecs;
using Plateau.Media.Detection;

namespace Plateau.Media.Mixing;

/// <summary>Sums up a leg's media for its call record.</summary>
internal static class QualityEstimate
{
    public static LegQuality Measure(LegInbound inbound, LegOutbound outbound, LegControl control)
    {
        var codec = inbound.Codec ?? Codec.Pcma;
        var reception = inbound.Reception;
        var jitter = TimeSpan.FromMilliseconds(reception.JitterTicks * 1_000.0 / codec.RtpClockHz);
        var expected = Math.Max(1, reception.ExpectedTotal);
        var lossPercent = 100.0 * Math.Min(expected, reception.LostTotal + inbound.Late) / expected;
        var quality = CallQuality.Estimate(
            CodecImpairment.Of(codec), lossPercent, control.RoundTrip ?? TimeSpan.Zero, jitter);
        return new LegQuality(
            codec.Name, reception.ReceivedTotal, reception.LostTotal, outbound.Packets, jitter.TotalMilliseconds,
            control.RoundTrip?.TotalMilliseconds, quality.Mos);
    }
}
