using System.Globalization;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;

namespace Plateau.Benchmarks.Routing;

/// <summary>A world of one size with the durations of its inputs by kind.</summary>
internal sealed class RoutingMeasurement
{
    private const int WarmUpRounds = 1_500;

    private readonly RoutingSize _size;
    private readonly RoutingWorld _world;
    private readonly SortedDictionary<string, Durations> _kinds = new(StringComparer.Ordinal);

    /// <summary>Builds the world and plays until everything is compiled.</summary>
    internal RoutingMeasurement(RoutingSize size)
    {
        _size = size;
        _world = new RoutingWorld(size);
        Play(WarmUpRounds);
        _world.Measured = Note;
    }

    /// <summary>Every input with which an offer was decided, whatever else it caused.</summary>
    internal Durations Decisions { get; } = new();

    internal void Play(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            _world.ServeOneWhoWaits();
            _world.ServeAtOnce();
        }
    }

    internal void Print()
    {
        Console.WriteLine($"{_size}; {_world.Waiting()} wait at the end, {_world.Unmatched} unmatched");
        Console.WriteLine($"{"",-34}{"count",8}{"p50 µs",9}{"p99 µs",9}{"max µs",9}");
        Print("all decisions", Decisions);
        foreach (var (name, durations) in _kinds)
        {
            Print(name, durations);
        }

        Console.WriteLine();
    }

    private static void Print(string name, Durations durations) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-34}{durations.Count,8}{durations.AtUs(0.5),9:F1}{durations.AtUs(0.99),9:F1}{durations.AtUs(1),9:F1}"));

    private void Note(CentreInput input, long ticks, bool isDecision)
    {
        var name = NameOf(input, isDecision);
        if (!_kinds.TryGetValue(name, out var known))
        {
            _kinds[name] = known = new Durations();
        }

        known.Add(ticks);
        if (isDecision)
        {
            Decisions.Add(ticks);
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
}
