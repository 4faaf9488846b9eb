using System.Globalization;

namespace Plateau.Benchmarks.Routing;

/// <summary>
/// What a decision of a large centre costs: <c>routing-load [ROUNDS]</c>. Prints p50, p99 and the longest for 10,000
/// agents, for the same with demands of their own in each call, and with more and more agents who are no candidates.
/// </summary>
/// <remarks>Fails when the p99 of a decision is above the limit, or when its p50 grows with those who are no
/// candidates.</remarks>
internal static class RoutingLoad
{
    private const double DecisionP99MaxUs = 100;
    private const double GrowthMax = 1.5;
    private const int RoundsPerTurn = 250;

    private static readonly int[] Others = [1_000, 10_000, 20_000];

    /// <summary>Runs one measurement.</summary>
    /// <param name="args">Rounds measured at each size; a round is two calls, one that waited and one that did
    /// not.</param>
    /// <returns>0, or 1 when a limit was not kept.</returns>
    internal static int Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        RoutingMeasurement[] sizes =
        [
            new(RoutingSize.Large),
            new(RoutingSize.Large with { Demands = 20 }),
            .. Others.Select(o => new RoutingMeasurement(RoutingSize.With(o))),
        ];

        // In turns, so that whatever else the machine does falls on all sizes alike.
        for (var done = 0; done < rounds; done += RoundsPerTurn)
        {
            Array.ForEach(sizes, s => s.Play(RoundsPerTurn));
        }

        Array.ForEach(sizes, s => s.Print());
        return Judge(sizes[0].Decisions, sizes[2].Decisions, sizes[^1].Decisions) ? 0 : 1;
    }

    private static bool Judge(Durations large, Durations few, Durations many)
    {
        var p99 = large.AtUs(0.99);
        var growth = many.AtUs(0.5) / few.AtUs(0.5);
        Console.WriteLine(Invariant($"p99 of a decision {p99:F1} µs (at most {DecisionP99MaxUs:F0})"));
        Console.WriteLine(
            Invariant($"{Others[^1]} others instead of {Others[0]}: p50 ×{growth:F2} (at most {GrowthMax:F1}), ")
            + Invariant($"p99 ×{many.AtUs(0.99) / few.AtUs(0.99):F2}"));
        return p99 <= DecisionP99MaxUs && growth <= GrowthMax;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
