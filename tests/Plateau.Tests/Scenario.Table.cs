using System.Globalization;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Core.Routing;

namespace Plateau.Tests;

/// <summary>Scenarios as tables: at · input · state · effect, one row a line; what follows // is for the
/// reader.</summary>
/// <remarks>
/// Inputs: login-AGENT, beat-AGENT, logout-, ready-, pause-, lost- and found-AGENT (telephone), dial-CALLER-QUEUE,
/// ring-LEG, answer-LEG, hangup-LEG, busy-LEG, noanswer-LEG, gone-LEG (unreachable), reject-AGENT, wrapup-, endwrap-,
/// hold- and resume-AGENT, key-CALLER-DIGIT, transfer-CALLER-AGENT|QUEUE, consult-AGENT-AGENT, complete-, conference-,
/// swap- and cancel-AGENT, park-AGENT-SLOT, retrieve-AGENT-SLOT, listen-, whisper-, barge-, stop- and
/// takeover-CALLER, tick.
/// States: AGENT=State, several with commas. Effects: those named must come in this order; "-" allows none that is
/// named
/// by a word: call-, clear-, join-, leave-, music-, answer-LEG, offer-AGENT-Outcome, left-Exit, record-Cause, no-Error.
/// </remarks>
internal sealed partial class Scenario
{
    internal static Scenario Run(string table, CentreConfig? config = null)
    {
        var scenario = new Scenario(config ?? SmallCentre.Config());
        foreach (var line in table.Split('\n').Skip(1))
        {
            var words = line.Split("//")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                scenario.Row(line.Trim(), words);
            }
        }

