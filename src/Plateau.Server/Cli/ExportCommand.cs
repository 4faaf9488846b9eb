using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Plateau.Server.Agents;
using Plateau.Server.Calls;
using Plateau.Server.Hosting;
using Plateau.Server.Storage;
using Spectre.Console;

namespace Plateau.Server.Cli;

/// <summary>plateau export calls | intervals: CSV straight from the database, safe to open in a spreadsheet.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var config = new Option<string>("--config", "-c")
        {
            Description = terminal.Say("Configuration file of the server", "Fichier de configuration du serveur"),
            Required = true, Recursive = true,
        };
        var tenant = Text("--tenant", terminal.Say(
            "The tenant; may be left out when there is one", "Le client ; facultatif s'il n'y en a qu'un"));
        var output = Text("--output", terminal.Say("File; else standard output", "Fichier ; sinon la sortie standard"));
        var from = Text("--from", terminal.Say("From this instant on", "À partir de cet instant"));
        var to = Text("--to", terminal.Say("Before this instant", "Avant cet instant"));
        var agent = Text("--agent", terminal.Say("Of this agent only", "De cet agent seulement"));
        var command = new Command("export", terminal.Say("Write records as CSV", "Écrire des fiches en CSV"))
        {
            config, tenant, output, from, to, agent,
        };
        var place = new KeyPlace(config, tenant, terminal);
        var number = Text("--number", terminal.Say("Caller or called contains this", "Appelant ou appelé contient ceci"));
        var queue = Text("--queue", terminal.Say("Of this queue only", "De cette file seulement"));
        var calls = new Command("calls", terminal.Say("Call records", "Fiches d'appel")) { number, queue };
        calls.SetAction((result, stop) => place.Do(result, db => Write(
            terminal, result.GetValue(output), db, async (text, progress) =>
            {
                var query = new CallQuery(
                    result.GetValue(from), result.GetValue(to), result.GetValue(number), result.GetValue(queue),
                    result.GetValue(agent), null, null, null, null);
                var rows = query.Of(db);
                progress.Total = await rows.LongCountAsync(stop);
                return await CallCsv.Write(text, rows.OrderBy(r => r.Started).AsAsyncEnumerable(), progress, stop);
            })));
        var intervals = new Command("intervals", terminal.Say("Agents' state intervals", "Intervalles d'état des agents"));
        intervals.SetAction((result, stop) => place.Do(result, db => Write(
            terminal, result.GetValue(output), db, async (text, progress) =>
            {
                var rows = SearchIntervals.Of(db, result.GetValue(from), result.GetValue(to), result.GetValue(agent));
                progress.Total = await rows.LongCountAsync(stop);
                return await IntervalCsv.Write(text, rows.OrderBy(r => r.Ordinal).AsAsyncEnumerable(), progress, stop);
            })));
        command.Add(calls);
        command.Add(intervals);
        return command;
    }

    private static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, Recursive = true };

    private static async Task<int> Write(
        Terminal terminal, string? output, TenantDb db, Func<TextWriter, ExportProgress, Task<long>> write)
    {
        try
        {
            var progress = new ExportProgress();
            await using var file = output is null ? null : new StreamWriter(output);
            var count = await progress.Show(terminal, () => write(file ?? terminal.Out, progress));
            terminal.Error.WriteLine(terminal.Say($"{count} lines of {db.Tenant}", $"{count} lignes de {db.Tenant}"));
            return ExitCode.Ok;
        }
        catch (ApiFault wrong)
        {
            return terminal.Fail(ExitCode.Usage, wrong.Text.En, wrong.Text.Fr);
        }
    }
}

/// <summary>Shows how far an export is, on the error stream and only on a terminal.</summary>
internal sealed class ExportProgress : IProgress<long>
{
    private ProgressTask? _task;

    public long Total { get; set; }

    public void Report(long value)
    {
        if (_task is { } task)
        {
            task.MaxValue = Math.Max(Total, 1);
            task.Value = value;
        }
    }

    public async Task<long> Show(Terminal terminal, Func<Task<long>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work();
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return await console.Progress().StartAsync(async context =>
        {
            _task = context.AddTask("export");
            return await work();
        });
    }
}
