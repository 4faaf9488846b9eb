using Plateau.Contracts.Agents;
using Plateau.Server.Cli;

namespace Plateau.Server.Demo;

/// <summary>How states and times are written on the screen, in the language of the terminal.</summary>
internal sealed class DemoWords(Terminal terminal)
{
    public string Say(string en, string fr) => terminal.Say(en, fr);

    /// <summary>Minutes and seconds, hours when there are any.</summary>
    public static string Time(TimeSpan time)
    {
        var seconds = Math.Max(0, (long)time.TotalSeconds);
        return seconds < 3_600 ? $"{seconds / 60:00}:{seconds % 60:00}" : $"{seconds / 3_600}:{seconds / 60 % 60:00}:{seconds % 60:00}";
    }

    public string Percent(double? value) => value is { } number ? $"{Math.Round(number)} %" : "–";

    /// <summary>A French number in pairs, any other as it is; without what could be read as markup.</summary>
    public static string Number(string number)
    {
        var national = number.StartsWith("+33", StringComparison.Ordinal) ? "0" + number[3..] : number;
        return national.Length == 10 && national.All(char.IsAsciiDigit)
            ? string.Join(' ', Enumerable.Range(0, 5).Select(i => national.Substring(2 * i, 2)))
            : national;
    }

    public (string Text, string Colour) State(AgentState state) => state switch
    {
        AgentState.Idle => (Say("ready", "libre"), "green"),
        AgentState.Reserved => (Say("reserved", "réservé"), "yellow"),
        AgentState.Ringing => (Say("ringing", "sonne"), "yellow"),
        AgentState.Dialling => (Say("dialling", "numérote"), "yellow"),
        AgentState.Talking => (Say("talking", "en ligne"), "deepskyblue1"),
        AgentState.Holding => (Say("holding", "en attente"), "orange1"),
        AgentState.WrapUp => (Say("wrap-up", "post-appel"), "mediumpurple2"),
        AgentState.Paused => (Say("paused", "pause"), "grey"),
        AgentState.Missed => (Say("missed", "manqué"), "red"),
        AgentState.Unreachable => (Say("unreachable", "injoignable"), "red"),
        _ => (Say("logged out", "absent"), "grey"),
    };

    public (string Text, string Colour) Outcome(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Menu => (Say("menu", "menu"), "grey"),
        CallOutcome.Waiting => (Say("waiting", "attend"), "yellow"),
        CallOutcome.Ringing => (Say("rings at", "sonne chez"), "yellow"),
        CallOutcome.Talking => (Say("talks to", "parle à"), "deepskyblue1"),
        CallOutcome.Held => (Say("on hold by", "mis en attente"), "orange1"),
        CallOutcome.Done => (Say("answered", "traité"), "green"),
        CallOutcome.Abandoned => (Say("abandoned", "abandonné"), "red"),
        CallOutcome.Callback => (Say("call back", "à rappeler"), "mediumpurple2"),
        _ => (Say("ended", "terminé"), "grey"),
    };
}
