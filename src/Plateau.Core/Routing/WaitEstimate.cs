using Plateau.Contracts;

namespace Plateau.Core.Routing;

/// <summary>Estimates how long a caller will wait, and learns from what happened.</summary>
/// <remarks>
/// Estimate = position × handling time ÷ agents at work × correction. Handling time: exponentially weighted mean of
/// talk, hold and wrap-up (weight 0.1), from the assumed time until the first call was handled. Correction: weighted
/// mean (weight 0.05) of the waits that came over the waits estimated, kept within 0.25 to 4; it takes in that agents
/// also serve other queues, pause and miss offers. No agent at work or nobody known to come: no estimate.
/// Source of the baseline: queue length × service time ÷ servers (features §5.4, recommended baseline).
/// </remarks>
internal sealed class WaitEstimate
{
    private const double HandlingWeight = 0.1;
    private const double CorrectionWeight = 0.05;
    private double? _handlingS;
    private double _correction = 1;

    internal double? HandlingS => _handlingS;

    internal double Correction => _correction;

    internal long Answers { get; private set; }

    /// <summary>Sum of |estimate − wait| ÷ wait over the calls answered that had an estimate and waited a second or
    /// more.</summary>
    internal double AbsoluteErrorSum { get; private set; }

    /// <summary>Mean absolute percentage error, 0 upwards as a share; null before the first.</summary>
    internal double? MeanAbsoluteError => Answers == 0 ? null : AbsoluteErrorSum / Answers;

    /// <param name="position">1 = next.</param>
    /// <param name="agents">Agents at work.</param>
    /// <param name="assumedHandlingS">Handling time before any was seen, seconds.</param>
    /// <returns>At least one second; null when no agent is at work.</returns>
    internal TimeSpan? For(int position, int agents, int assumedHandlingS)
    {
        if (agents <= 0)
        {
            return null;
        }

        var seconds = position * (_handlingS ?? assumedHandlingS) / agents * _correction;
        return TimeSpan.FromSeconds(Math.Clamp(Math.Round(seconds), 1, 86_400));
    }

    internal void Handled(TimeSpan handling)
    {
        var seconds = handling.TotalSeconds;
        _handlingS = _handlingS is { } mean ? mean + (HandlingWeight * (seconds - mean)) : seconds;
    }

    internal void Answered(TimeSpan? estimate, TimeSpan waited)
    {
        if (estimate is not { } expected || waited < TimeSpan.FromSeconds(1))
        {
            return;
        }

        Answers++;
        AbsoluteErrorSum += Math.Abs(expected.TotalSeconds - waited.TotalSeconds) / waited.TotalSeconds;
        var ratio = Math.Clamp(waited / expected, 0.1, 10);
        _correction = Math.Clamp(_correction * (1 + (CorrectionWeight * (ratio - 1))), 0.25, 4);
    }

    internal void AddTo(ref StateHash hash)
    {
        hash.Add(_handlingS ?? -1);
        hash.Add(_correction);
        hash.Add(Answers);
    }
}
