using BenchmarkDotNet.Running;
using Plateau.Benchmarks.Media;
using Plateau.Benchmarks.Peers;
using Plateau.Benchmarks.Routing;

namespace Plateau.Benchmarks;

/// <summary>Runs the micro-benchmarks, or helps bench/peers/run.</summary>
/// <remarks><c>dotnet run -c Release --project bench/Plateau.Benchmarks -- --filter '*'</c></remarks>
public static class BenchmarkRunnerProgram
{
    /// <summary>Entry point; the arguments are BenchmarkDotNet's own, or one of the programs named here.</summary>
    /// <remarks>peers-config FOLDER KEY; media-load …; routing-load [ROUNDS]</remarks>
    public static void Main(string[] args)
    {
        if (args is ["peers-config", var folder, var key])
        {
            Console.WriteLine(PeersConfig.Write(folder, key));
            return;
        }

        if (args is ["media-load", ..] or ["media-load-server", ..])
        {
            Environment.ExitCode = args[0] == "media-load" ? MediaLoad.Run(args[1..]) : MediaLoadServer.Run(args[1..]);
            return;
        }

        if (args is ["routing-load", ..])
        {
            Environment.ExitCode = RoutingLoad.Run(args[1..]);
            return;
        }

        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRunnerProgram).Assembly).Run(args);
    }
}
