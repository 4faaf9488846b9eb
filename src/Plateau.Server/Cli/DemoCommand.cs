using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Plateau.Server.Demo;

namespace Plateau.Server.Cli;

/// <summary>plateau demo: a retailer's centre with simulated agents and callers on real SIP and RTP.</summary>
internal static class DemoCommand
{
    private const double MinutesMax = 24 * 60;
    private const double RateMax = 300;

    public static Command Create(Terminal terminal)
    {
        var minutes = new Option<double?>("--minutes")
        {
            Description = terminal.Say("End after so many minutes", "Finir après tant de minutes"),
        };
        var rate = new Option<double>("--rate")
        {
            Description = terminal.Say("Calls per minute, on average", "Appels par minute, en moyenne"),
            DefaultValueFactory = _ => 15,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = terminal.Say("Callers and agents follow from it", "Appelants et agents en découlent"),
            DefaultValueFactory = _ => 1,
        };
        var plain = new Option<bool>("--plain")
        {
            Description = terminal.Say("A line every five seconds instead of a screen",
                "Une ligne toutes les cinq secondes au lieu d'un écran"),
        };
        var folder = new Option<string?>("--data")
        {
            Description = terminal.Say("Folder for what is kept; otherwise a new one in var/demo",
                "Dossier de ce qui est conservé ; sinon un nouveau dans var/demo"),
        };
        var command = new Command("demo", terminal.Say(
            "Show a whole centre at work, with simulated agents and callers on real SIP and RTP",
            "Montrer un centre entier au travail : agents et appelants simulés, vrais SIP et RTP"))
        {
            minutes, rate, seed, plain, folder,
        };
        command.SetAction(async (result, _) =>
        {
            if (result.GetValue(minutes) is <= 0 or > MinutesMax || result.GetValue(rate) is <= 0 or > RateMax)
            {
                return terminal.Fail(ExitCode.Usage,
                    $"--minutes lies between 0 and {MinutesMax}, --rate between 0 and {RateMax}",
                    $"--minutes est entre 0 et {MinutesMax}, --rate entre 0 et {RateMax}");
            }

            return await Run(Options(terminal, result.GetValue(folder)) with
            {
                Length = result.GetValue(minutes) is { } length ? TimeSpan.FromMinutes(length) : null,
                CallsPerMinute = result.GetValue(rate),
                Seed = result.GetValue(seed),
                IsPlain = result.GetValue(plain) || Console.IsOutputRedirected,
            }, terminal);
        });
        return command;
    }

    /// <summary>The first signal ends the demo, the second one hurries its end.</summary>
    private static async Task<int> Run(DemoOptions options, Terminal terminal)
    {
        if (!options.IsPlain)
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        using var stop = new CancellationTokenSource();
        using var hurry = new CancellationTokenSource();
        void Take(PosixSignalContext context)
        {
            context.Cancel = !hurry.IsCancellationRequested;
            (stop.IsCancellationRequested ? hurry : stop).Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
        return await new DemoRun(options, terminal).RunAsync(stop.Token, hurry.Token);
    }

    /// <summary>A folder of its own for each demo below var/demo, or below the temporary folder where that cannot be
    /// written.</summary>
    private static DemoOptions Options(Terminal terminal, string? given)
    {
        var root = Root();
        var stamp = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return new DemoOptions
        {
            Language = terminal.Language,
            Folder = given is null ? Path.Combine(root, stamp) : Path.GetFullPath(given),
            VoiceFolder = given is null ? root : Path.GetFullPath(given),
        };
    }

    private static string Root()
    {
        try
        {
            return Directory.CreateDirectory(Path.GetFullPath(Path.Combine("var", "demo"))).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "plateau-demo")).FullName;
        }
    }
}
