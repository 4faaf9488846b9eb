using System.Diagnostics;
using System.Globalization;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;

namespace Plateau.Benchmarks.Routing;

/// <summary>
/// What a decision of a large centre costs: <c>routing-load [ROUNDS]</c>. Prints p50, p99 and the longest, first for
/// 10,000 agents, then with more and more agents who are no candidates.
/// </summary>
/// <remarks>Fails when the p99 of a decision is above the limit, or when its p50 grows with those who are no candidates.</remarks>
internal static class RoutingLoad
{
    private const double DecisionP99MaxUs = 100;
    private const double GrowthMax = 1.5;
    private const string Decisions = "all decisions";

    private static readonly int[] Others = [1_000, 10_000, 20_000];

    /// <summary>Runs one measurement.</summary>
    /// <param name="args">Rounds measured at each size; a round is two calls, one that waited and one that did not.</param>
    /// <returns>0, or 1 when a limit was not kept.</returns>
    internal static int Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var large = Measure(RoutingSize.Large, rounds);
        var p99 = large[Decisions].AtUs(0.99);
        var sizes = Others.Select(o => Measure(RoutingSize.With(o), rounds)[Decisions]).ToArray();
        var growth = sizes[^1].AtUs(0.5) / sizes[0].AtUs(0.5);
        Console.WriteLine(Invariant($"p99 of a decision {p99:F1} µs (at most {DecisionP99MaxUs:F0})"));
        Console.WriteLine(Invariant($"{Others[^1]} others instead of {Others[0]}: p50 ×{growth:F2} (at most {GrowthMax:F1}), ")
            + Invariant($"p99 ×{sizes[^1].AtUs(0.99) / sizes[0].AtUs(0.99):F2}"));
        return p99 <= DecisionP99MaxUs && growth <= GrowthMax ? 0 : 1;
    }

    private static SortedDictionary<string, Durations> Measure(RoutingSize size, int rounds)
    {
        var world = new RoutingWorld(size);
        Play(world, Math.Max(2_000, rounds / 4));
        var table = new SortedDictionary<string, Durations>(StringComparer.Ordinal);
        world.Measured = (input, ticks, isDecision) =>
        {
            Of(table, NameOf(input, isDecision)).Add(ticks);
            if (isDecision)
            {
                Of(table, Decisions).Add(ticks);
            }
        };
        GC.Collect();
        var collections = GC.CollectionCount(0);
        Play(world, rounds);
        Console.WriteLine(Invariant(
            $"{size}; {world.Waiting()} wait at the end; {GC.CollectionCount(0) - collections} collections"));
        Console.WriteLine($"{"",-34}{"count",8}{"p50 µs",9}{"p99 µs",9}{"max µs",9}");
        foreach (var (name, durations) in table)
        {
            Console.WriteLine(Invariant(
                $"{name,-34}{durations.Count,8}{durations.AtUs(0.5),9:F1}{durations.AtUs(0.99),9:F1}{durations.AtUs(1),9:F1}"));
        }

        return table;
    }

    private static void Play(RoutingWorld world, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            world.ServeOneWhoWaits();
            world.ServeAtOnce();
        }
    }

    private static string NameOf(CentreInput input, bool isDecision) => input switch
    {
        GoReady => "agent ready, callers wait",
        LegOffered when isDecision => "caller enters, agents idle",
        LegOffered => "caller enters and waits",
        Tick => "tick (announcements, steps)",
        _ when isDecision => "other input with a decision",
        _ => "other inputs of a call",
    };

    private static Durations Of(SortedDictionary<string, Durations> table, string name) =>
        table.TryGetValue(name, out var known) ? known : table[name] = new Durations();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Durations in ticks of the stopwatch.</summary>
    private sealed class Durations
    {
        private readonly List<long> _ticks = new(100_000);
        private bool _isSorted;

        internal int Count => _ticks.Count;

        internal void Add(long ticks) => _ticks.Add(ticks);

        /// <summary>Microseconds at a quantile; 1 = the longest.</summary>
        internal double AtUs(double quantile)
        {
            if (!_isSorted)
            {
                _ticks.Sort();
                _isSorted = true;
            }

            return _ticks[Math.Min(_ticks.Count - 1, (int)(_ticks.Count * quantile))] * 1e6 / Stopwatch.Frequency;
        }
    }
}
