using Plateau.Contracts;

namespace Plateau.Server.Demo;

/// <summary>All that a simulated caller will do, drawn before the call.</summary>
/// <param name="At">Time of the call, from the beginning of the demo.</param>
/// <param name="Caller">The number shown.</param>
/// <param name="Called">The number dialled: mostly the menu, sometimes a queue's own.</param>
/// <param name="Key">What is pressed in the menu.</param>
/// <param name="Language">"fr" or "en".</param>
/// <param name="Listens">How long the menu is listened to before a key is pressed.</param>
/// <param name="Patience">How long is waited for an agent before hanging up.</param>
/// <param name="HangsUpAfter">How long is talked before hanging up; null to leave that to the agent.</param>
/// <param name="TakesCallback">Whether a callback is accepted when it is offered to one who waits.</param>
/// <param name="Phrase">Which of the callers' sentences is said; taken modulo their number.</param>
internal sealed record CallerPlan(
    TimeSpan At, string Caller, string Called, char Key, string Language, TimeSpan Listens, TimeSpan Patience,
    TimeSpan? HangsUpAfter, bool TakesCallback, int Phrase);

/// <summary>The stream of callers that follows from a seed: Poisson arrivals whose rate rises and falls
/// slowly.</summary>
/// <remarks>
/// Arrivals by thinning (Lewis and Shedler, Naval Research Logistics Quarterly 26, 1979). Patience is exponential,
/// the usual
/// assumption since Palm (1957); that of conversations see <see cref="Draws.NextLogNormal"/>.
/// </remarks>
/// <param name="seed">Everything follows from it.</param>
/// <param name="callsPerMinute">Mean rate over a whole period.</param>
internal sealed class CallerPlans(ulong seed, double callsPerMinute)
{
    /// <summary>By how much of the mean the rate swings up and down.</summary>
    public const double Swing = 0.6;

    private const int NumbersMax = 10_000;
    /// <summary>The number of the menu.</summary>
    public const string MenuNumber = "0199001000";

    private static readonly string[] QueueNumbers = ["0199001001", "0199001002", "0199001003"];
    private readonly Prng _chance = new(seed);
    private TimeSpan _at;
    private int _number;

    /// <summary>Time from one peak of the arrivals to the next: a short day.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromMinutes(4);

    /// <summary>Mean of the callers' patience.</summary>
    public static TimeSpan PatienceMean { get; } = TimeSpan.FromSeconds(90);

    /// <summary>Calls per minute at a time: it begins in the middle and rises.</summary>
    public double RateAt(TimeSpan at) => callsPerMinute * (1 + (Swing * Math.Sin(2 * Math.PI * (at / Period))));

    /// <summary>The next caller; times never go back.</summary>
    public CallerPlan Next()
    {
        var rateMax = callsPerMinute * (1 + Swing);
        do
        {
            _at += _chance.NextExponential(TimeSpan.FromMinutes(1 / rateMax));
        }
        while (!_chance.NextChance(RateAt(_at) / rateMax));

        return new CallerPlan(
            _at,
            NextNumber(),
            _chance.NextChance(0.85) ? MenuNumber : QueueNumbers[_chance.NextBelow(QueueNumbers.Length)],
            NextKey(),
            _chance.NextChance(0.2) ? "en" : "fr",
            _chance.NextSeconds(3, 11),
            _chance.NextExponential(PatienceMean),
            _chance.NextChance(0.3) ? _chance.NextLogNormal(TimeSpan.FromSeconds(25), 0.6) : null,
            _chance.NextChance(0.25),
            _chance.NextBelow(1_000));
    }

    /// <summary>Two of five order, two of five ask for their delivery, the rest need help.</summary>
    private char NextKey()
    {
        var draw = _chance.NextUnit();
        return draw < 0.4 ? '1' : draw < 0.8 ? '2' : '3';
    }

    /// <summary>No number comes back before all have called: 7,919 is prime to 10,000.</summary>
    private string NextNumber()
    {
        _number = (_number + 7_919) % NumbersMax;
        return $"063998{_number:D4}";
    }
}
