using System.Diagnostics;
using Plateau.Contracts;
using Plateau.Server.Cli;
using Plateau.Server.Hosting;
using Spectre.Console;

namespace Plateau.Server.Demo;

/// <summary>The demo: the server that "serve" runs, with simulated agents and callers on real SIP and RTP, and the
/// floor live.</summary>
internal sealed class DemoRun(DemoOptions options, Terminal terminal)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(2);
    private readonly Process _process = Process.GetCurrentProcess();
    private (long At, TimeSpan Used) _last = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
    private double _cores;

    /// <summary>Runs until the time is over or somebody stops it; then drains and sums up.</summary>
    /// <param name="stop">Cancelled by the first Ctrl-C.</param>
    /// <param name="hurry">Cancelled by the second one: running calls get no time.</param>
    public async Task<int> RunAsync(CancellationToken stop, CancellationToken hurry)
    {
        Directory.CreateDirectory(options.Folder);
        var site = DemoSite.Build(options);
        var ticker = new DemoTicker(terminal, site);
        using var log = new DemoLog(Path.Combine(options.Folder, "demo.log"));
        var start = Now();
        await using var server = ServerHost.Build(site.Config, site.Folders, logging => logging.ClearProviders().AddProvider(log));
        using var voices = new DemoVoices(Path.Combine(options.VoiceFolder, "voices"));
        var tenant = server.Services.GetRequiredService<TenantHosts>().All.Single();
        var stage = new DemoStage(voices, "fr", site.Config.Sip.Domain, log.CreateLogger("demo"));
        var board = new DemoBoard(site.Config.Tenants[0], start);
        tenant.Sinks.Fact += stage.Watch.Take;
        tenant.Sinks.Fact += board.Take;
        await Task.WhenAll(Start(server), voices.Prepare(SimulatedAgents.Working(site.Config.Tenants[0].Agents)));
        var seeds = new Prng(options.Seed);
        using var agents = new SimulatedAgents(tenant, stage, site.Sip, options.Folder);
        using var callers = new SimulatedCallers(
            stage, site.Sip, site.Trunk, new CallerPlans(seeds.NextBits(), options.CallsPerMinute), options.Folder);
        await agents.Start(seeds.NextBits()).WaitAsync(stop);
        DemoView View() => board.Look(tenant.Floor.Snapshot(), Now(), Health(tenant.Floor.CallsUp, agents, callers));

        ticker.Begin();
        _ = callers.Run();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ends.CancelAfter(options.Length ?? Timeout.InfiniteTimeSpan);
        await (options.IsPlain ? Tick(ticker, View, ends.Token) : Show(new DemoScreen(terminal, site), View, ends.Token));
        callers.Stop();
        await Drain(server, hurry);
        stage.End();
        await agents.LeaveWork();
        var last = View();
        await server.StopAsync(CancellationToken.None);
        ticker.Summarise(last, CountRecordings(site, start));
        return ExitCode.Ok;
    }

    private static async Task Start(WebApplication server)
    {
        await ServerHost.StartTenants(server);
        await server.StartAsync();
    }

    private async Task Drain(WebApplication server, CancellationToken hurry)
    {
        terminal.Out.WriteLine(terminal.Say(
            "Running calls get ten seconds; Ctrl-C again hurries.", "Les appels en cours ont dix secondes ; Ctrl-C abrège."));
        var drain = server.Services.GetRequiredService<Drain>();
        using var hurrying = hurry.Register(drain.Hurry);
        await drain.Run();
    }

    private static async Task Tick(DemoTicker ticker, Func<DemoView> look, CancellationToken stop)
    {
        while (await Passes(DemoTicker.Every, stop))
        {
            ticker.Tell(look());
        }
    }

    private static async Task Show(DemoScreen screen, Func<DemoView> look, CancellationToken stop)
    {
        var console = AnsiConsole.Console;
        console.Clear();
        await console.Live(screen.Draw(look(), console.Profile.Width, console.Profile.Height))
            .Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom)
            .StartAsync(async live =>
            {
                while (await Passes(Redraw, stop))
                {
                    live.UpdateTarget(screen.Draw(look(), console.Profile.Width, console.Profile.Height));
                }
            });
    }

    private static async Task<bool> Passes(TimeSpan time, CancellationToken stop)
    {
        await Task.Delay(time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }

    private DemoHealth Health(int callsUp, SimulatedAgents agents, SimulatedCallers callers)
    {
        _process.Refresh();
        var elapsed = Stopwatch.GetElapsedTime(_last.At);
        if (elapsed > Measuring)
        {
            var used = _process.TotalProcessorTime;
            _cores = (used - _last.Used) / elapsed;
            _last = (Stopwatch.GetTimestamp(), used);
        }

        var (mos, lost) = callers.Quality;
        return new DemoHealth(callsUp, agents.Registered, mos, lost, _cores, _process.WorkingSet64 / 1_048_576);
    }

    /// <summary>Recordings of this demo; the folder may hold those of earlier ones.</summary>
    private static int CountRecordings(DemoSite site, Instant start) => Directory.Exists(site.Folders.Recordings)
        ? new DirectoryInfo(site.Folders.Recordings).EnumerateFiles("*.wav", SearchOption.AllDirectories)
            .Count(file => file.LastWriteTimeUtc >= start.ToDateTimeOffset())
        : 0;

    private static Instant Now() => Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
}
