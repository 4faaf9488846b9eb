namespace Plateau.Core.Dialler;

/// <summary>What a pacing decision looks at.</summary>
/// <param name="AgentsFree">Agents ready now.</param>
/// <param name="AgentsExpected">Agents expected to become ready within the ring time, fractions allowed.</param>
/// <param name="Ringing">Calls being dialled.</param>
/// <param name="HitRate">Share of attempts that a person answers, 0 to 1; below 0.05 counts as 0.05.</param>
/// <param name="DropRate">Share dropped of late.</param>
/// <param name="DropRateMax">Share that may be dropped.</param>
/// <param name="Aggressiveness">0.1 to 5; 1 is plain.</param>
public sealed record PacingSituation(
    double AgentsFree, double AgentsExpected, double Ringing, double HitRate, double DropRate, double DropRateMax,
    double Aggressiveness = 1);

/// <summary>The closed formula of a published predictive dialler: the baseline that ours must beat.</summary>
/// <remarks>Source: OMniDialer, docs/dialer_modes (formula and worked examples).</remarks>
public static class BaselinePacing
{
    private const double HitRateMin = 0.05;
    private const double FactorMin = 0.2;

    /// <summary>Calls to begin now: max(0, floor((free + expected − ringing × p) / p × γ)).</summary>
    public static int CallsToStart(PacingSituation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var hitRate = Math.Max(situation.HitRate, HitRateMin);
        var wanted = situation.AgentsFree + situation.AgentsExpected - (situation.Ringing * hitRate);
        return Math.Max(0, (int)Math.Floor(wanted / hitRate * Factor(situation)));
    }

    /// <summary>γ: full aggressiveness up to half the drops allowed, then falling in a line to 0.2 at the
    /// limit.</summary>
    public static double Factor(PacingSituation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var half = situation.DropRateMax / 2;
        if (situation.DropRate <= half)
        {
            return situation.Aggressiveness;
        }

        return situation.DropRate >= situation.DropRateMax
            ? FactorMin
            : situation.Aggressiveness
                + ((FactorMin - situation.Aggressiveness) * (situation.DropRate - half) / half);
    }

    /// <summary>Agents expected to become ready within the ring time: 1 − exp(−ring / remaining) each,
    /// weighted.</summary>
    /// <param name="talks">Weight 0 to 1, mean talk and elapsed talk of each busy agent.</param>
    /// <param name="ring">Ring time until an answer can be expected.</param>
    public static double AgentsExpected(
        IEnumerable<(double Weight, TimeSpan Mean, TimeSpan Elapsed)> talks, TimeSpan ring) =>
        talks.Sum(talk =>
        {
            var remainingS = Math.Max((talk.Mean - talk.Elapsed).TotalSeconds, 1e-3);
            return talk.Weight * (1 - Math.Exp(-ring.TotalSeconds / remainingS));
        });
}
