using System.Diagnostics;
using System.Globalization;

namespace Plateau.Benchmarks.Media;

/// <summary>
/// Bridged G.711 calls over real sockets: <c>media-load [CALLS] [SECONDS] [recorded]</c>. A child process is the
/// server; this one plays all the parties, counts what is lost, and prints the server's CPU time per call-second.
/// </summary>
internal static class MediaLoad
{
    private const int WarmUpSeconds = 3;

    /// <summary>Runs one measurement.</summary>
    /// <param name="args">Number of calls, seconds measured, and "recorded" or nothing.</param>
    /// <returns>0, or 1 when packets were lost.</returns>
    internal static int Run(string[] args)
    {
        var calls = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
        var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 15;
        var isRecorded = args.Contains("recorded");
        using var parties = new MediaLoadParties(2 * calls);
        using var server = StartServer(calls, seconds, isRecorded, parties.FirstPort);
        var ready = server.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start");
        var ports = ready.Split(' ').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();

        parties.Talk(ports, TimeSpan.FromSeconds(WarmUpSeconds + seconds + 2));
        var report = server.StandardOutput.ReadLine();
        server.StandardInput.WriteLine("end");
        server.WaitForExit();
        Console.WriteLine(
            $"{calls} calls, {(isRecorded ? "recorded" : "not recorded")}, {seconds} s: {report}; heard " +
            $"{parties.Received} packets, lost {parties.Lost}, p99 of the way through {parties.DelayMs(0.99):F1} ms");
        return parties.Lost == 0 ? 0 : 1;
    }

    /// <summary>Sent by a <see cref="MediaLoadServer"/> before it measures, so that everything is compiled and
    /// latched.</summary>
    internal static TimeSpan WarmUp => TimeSpan.FromSeconds(WarmUpSeconds);

    private static Process StartServer(int calls, int seconds, bool isRecorded, int partyPort)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        foreach (var argument in new[] { "media-load-server", $"{calls}", $"{seconds}", $"{isRecorded}", $"{partyPort}" })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
