using System.Globalization;

namespace Plateau.IntegrationTests.Peers;

/// <summary>SIPp with a scenario of ours (Peers/sipp/*.xml).</summary>
internal sealed record Sipp
{
    /// <summary>Scenario file name without folder and ending.</summary>
    internal required string Scenario { get; init; }

    /// <summary>Port of Plateau on 127.0.0.1.</summary>
    internal required int ServerPort { get; init; }

    /// <summary>The number called (user part).</summary>
    internal string Number { get; init; } = "s";

    /// <summary>The number shown (key "caller" in the scenario).</summary>
    internal string Caller { get; init; } = "0639980001";

    /// <summary>Calls in all.</summary>
    internal int Calls { get; init; } = 1;

    /// <summary>Calls begun per second.</summary>
    internal double CallsPerSecond { get; init; } = 10;

    /// <summary>Address that SIPp sends from; a trunk is known by it.</summary>
    internal string Address { get; init; } = "127.0.0.2";

    /// <summary>Port that SIPp listens on; 0 for any free one.</summary>
    internal int Port { get; init; }

    /// <summary>Transport: u1 (UDP, one socket) or t1 (TCP).</summary>
    internal string Transport { get; init; } = "u1";

    /// <summary>Further keys of the scenario: -key NAME VALUE.</summary>
    internal IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>Account for challenges: user and password.</summary>
    internal (string User, string Secret)? Account { get; init; }

    /// <summary>Audio that SIPp streams, if the scenario does: a WAV with A-law or µ-law inside the temp
    /// folder.</summary>
    internal string? Folder { get; init; }

    /// <summary>Echo every RTP packet that arrives at the media port.</summary>
    internal bool EchoesRtp { get; init; }

    internal static string ScenarioFolder => Path.Combine(AppContext.BaseDirectory, "Peers", "sipp");

    /// <summary>Starts SIPp and leaves it running.</summary>
    internal ForeignProcess Start()
    {
        ForeignProcess.SkipUnlessInstalled("sipp", "sip-tester");
        return ForeignProcess.Start("sipp", Arguments(), Folder);
    }

    /// <summary>Runs to the end; fails with SIPp's own words unless every call went as the scenario says.</summary>
    internal async Task Run(TimeSpan limit)
    {
        await using var process = Start();
        var code = await process.Exit(limit);
        Assert.True(code == 0, $"SIPp ended with {code}.\n{Tail(process.Output)}");
    }

    private static string Tail(string text) => text.Length <= 6000 ? text : text[^6000..];

    private List<string> Arguments()
    {
        List<string> arguments =
        [
            $"127.0.0.1:{ServerPort}", "-sf", Path.Combine(ScenarioFolder, Scenario + ".xml"),
            "-s", Number, "-key", "caller", Caller, "-i", Address, "-mi", Address,
            "-p", (Port == 0 ? FreePort.Udp() : Port).ToString(CultureInfo.InvariantCulture),
            "-mp", FreePort.Range(40).ToString(CultureInfo.InvariantCulture),
            "-m", Calls.ToString(CultureInfo.InvariantCulture),
            "-r", CallsPerSecond.ToString(CultureInfo.InvariantCulture),
            "-l", Calls.ToString(CultureInfo.InvariantCulture),
            "-t", Transport, "-nostdin", "-trace_err", "-error_file", "/dev/stderr", "-timeout_error",
        ];
        foreach (var (key, value) in Keys)
        {
            arguments.AddRange(["-key", key, value]);
        }

        if (Account is { } account)
        {
            arguments.AddRange(["-au", account.User, "-ap", account.Secret]);
        }

        if (EchoesRtp)
        {
            arguments.Add("-rtp_echo");
        }

        return arguments;
    }
}
