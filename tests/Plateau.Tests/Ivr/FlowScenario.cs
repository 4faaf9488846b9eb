using System.Globalization;
using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Ivr;

namespace Plateau.Tests.Ivr;

/// <summary>Runs a flow against a table of virtual seconds, inputs and expected effects; traces are left out.</summary>
internal static class FlowScenario
{
    internal static readonly Instant Monday = Instant.Parse("2026-11-23T09:00:00Z"); // 10:00 in Paris.

    internal static CentreConfig Centre(params FlowConfig[] flows) => new()
    {
        Tenant = new TenantId("demo"),
        Flows = flows,
        Queues = [new QueueConfig { Id = new QueueId("sales") }, new QueueConfig { Id = new QueueId("support") }],
        Skills = [new SkillConfig(new SkillId("english"))],
        Hours =
        [
            new HoursConfig
            {
                Id = new HoursId("office"),
                FrenchHolidays = true,
                Periods =
                [
                    new OpenPeriodConfig(
                        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
                        new TimeOnly(9, 0), new TimeOnly(18, 0)),
                ],
            },
        ],
        Prompts =
        [
            new PromptConfig(
                new PromptId("welcome"), new Dictionary<string, string> { ["fr"] = "Bonjour.", ["en"] = "Hello." }),
            new PromptConfig(new PromptId("french-only"), new Dictionary<string, string> { ["fr"] = "Merci." }),
        ],
    };

    internal static FlowConfig Flow(string nodes, string id = "main", string? error = null) =>
        new(new FlowId(id), "start", (JsonObject)JsonNode.Parse(nodes)!, Error: error);

    internal static FlowSet Compile(params FlowConfig[] flows)
    {
        var set = FlowSet.Compile(Centre(flows));
        Assert.Empty(set.Errors);
        return set;
    }

    internal static FlowMachine Machine(FlowSet set, string flow = "main", ulong call = 1) => new(
        set, set.Find(new FlowId(flow))!,
        new FlowCaller(new CallId(call), "+33639980001", "+33199001234", "fr"));

    /// <summary>Rows are "at · input · effects"; effects are separated by ", ", "-" is none.</summary>
    internal static FlowMachine Run(string nodes, string table, Instant? start = null, string? error = null) =>
        Run(Compile(Flow(nodes, error: error)), table, start);

    internal static FlowMachine Run(FlowSet set, string table, Instant? start = null)
    {
        var machine = Machine(set);
        foreach (var line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells[0] == "at")
            {
                continue;
            }

            var now = (start ?? Monday) + TimeSpan.FromSeconds(double.Parse(cells[0], CultureInfo.InvariantCulture));
            var effects = new List<FlowEffect>();
            if (cells[1] == "start")
            {
                machine.Start(now, effects);
            }
            else
            {
                machine.Apply(now, Input(cells[1]), effects);
            }

            var told = string.Join(", ", effects.Where(e => e is not FlowTrace).Select(Tell));
            Assert.Equal($"{cells[0]} {cells[2]}", $"{cells[0]} {(told.Length == 0 ? "-" : told)}");
        }

        return machine;
    }

    private static FlowInput Input(string text)
    {
        var words = text.Split(' ', 3);
        return words[0] switch
        {
            "played" => new FlowPlayed(true),
            "tick" => new FlowTick(),
            "key" => new FlowDigit(words[1][0]),
            "left" => new FlowQueueLeft(
                Enum.Parse<QueueExit>(words[1], ignoreCase: true), words.Length > 2 ? words[2][0] : null),
            "failed" => new FlowTransferFailed(words[1]),
            "recorded" => new FlowMessageRecorded(
                TimeSpan.FromSeconds(double.Parse(words[1], CultureInfo.InvariantCulture))),
            "http" => new FlowHttpAnswered(
                int.Parse(words[1], CultureInfo.InvariantCulture), words.Length > 2 ? words[2] : string.Empty,
                words[1] == "0" ? "timeout" : null),
            "callback" => new FlowCallbackRegistered(words[1] == "accepted"),
            _ => throw new ArgumentException($"no input '{text}'"),
        };
    }

    private static string Tell(FlowEffect effect) => effect switch
    {
        FlowAnswer => "answer",
        FlowPlay play => "play " + string.Join(" + ", play.Items.Select(Tell)),
        FlowStopPlaying => "stop",
        FlowEnterQueue q => $"queue {q.Queue}{(q.PriorityS == 0 ? "" : $" {q.PriorityS:+0;-0}")}"
            + string.Concat(q.Skills.Select(s => $" {s.Key}={s.Value}"))
            + (q.PreferredAgent is { } agent ? $" for {agent}" : "") + (q.ExitKeys == "" ? "" : $" keys {q.ExitKeys}"),
        FlowRegisterCallback c => $"callback {c.Queue} {c.Number}",
        FlowTransfer t => "transfer " + Tell(t.Target),
        FlowRecordMessage r => $"record {r.Mailbox}",
        FlowStopMessage => "stop message",
        FlowCallHttp h => $"{h.Method} {h.Url}" + (h.Body is null ? "" : $" {h.Body}"),
        FlowSetLanguage l => $"language {l.Language}",
        FlowMaskDigits m => m.Masked ? "mask" : "unmask",
        FlowClear c => $"clear {c.Cause}",
        _ => effect.ToString(),
    };

    private static string Tell(PromptItem item) =>
        (item.Prompt is { } prompt ? $"[{prompt}] " : "") + $"{item.Text} ({item.Language})";

    private static string Tell(Core.Calls.CallTarget target) =>
        target.Agent?.ToString() ?? target.Queue?.ToString() ?? target.Number ?? $"mailbox {target.Mailbox}";
}
