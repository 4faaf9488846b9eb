using Plateau.Server.Cli;

namespace Plateau.Server.Demo;

/// <summary>The demo without a screen: what is to be known at the start, and a line now and then.</summary>
internal sealed class DemoTicker(Terminal terminal, DemoSite site)
{
    /// <summary>Time between two lines.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly DemoWords _words = new(terminal);

    public void Begin()
    {
        terminal.Out.WriteLine(terminal.Say("Plateau, demo of a retailer's centre", "Plateau, démonstration d'un centre d'appels"));
        terminal.Out.WriteLine(terminal.Say("call in:  ", "appelez :  ")
            + $"{site.CallCommand}   (sip:{DemoSite.Number}@{site.Sip})");
        terminal.Out.WriteLine($"API:  {site.Api}   Authorization: Bearer {site.Key}");
    }

    public void Tell(DemoView view)
    {
        var totals = view.Totals;
        var ready = view.Agents.Count(a => a.State == Contracts.Agents.AgentState.Idle);
        var level = $"{_words.Percent(totals.ServiceLevel)} ({totals.Definition}, {totals.ThresholdS} s)";
        terminal.Out.WriteLine($"{DemoWords.Time(view.Elapsed)}  " + terminal.Say(
            $"{totals.Calls} calls, {totals.Waiting} waiting, {totals.Talking} talking, {totals.Answered} answered, "
            + $"{totals.Abandoned} abandoned, service level {level}, {ready} agents ready",
            $"{totals.Calls} appels, {totals.Waiting} en attente, {totals.Talking} en ligne, {totals.Answered} traités, "
            + $"{totals.Abandoned} abandonnés, niveau de service {level}, {ready} agents libres"));
    }

    /// <summary>What came of it all, and where it lies.</summary>
    public void Summarise(DemoView view, int recordings)
    {
        var totals = view.Totals;
        var level = $"{_words.Percent(totals.ServiceLevel)} ({totals.Definition}, {totals.ThresholdS} s)";
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(terminal.Say(
            $"{DemoWords.Time(view.Elapsed)}: {totals.Calls} calls, {totals.Answered} answered, {totals.Abandoned} abandoned, "
            + $"service level {level}, {recordings} recordings.",
            $"{DemoWords.Time(view.Elapsed)} : {totals.Calls} appels, {totals.Answered} traités, {totals.Abandoned} abandonnés, "
            + $"niveau de service {level}, {recordings} enregistrements."));
        terminal.Out.WriteLine(terminal.Say("kept in:     ", "conservé dans :  ") + site.Folders.Kept);
        terminal.Out.WriteLine(terminal.Say("recordings:  ", "enregistrements :  ") + site.Folders.Recordings);
        terminal.Out.WriteLine(terminal.Say("read it again:  ", "tout relire :  ") + $"./plateau replay {site.Journal}");
    }
}
