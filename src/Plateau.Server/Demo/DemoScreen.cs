using System.Globalization;
using Plateau.Server.Cli;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plateau.Server.Demo;

/// <summary>Draws the floor for a terminal of 80×24 or more; what does not fit is left out at the end of the list of
/// calls.</summary>
internal sealed class DemoScreen(Terminal terminal, DemoSite site)
{
    private const int WideColumns = 110;
    private const int LinesOfHeader = 3;
    private const int LinesOfHealth = 1;
    private readonly DemoWords _words = new(terminal);

    /// <summary>The whole screen.</summary>
    /// <param name="view">What to show.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Lines of the terminal.</param>
    public IRenderable Draw(DemoView view, int width, int height)
    {
        var columns = width >= WideColumns ? 3 : 2;
        var agentLines = (view.Agents.Count + columns - 1) / columns;
        // Each part has a line of headings; the last line of the terminal is left for the cursor.
        var left = height - 1 - LinesOfHeader - (view.Queues.Count + 1) - (agentLines + 1) - 1 - LinesOfHealth;
        return new Rows(
            Header(view, width), Queues(view), Title(_words.Say("Agents", "Agents")), Agents(view, columns, agentLines),
            Title(_words.Say("Latest calls", "Derniers appels")), Calls(view, Math.Max(1, left)), Health(view, width));
    }

    private Rows Header(DemoView view, int width)
    {
        var totals = view.Totals;
        var first = $"Plateau {DemoWords.Time(view.Elapsed)}  " + _words.Say(
            $"{totals.Calls} calls, {totals.Waiting} waiting, {totals.Talking} talking, {totals.Answered} answered, "
            + $"{totals.Abandoned} abandoned",
            $"{totals.Calls} appels, {totals.Waiting} en attente, {totals.Talking} en ligne, {totals.Answered} traités, "
            + $"{totals.Abandoned} abandonnés");
        var second = _words.Say("Call in:", "Appelez :") + $" {site.CallCommand}   "
            + _words.Say("or", "ou") + $" sip:{DemoSite.Number}@{site.Sip}";
        return new Rows(
            Line(first, width, new Style(Color.DeepSkyBlue1, decoration: Decoration.Bold)),
            Line(second, width, new Style(decoration: Decoration.Bold)),
            Line($"API {site.Api}   Bearer {site.Key}", width, Style.Plain));
    }

    private Table Queues(DemoView view)
    {
        var threshold = view.Totals.ThresholdS;
        var table = Plain();
        // The definition of service level stands with its name where the eye begins; its threshold over the figures.
        Add(table, _words.Say("Queue · level ", "File · NS ") + view.Totals.Definition, Justify.Left, 26);
        Add(table, _words.Say("Waiting", "Attente"), Justify.Right, 7);
        Add(table, _words.Say("Longest", "Max"), Justify.Right, 7);
        Add(table, _words.Say("Estimate", "Estimée"), Justify.Right, 8);
        Add(table, _words.Say("Answered", "Traités"), Justify.Right, 8);
        Add(table, _words.Say("Lost", "Perdus"), Justify.Right, 6);
        Add(table, _words.Say("Level", "NS") + $" {threshold}s", Justify.Right, 10);
        foreach (var queue in view.Queues)
        {
            var colour = queue.Waiting == 0 ? "grey" : queue.Longest > TimeSpan.FromSeconds(60) ? "red" : "yellow";
            table.AddRow(
                Text(queue.Name), new Markup($"[{colour}]{queue.Waiting}[/]"),
                new Markup(queue.Waiting == 0 ? "[grey]–[/]" : $"[{colour}]{DemoWords.Time(queue.Longest)}[/]"),
                Text(queue.Estimate is { } estimate ? DemoWords.Time(estimate) : "–"),
                Text(queue.Answered.ToString(CultureInfo.InvariantCulture)),
                Text(queue.Abandoned.ToString(CultureInfo.InvariantCulture)), Text(_words.Percent(queue.ServiceLevel)));
        }

        return table;
    }

    private Table Agents(DemoView view, int columns, int lines)
    {
        var table = Plain().HideHeaders();
        for (var i = 0; i < columns; i++)
        {
            Add(table, "", Justify.Left, 9);
            Add(table, "", Justify.Left, 10);
            Add(table, "", Justify.Right, 5);
            Add(table, "", Justify.Left, 12);
        }

        for (var line = 0; line < lines; line++)
        {
            var cells = new List<IRenderable>();
            for (var column = 0; column < columns; column++)
            {
                cells.AddRange(Agent(view.Agents.ElementAtOrDefault((column * lines) + line)));
            }

            table.AddRow(cells);
        }

        return table;
    }

    private IEnumerable<IRenderable> Agent(AgentLine? agent)
    {
        if (agent is null)
        {
            return [Text(""), Text(""), Text(""), Text("")];
        }

        var (state, colour) = _words.State(agent.State);
        return
        [
            Text(agent.Name.Split(' ')[0]), new Markup($"[{colour}]{state}[/]"), Text(DemoWords.Time(agent.Since)),
            new Text(agent.Detail, new Style(Color.Grey)).Ellipsis(),
        ];
    }

    private Table Calls(DemoView view, int lines)
    {
        var table = Plain().HideHeaders();
        Add(table, "", Justify.Left, 5);
        Add(table, "", Justify.Left, 14);
        Add(table, "", Justify.Left, 21);
        Add(table, "", Justify.Left, 15);
        Add(table, "", Justify.Left, 10);
        Add(table, "", Justify.Right, 6);
        foreach (var call in view.Calls.Take(lines))
        {
            var (outcome, colour) = _words.Outcome(call.Outcome);
            table.AddRow(
                new Markup($"[grey]{DemoWords.Time(call.At)}[/]"), Text(DemoWords.Number(call.Caller)), Text(call.Queue),
                new Markup($"[{colour}]{outcome}[/]"), Text(call.Agent.Split(' ')[0]), Text(DemoWords.Time(call.For)));
        }

        for (var i = view.Calls.Count; i < lines; i++)
        {
            table.AddRow(Text(" "));
        }

        return table;
    }

    private Text Health(DemoView view, int width)
    {
        var health = view.Health;
        var culture = CultureInfo.GetCultureInfo(terminal.Language);
        var mos = health.Mos?.ToString("0.0", culture) ?? "–";
        var lost = (health.LostShare * 100).ToString("0.00", culture);
        var cores = Math.Round(health.Cores * 100);
        return Line(_words.Say(
            $"{health.CallsUp} calls up · {health.Phones} phones · MOS {mos} · {lost} % lost · CPU {cores} % · "
            + $"{health.MegaBytes} MB · Ctrl-C ends",
            $"{health.CallsUp} appels · {health.Phones} postes · MOS {mos} · {lost} % perdus · CPU {cores} % · "
            + $"{health.MegaBytes} Mo · Ctrl-C termine"), width, new Style(Color.Grey));
    }

    private static Text Line(string text, int width, Style style) =>
        new(text.Length > width ? text[..(width - 1)] + "…" : text, style);

    private static Table Plain() => new Table().NoBorder().Collapse();

    private static void Add(Table table, string heading, Justify alignment, int width) => table.AddColumn(
        new TableColumn(new Markup($"[bold]{Markup.Escape(heading)}[/]"))
        {
            Alignment = alignment, Width = width, NoWrap = true, Padding = new Padding(0, 0, 1, 0),
        });

    private static Rule Title(string text) => new($"[bold]{text}[/]") { Justification = Justify.Left, Style = "grey" };

    private static Text Text(string text) => new Text(text).Ellipsis();
}
