using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Media.Codecs;
using Plateau.Media.Mixing;
using Plateau.Media.Recording;
using Plateau.Media.Rtp;
using Plateau.Server.Telephony;

namespace Plateau.Benchmarks.Media;

/// <summary>The measured side of <see cref="MediaLoad"/>: a data plane and nothing else.</summary>
internal static class MediaLoadServer
{
    private const int FirstPort = 10_000;

    /// <summary>Opens the legs, tells their ports, measures, reports.</summary>
    internal static int Run(string[] args)
    {
        var calls = int.Parse(args[0], CultureInfo.InvariantCulture);
        var seconds = int.Parse(args[1], CultureInfo.InvariantCulture);
        var partyPort = int.Parse(args[3], CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("plateau-load-").FullName;
        using var driver = new RtpDriver(
            new RtpDriverOptions
            {
                Address = IPAddress.Loopback, PortMin = FirstPort, PortMax = FirstPort + 4 * calls + 100,
                RecordingsFolder = folder,
            },
            NullLogger.Instance);
        var ports = new List<int>();
        for (var i = 0; i < 2 * calls; i++)
        {
            ports.Add(Open(driver, i, partyPort + i, bool.Parse(args[2])));
        }

        Console.WriteLine(string.Join(' ', ports));
        Wait(MediaLoad.WarmUp);
        var (cpu, clock) = (CpuTime(), Stopwatch.GetTimestamp());
        Wait(TimeSpan.FromSeconds(seconds));
        var used = (CpuTime() - cpu).TotalMilliseconds;
        var callSeconds = calls * Stopwatch.GetElapsedTime(clock).TotalSeconds;
        Console.WriteLine(
            $"{used / callSeconds:F3} CPU-ms per call-second, {driver.TicksMissed} ticks missed, " +
            $"{GC.CollectionCount(0)} collections");
        Console.ReadLine();
        driver.Dispose();
        Directory.Delete(folder, true);
        return 0;
    }

    private static int Open(RtpDriver driver, int number, int partyPort, bool isRecorded)
    {
        var call = (ulong)(number / 2) + 1;
        var leg = driver.TryOpen(new LegId((ulong)number + 1), new CallId(call))
            ?? throw new InvalidOperationException("No port left");
        leg.Configure(new LegMediaConfig
        {
            Codec = Codec.Pcma, PayloadType = 8, Rtp = MediaEndpoint.From(IPAddress.Loopback, partyPort),
        });
        leg.Join(new BridgeId(call), number % 2 == 0 ? LegRole.Customer : LegRole.Agent);
        if (isRecorded && number % 2 == 0)
        {
            leg.StartRecording(new RecordingId(call), $"{call}.wav", new RecordingOptions());
        }

        return leg.Port;
    }

    private static TimeSpan CpuTime()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static void Wait(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }
}
