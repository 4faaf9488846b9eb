using BenchmarkDotNet.Attributes;

namespace Plateau.Benchmarks.Routing;

/// <summary>All inputs of a call through a queue, from the first ring to the record; see <see cref="RoutingLoad"/>
/// for p99.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class RoutingBenchmarks
{
    private RoutingWorld _world = null!;

    /// <summary>Agents logged in who are no candidates, besides 2,000 who are.</summary>
    [Params(1_000, 20_000)]
    public int Others { get; set; }

    /// <summary>200 queues with 5,000 calls that wait.</summary>
    [GlobalSetup]
    public void SetUp() => _world = new RoutingWorld(RoutingSize.With(Others));

    /// <summary>A caller joins those who wait, an agent becomes ready, gets the first one, talks, and pauses.</summary>
    [Benchmark]
    public void CallThatWaited() => _world.ServeOneWhoWaits();

    /// <summary>A caller is offered to an idle agent at once; they talk.</summary>
    [Benchmark]
    public void CallServedAtOnce() => _world.ServeAtOnce();
}
