using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Server.Hosting;
using Plateau.Server.Identity;

namespace Plateau.Server.Calls;

/// <summary>Who asks, when a person does; null for the key itself.</summary>
/// <param name="By">The agent or supervisor.</param>
internal sealed record ActionBody(AgentId? By = null);

/// <param name="Agent">Whose leg.</param>
/// <param name="By">Who asks.</param>
internal sealed record AgentBody(AgentId Agent, AgentId? By = null);

internal sealed record PlaceCallBody(
    AgentId Agent, CallTarget Target, string? CallerId = null, QueueId? Queue = null, AgentId? By = null);

internal sealed record MuteBody(AgentId Agent, bool Muted, AgentId? By = null);

internal sealed record HangUpBody(AgentId? Agent = null, AgentId? By = null);

internal sealed record TransferBody(CallTarget Target, bool KeepPlace = false, AgentId? By = null);

internal sealed record ConsultBody(AgentId Agent, CallTarget Target, AgentId? By = null);

internal sealed record ParkBody(AgentId? Agent = null, string Slot = "", AgentId? By = null);

internal sealed record DigitsBody(string Digits, AgentId? By = null);

internal sealed record RecordingBody(RecordingAction Action, AgentId? By = null);

internal sealed record MonitorBody(AgentId Supervisor, MonitorMode Mode, AgentId? By = null);

internal sealed record SupervisorBody(AgentId Supervisor, AgentId? By = null);

internal sealed record DispositionBody(DispositionId Disposition, string? Notes = null, AgentId? By = null);

/// <summary>Everything that can be done with a call; the centre decides whether it may be done now.</summary>
internal static class CallActions
{
    public static void Map(ApiRoutes api)
    {
        api.Post<PlaceCallBody>("/calls", "Place a call for an agent", (call, b) => call.Ask(id =>
            new PlaceCall(id, b.By, b.Agent, b.Target, b.CallerId, b.Queue)));
        api.Post<AgentBody>("/parked/{slot}/retrieve", "Retrieve a parked call", (call, b) => call.Ask(id =>
            new RetrieveCall(id, b.By, call.Text("slot"), b.Agent)));
        MapConversation(api);
        MapConsultation(api);
        MapSupervision(api);
    }

    private static void MapConversation(ApiRoutes api)
    {
        api.Post<AgentBody>("/calls/{call}/hold", "Put the other parties on hold", (call, b) => call.Ask(id =>
            new HoldCall(id, b.By, call.Id<CallId>("call"), b.Agent)));
        api.Post<AgentBody>("/calls/{call}/resume", "Take the other parties back", (call, b) => call.Ask(id =>
            new ResumeCall(id, b.By, call.Id<CallId>("call"), b.Agent)));
        api.Post<MuteBody>("/calls/{call}/mute", "Mute or unmute an agent", (call, b) => call.Ask(id =>
            new MuteLeg(id, b.By, call.Id<CallId>("call"), b.Agent, b.Muted)));
        api.Post<HangUpBody>("/calls/{call}/hang-up", "Hang up an agent, or the whole call", (call, b) => call.Ask(id =>
            new HangUp(id, b.By, call.Id<CallId>("call"), b.Agent)));
        api.Post<ParkBody>("/calls/{call}/park", "Park a call", (call, b) => call.Ask(id =>
            new ParkCall(id, b.By, call.Id<CallId>("call"), b.Slot)));
        api.Post<DigitsBody>("/calls/{call}/digits", "Send digits to the customer's side", (call, b) => call.Ask(id =>
            new SendDigits(id, b.By, call.Id<CallId>("call"), b.Digits)));
        api.Post<RecordingBody>("/calls/{call}/recording", "Start, pause, resume or stop recording", (call, b) =>
            call.Ask(id => new ControlRecording(id, b.By, call.Id<CallId>("call"), b.Action)));
        api.Post<DispositionBody>("/calls/{call}/disposition", "Say how a call ended for the business", (call, b) =>
            call.Ask(id => new SetDisposition(id, b.By, call.Id<CallId>("call"), b.Disposition, b.Notes)));
    }

    private static void MapConsultation(ApiRoutes api)
    {
        api.Post<TransferBody>("/calls/{call}/transfer", "Blind transfer", (call, b) => call.Ask(id =>
            new TransferCall(id, b.By, call.Id<CallId>("call"), b.Target, b.KeepPlace)));
        api.Post<ConsultBody>("/calls/{call}/consult", "Hold the customer and call a third party", (call, b) =>
            call.Ask(id => new Consult(id, b.By, call.Id<CallId>("call"), b.Agent, b.Target)));
        api.Post<AgentBody>("/calls/{call}/consult/complete", "Connect the customer to the consulted party", (call, b) =>
            call.Ask(id => new CompleteTransfer(id, b.By, call.Id<CallId>("call"), b.Agent)));
        api.Post<AgentBody>("/calls/{call}/consult/conference", "All three together", (call, b) => call.Ask(id =>
            new MakeConference(id, b.By, call.Id<CallId>("call"), b.Agent)));
        api.Post<AgentBody>("/calls/{call}/consult/cancel", "Drop the consulted party", (call, b) => call.Ask(id =>
            new CancelConsultation(id, b.By, call.Id<CallId>("call"), b.Agent)));
        api.Post<AgentBody>("/calls/{call}/consult/swap", "Talk to the other of the two", (call, b) => call.Ask(id =>
            new SwapConsultation(id, b.By, call.Id<CallId>("call"), b.Agent)));
    }

    private static void MapSupervision(ApiRoutes api)
    {
        api.Post<MonitorBody>("/calls/{call}/monitoring", "Listen, whisper or barge", async (call, b) =>
        {
            var answer = await call.Ask(id =>
                new StartMonitoring(id, b.By, call.Id<CallId>("call"), b.Supervisor, b.Mode));
            await call.Audit("call.monitor", call.Text("call"), $"{b.Supervisor} {b.Mode}");
            return answer;
        });
        api.Post<SupervisorBody>("/calls/{call}/monitoring/stop", "Stop monitoring", (call, b) => call.Ask(id =>
            new StopMonitoring(id, b.By, call.Id<CallId>("call"), b.Supervisor)));
        api.Post<SupervisorBody>("/calls/{call}/take-over", "Take a call over from its agent", (call, b) =>
            call.Ask(id => new TakeOver(id, b.By, call.Id<CallId>("call"), b.Supervisor)));
    }
}
