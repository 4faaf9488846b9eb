using BenchmarkDotNet.Attributes;

namespace Plateau.Benchmarks;

/// <summary>What a whole call costs in signalling, both parties together.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class SipCallBenchmarks
{
    private readonly SipCall _call = new();

    /// <summary>One call, to see that it works and leaves nothing behind.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        if (_call.Run() != 7 || _call.Left != 0)
        {
            throw new InvalidOperationException($"not seven messages, or {_call.Left} legs and transactions left");
        }
    }

    /// <summary>Seven messages.</summary>
    [Benchmark]
    public int Call() => _call.Run();
}
