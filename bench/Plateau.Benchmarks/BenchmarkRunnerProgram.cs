using BenchmarkDotNet.Running;

namespace Plateau.Benchmarks;

/// <summary>Runs the micro-benchmarks: <c>dotnet run -c Release --project bench/Plateau.Benchmarks -- --filter '*'</c>.</summary>
public static class BenchmarkRunnerProgram
{
    /// <summary>Entry point; the arguments are BenchmarkDotNet's own.</summary>
    public static void Main(string[] args) =>
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRunnerProgram).Assembly).Run(args);
}
