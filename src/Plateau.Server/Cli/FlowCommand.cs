using System.CommandLine;
using System.Globalization;
using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Ivr;
using Plateau.Server.Tenancy;

namespace Plateau.Server.Cli;

/// <summary>plateau flow check FILE and plateau flow run FILE --digits …: a flow without a telephone.</summary>
internal static class FlowCommand
{
    public static Command Create(Terminal terminal) => new("flow", terminal.Say(
        "Check a flow, or run one without a telephone", "Vérifier un scénario, ou en dérouler un sans téléphone"))
    {
        CreateCheck(terminal), CreateRun(terminal),
    };

    private static Argument<string> File(Terminal terminal) => new("FILE")
    {
        Description = terminal.Say(
            "A flow, a tenant's or a server's configuration (JSON)", "Un scénario, ou la configuration d'un client ou d'un serveur"),
    };

    private static Option<string?> Flow(Terminal terminal) => new("--flow")
    {
        Description = terminal.Say("Which flow, when the file has several", "Quel scénario, si le fichier en a plusieurs"),
    };

    private static Command CreateCheck(Terminal terminal)
    {
        var file = File(terminal);
        var command = new Command("check", terminal.Say("Name every error of the flows", "Nommer chaque erreur des scénarios"))
        {
            file,
        };
        command.SetAction(result => Read(result.GetValue(file)!, terminal, out var exitCode) is null
            ? exitCode
            : Said(terminal));
        return command;
    }

    private static Command CreateRun(Terminal terminal)
    {
        var (file, flow) = (File(terminal), Flow(terminal));
        var digits = new Option<string>("--digits")
        {
            Description = terminal.Say(
                "Keys in order; ',' is a second of thought, 't' lets a wait run out",
                "Touches dans l'ordre ; « , » une seconde de réflexion, « t » laisse passer l'attente"),
            DefaultValueFactory = _ => string.Empty,
        };
        var exits = new Option<QueueExit[]>("--queue-exit")
        {
            Description = terminal.Say("How queues are left, in order; else an agent answers",
                "Comment les files sont quittées, dans l'ordre ; sinon un agent répond"),
        };
        var at = new Option<string?>("--at")
        {
            Description = terminal.Say("When the call begins, such as 2026-11-22T09:00:00+01:00; else now",
                "Début de l'appel, comme 2026-11-22T09:00:00+01:00 ; sinon maintenant"),
        };
        var command = new Command("run", terminal.Say(
            "Run a flow in virtual time and print what is heard, pressed and done",
            "Dérouler un scénario en temps virtuel et écrire ce qui est entendu, tapé et fait"))
        {
            file, flow, digits, exits, at,
        };
        command.SetAction(result => Run(
            result.GetValue(file)!, result.GetValue(flow), terminal, new FlowScript
            {
                Start = result.GetValue(at) is { } text
                    ? Instant.Parse(text) : Instant.FromDateTimeOffset(DateTimeOffset.UtcNow),
                Caller = new FlowCaller(new CallId(1), "+33199001234", "+33199000001", "fr"),
                Keys = result.GetValue(digits)!, QueueExits = result.GetValue(exits) ?? [],
            }));
        return command;
    }

    private static int Said(Terminal terminal)
    {
        terminal.Out.WriteLine(terminal.Say("no error", "aucune erreur"));
        return ExitCode.Ok;
    }

    private static int Run(string file, string? name, Terminal terminal, FlowScript script)
    {
        if (Read(file, terminal, out var exitCode) is not { } config)
        {
            return exitCode;
        }

        var flows = FlowSet.Compile(config);
        var wanted = config.Flows.FirstOrDefault(f => name is null || f.Id.Value == name)?.Id;
        if (wanted is null || flows.Find(wanted.Value) is not { } flow)
        {
            return terminal.Fail(ExitCode.NotFound, $"there is no flow '{name}'", $"il n'y a pas de scénario « {name} »");
        }

        var lines = FlowRun.Run(flows, flow, script with { Caller = script.Caller with { Language = config.Language } });
        foreach (var line in lines)
        {
            var at = line.At.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            terminal.Out.WriteLine($"{at,7} {KindOf(line.Kind).In(terminal.Language),-8} {line.Node,-24} {line.Text}");
        }

        return ExitCode.Ok;
    }

    private static Phrase KindOf(FlowLineKind kind) => kind switch
    {
        FlowLineKind.Node => new("node", "nœud"),
        FlowLineKind.Branch => new("branch", "branche"),
        FlowLineKind.Heard => new("heard", "entendu"),
        FlowLineKind.Pressed => new("pressed", "tapé"),
        FlowLineKind.Done => new("done", "fait"),
        _ => new("end", "fin"),
    };

    /// <summary>The configuration that holds the flow; a file that is a flow alone gets an empty one around
    /// it.</summary>
    private static CentreConfig? Read(string file, Terminal terminal, out int exitCode)
    {
        if (System.IO.File.Exists(file) && ConfigNode.Read(System.IO.File.ReadAllBytes(file), out _) is { } tree
            && tree["nodes"] is not null)
        {
            return ReadFlow(file, terminal, out exitCode);
        }

        return ConfigFile.ReadTenants(file, terminal, out exitCode)?[0];
    }

    private static CentreConfig? ReadFlow(string file, Terminal terminal, out int exitCode)
    {
        var reading = ConfigParser.ParsePart<FlowConfig>(System.IO.File.ReadAllBytes(file));
        exitCode = reading.Value is null ? ExitCode.InvalidConfiguration : ExitCode.Ok;
        if (reading.Value is not { } flow)
        {
            ConfigFile.Print(file, reading.Errors, terminal);
            return null;
        }

        var errors = new List<FlowError>();
        FlowParser.Parse(flow, errors);
        foreach (var error in errors)
        {
            terminal.Error.WriteLine($"{file}: {error}");
        }

        exitCode = errors.Count == 0 ? ExitCode.Ok : ExitCode.InvalidConfiguration;
        return errors.Count == 0 ? new CentreConfig { Tenant = new TenantId("flow"), Flows = [flow] } : null;
    }
}