        scenario.Centre.Verify();
        return scenario;
    }

    private void Row(string line, string[] words)
    {
        Assert.True(words.Length >= 4, $"a row has at, input, state and effects: {line}");
        var first = Log.Count;
        At(double.Parse(words[0], CultureInfo.InvariantCulture));
        Do(words[1].Split('-'));
        Centre.Verify();
        foreach (var state in words[2].Split(',').Where(static s => s != "-"))
        {
            var agent = state.Split('=');
            Assert.True(
                StateOf(agent[0]).ToString() == agent[1], $"{line}\nbut {agent[0]} is {StateOf(agent[0])}");
        }

        var seen = Log.Skip(first).Select(e => Word(e.Effect)).Where(static w => w is not null).ToList();
        var found = 0;
        foreach (var effect in words.Skip(3).Where(static e => e != "-"))
        {
            found = seen.IndexOf(effect, found) + 1;
            Assert.True(found > 0, $"{line}\nbut there came {string.Join(' ', seen)}");
        }

        Assert.True(words[3] != "-" || seen.Count == 0, $"{line}\nbut there came {string.Join(' ', seen)}");
    }

    private string? Word(CentreEffect effect) => effect switch
    {
        OriginateLeg e => $"call-{NameOf(e.Leg)}",
        ClearLeg e => $"clear-{NameOf(e.Leg)}",
        JoinBridge { Mode: { } mode } e => $"{mode.ToString().ToLowerInvariant()}-{NameOf(e.Leg)}",
        JoinBridge e => $"join-{NameOf(e.Leg)}",
        LeaveBridge e => $"leave-{NameOf(e.Leg)}",
        PlayMusic e => $"music-{NameOf(e.Leg)}",
        AnswerLeg e => $"answer-{NameOf(e.Leg)}",
        WriteCallRecord e => $"record-{e.Record.Cause}",
        AnswerRequest { Error: { } error } => $"no-{error}",
        Publish { Fact: OfferEnded e } => $"offer-{e.Agent}-{e.Outcome}",
        Publish { Fact: QueueLeft e } => $"left-{e.Exit}",
        _ => null,
    };

    private void Do(string[] word)
    {
        var name = word.Length > 1 ? word[1] : string.Empty;
        var agent = new AgentId(name);
        switch (word[0])
        {
            case "tick":
                Give(new Tick());
                break;
            case "dial":
                Dial(name, word[2] == "support" ? SmallCentre.SupportNumber : SmallCentre.SalesNumber);
                break;
            case "ring":
                Ring(name);
                break;
            case "answer":
                Answer(name);
                break;
            case "hangup":
                HangUp(name);
                break;
            case "busy":
                HangUp(name, ClearingCause.Busy);
                break;
            case "noanswer":
                HangUp(name, ClearingCause.NoAnswer);
                break;
            case "gone":
                HangUp(name, ClearingCause.Unreachable);
                break;
            case "key":
                Give(new LegDigit(Leg(name), word[2][0]));
                break;
            case "lost" or "found":
                Give(new PhonePresence(new PhoneId($"p-{name}"), word[0] == "found"));
                break;
            case "alive":
                Give(new Heartbeat(agent));
                break;
            default:
                Ask(id => RequestOf(id, word, agent));
                break;
        }
    }

    private CentreRequest RequestOf(RequestId id, string[] word, AgentId agent) => word[0] switch
    {
        "login" => new LogIn(id, null, agent),
        "beat" => new LogIn(id, null, agent, null, HasHeartbeat: true),
        "logout" => new LogOut(id, null, agent),
        "ready" => new GoReady(id, null, agent),
        "pause" => new Pause(id, null, agent, new NotReadyReasonId("lunch")),
        "reject" => new RejectOffer(id, null, Facts<CallOffered>().Last(o => o.Agent == agent).Offer),
        "accept" => new AcceptOffer(id, null, Facts<CallOffered>().Last(o => o.Agent == agent).Offer),
        "show" => new AcknowledgeOffer(id, null, Facts<CallOffered>().Last(o => o.Agent == agent).Offer),
        "wrapup" => new RequestWrapUp(id, null, agent),
        "endwrap" => new EndWrapUp(id, null, agent),
        "place" => new PlaceCall(id, null, agent, TargetOf(word[2])),
        "retrieve" => new RetrieveCall(id, null, word[2], agent),
        "transfer" => new TransferCall(id, null, Call(word[1]), TargetOf(word[2])),
        "hold" => new HoldCall(id, null, CallOf(agent), agent),
        "resume" => new ResumeCall(id, null, CallOf(agent), agent),
        "consult" => new Consult(id, null, CallOf(agent), agent, TargetOf(word[2])),
        "complete" => new CompleteTransfer(id, null, CallOf(agent), agent),
        "conference" => new MakeConference(id, null, CallOf(agent), agent),
        "swap" => new SwapConsultation(id, null, CallOf(agent), agent),
        "cancel" => new CancelConsultation(id, null, CallOf(agent), agent),
        "park" => new ParkCall(id, agent, CallOf(agent), word[2]),
        "listen" => new StartMonitoring(id, null, Call(word[1]), new AgentId("eve"), MonitorMode.Listen),
        "whisper" => new StartMonitoring(id, null, Call(word[1]), new AgentId("eve"), MonitorMode.Whisper),
        "barge" => new StartMonitoring(id, null, Call(word[1]), new AgentId("eve"), MonitorMode.Barge),
        "stop" => new StopMonitoring(id, null, Call(word[1]), new AgentId("eve")),
        "takeover" => new TakeOver(id, null, Call(word[1]), new AgentId("eve")),
        "pull" => new PullWaiting(id, null, Call(word[2]), agent),
        "move" => new MoveWaiting(id, null, Call(word[1]), new QueueId(word[2])),
        _ => throw new ArgumentException($"no input is called {word[0]}"),
    };

    private CallTarget TargetOf(string name) =>
        Config.Queues.Any(q => q.Id.Value == name) ? new CallTarget(Queue: new QueueId(name))
        : Config.Agents.Any(a => a.Id.Value == name) ? new CallTarget(Agent: new AgentId(name))
        : name == "box" ? new CallTarget(Mailbox: name)
        : new CallTarget(Number: name);

    private CallId CallOf(AgentId agent) => Centre.FindAgent(agent)!.Call ?? new CallId(99);
}
