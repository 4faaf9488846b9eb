using System.CommandLine;
using System.Text.Json;
using Plateau.Contracts;
using Plateau.Core;
using Plateau.Core.Routing;
using Plateau.Server.Storage;

namespace Plateau.Server.Cli;

/// <summary>plateau replay JOURNAL: runs a centre again from its journal and tells what it took, decided and
/// did.</summary>
internal static class ReplayCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("JOURNAL")
        {
            Description = terminal.Say("Folder of a tenant's journal", "Dossier du journal d'un client"),
        };
        var call = new Option<string?>("--call")
        {
            Description = terminal.Say("Only what concerns this call", "Seulement ce qui concerne cet appel"),
        };
        var queue = new Option<string?>("--queue")
        {
            Description = terminal.Say("Only what concerns this queue", "Seulement ce qui concerne cette file"),
        };
        var decisions = new Option<bool>("--decisions")
        {
            Description = terminal.Say("Decisions only", "Seulement les décisions"),
        };
        var command = new Command("replay", terminal.Say(
            "Replay a journal: inputs, decisions with their reasons, effects; exit code 5 when it is damaged",
            "Rejouer un journal : entrées, décisions et leurs raisons, effets ; code 5 s'il est abîmé"))
        {
            folder, call, queue, decisions,
        };
        command.SetAction(result =>
        {
            var filter = new ReplayFilter(result.GetValue(call), result.GetValue(queue), result.GetValue(decisions));
            return Run(result.GetValue(folder)!, filter, terminal);
        });
        return command;
    }

    private static int Run(string folder, ReplayFilter filter, Terminal terminal)
    {
        if (!Directory.Exists(folder))
        {
            return terminal.Fail(ExitCode.NotFound,
                $"there is no folder '{folder}'", $"il n'y a pas de dossier « {folder} »");
        }

        try
        {
            var replay = new ReplayRun(folder, filter, terminal);
            replay.Run();
            return replay.EntryCount > 0 ? ExitCode.Ok : terminal.Fail(ExitCode.InvalidJournal,
                $"'{folder}' holds no journal", $"« {folder} » ne contient pas de journal");
        }
        catch (Exception e) when (e is StorageException or AssertionFailed)
        {
            return terminal.Fail(ExitCode.InvalidJournal, e.Message, e.Message);
        }
    }
}

/// <summary>What of a replay is printed.</summary>
internal sealed record ReplayFilter(string? Call, string? Queue, bool DecisionsOnly)
{
    public bool Wants(string json) =>
        (Call is null || json.Contains('"' + Call + '"', StringComparison.Ordinal))
        && (Queue is null || json.Contains('"' + Queue + '"', StringComparison.Ordinal));
}

/// <summary>One replay.</summary>
internal sealed class ReplayRun(string folder, ReplayFilter filter, Terminal terminal)
{
    private readonly List<CentreEffect> _effects = [];
    private long _decisionCount;
    private long _effectCount;
    private long _recordCount;

    public long EntryCount { get; private set; }

    public void Run()
    {
        var reader = new JournalReader(folder);
        Centre? centre = null;
        foreach (var entry in reader.Read())
        {
            centre ??= new Centre(new IdSource(reader.First!.Node));
            EntryCount++;
            _effects.Clear();
            centre.Apply(entry.At, entry.Input, _effects);
            PrintInput(entry);
            foreach (var effect in _effects)
            {
                Print(entry.At, effect);
            }
        }

        if (reader.Torn is { } torn)
        {
            terminal.Error.WriteLine(terminal.Say(
                $"the end of {torn.Path} is torn: {torn.Bytes} bytes behind byte {torn.At}",
                $"la fin de {torn.Path} est déchirée : {torn.Bytes} octets après l'octet {torn.At}"));
        }

        if (centre is not null)
        {
            Summarise(centre);
        }
    }

    private void Summarise(Centre centre)
    {
        terminal.Out.WriteLine(terminal.Say(
            $"{EntryCount} inputs, {_decisionCount} decisions, {_effectCount} effects, {_recordCount} call records",
            $"{EntryCount} entrées, {_decisionCount} décisions, {_effectCount} effets, {_recordCount} fiches d'appel"));
        terminal.Out.WriteLine(terminal.Say("state ", "état ") + centre.StateHash().ToString("x16"));
    }

    private void PrintInput(JournalEntry entry)
    {
        if (filter.DecisionsOnly)
        {
            return;
        }

        var json = JsonSerializer.Serialize<CentreInput>(entry.Input, PlateauJson.Options);
        if (filter.Wants(json))
        {
            // A configuration is long and stands in the journal's own file; its name is enough here.
            terminal.Out.WriteLine($"{entry.At} #{entry.N} > {(entry.Input is ApplyConfig ? "applyConfig" : json)}");
        }
    }

    private void Print(Instant at, CentreEffect effect)
    {
        _effectCount++;
        if (effect is WriteDecision decision)
        {
            _decisionCount++;
            PrintDecision(decision.Record);
            return;
        }

        _recordCount += effect is WriteCallRecord ? 1 : 0;
        var json = JsonSerializer.Serialize(effect, effect.GetType(), PlateauJson.Options);
        if (!filter.DecisionsOnly && filter.Wants(json))
        {
            terminal.Out.WriteLine($"{at}     < {effect.GetType().Name} {json}");
        }
    }

    private void PrintDecision(DecisionRecord record)
    {
        if (!filter.Wants(JsonSerializer.Serialize(record, PlateauJson.Options)))
        {
            return;
        }

        var to = record.Chosen is { } agent
            ? terminal.Say($"offered to {agent}", $"proposé à {agent}")
            : terminal.Say("offered to nobody", "proposé à personne");
        terminal.Out.WriteLine($"{record.At}     = {record.Call} {record.Queue}: {to} ({record.Reason}, "
            + terminal.Say("score", "score") + $" {record.Score:0.###}, " + terminal.Say("step", "étape") + $" {record.Step})");
        foreach (var candidate in record.Candidates)
        {
            var detail = candidate.Detail.Length == 0 ? string.Empty : $" ({candidate.Detail})";
            terminal.Out.WriteLine($"                                  {candidate.Agent}: "
                + DecisionWords.Of(candidate.Reason).In(terminal.Language) + detail);
        }

        if (record.CandidatesLeftOut > 0)
        {
            terminal.Out.WriteLine("                                  " + terminal.Say(
                $"and {record.CandidatesLeftOut} more", $"et {record.CandidatesLeftOut} autres"));
        }
    }
}
