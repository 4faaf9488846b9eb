namespace Plateau.Media.Detection;

/// <summary>An estimate of how well a leg sounded.</summary>
/// <param name="Rating">The E-model's R, 0 to 93.2.</param>
/// <param name="Mos">Mean opinion score on the listening and talking scale, 1.0 to 4.5.</param>
/// <remarks>Source: ITU-T G.107, with all parameters but codec, loss and delay at their defaults.</remarks>
public readonly record struct CallQuality(double Rating, double Mos)
{
    /// <summary>R at rest: G.107's defaults for everything we cannot see.</summary>
    private const double RatingAtRest = 93.2;

    /// <summary>Estimates the quality of one direction.</summary>
    /// <param name="codec">What the codec costs.</param>
    /// <param name="lossPercent">Packets not played, lost or too late, 0 to 100.</param>
    /// <param name="roundTrip">Network round trip.</param>
    /// <param name="jitter">Interarrival jitter (RFC 3550 §6.4.1); the buffer is taken to hold twice as much.</param>
    /// <param name="burstRatio">1 for independent losses, larger when they come in bursts (G.107 BurstR).</param>
    public static CallQuality Estimate(
        CodecImpairment codec, double lossPercent, TimeSpan roundTrip, TimeSpan jitter, double burstRatio = 1)
    {
        var loss = Math.Clamp(lossPercent, 0, 100);
        // One frame to collect, 5 ms to look ahead and mix; the buffer on top of half the round trip.
        var delayMs = roundTrip.TotalMilliseconds / 2 + 2 * jitter.TotalMilliseconds + 25;
        var equipment = loss == 0
            ? codec.Equipment
            : codec.Equipment + (95 - codec.Equipment) * loss / (loss / Math.Max(burstRatio, 1) + codec.LossRobustness);
        var rating = Math.Clamp(RatingAtRest - DelayImpairment(delayMs) - equipment, 0, 100);
        return new CallQuality(rating, MosOf(rating));
    }

    /// <summary>Mean opinion score of a rating (G.107 annex B).</summary>
    public static double MosOf(double rating) => rating switch
    {
        <= 6.5 => 1,
        >= 100 => 4.5,
        _ => 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6,
    };

    /// <summary>Id in the usual piecewise form of G.107's curve: talk becomes difficult from 177 ms one way.</summary>
    internal static double DelayImpairment(double oneWayMs) =>
        0.024 * oneWayMs + (oneWayMs > 177.3 ? 0.11 * (oneWayMs - 177.3) : 0);
}
