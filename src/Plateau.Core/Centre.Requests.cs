using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.Core.Routing;

namespace Plateau.Core;

/// <summary>Requests: who may ask, who answers.</summary>
public sealed partial class Centre
{
    private void Answer(CentreRequest request)
    {
        CallId? call = null;
        var error = IsAllowed(request) ? Grant(request, ref call) : RequestError.NotAllowed;
        if (request.Request.Value != 0)
        {
            _context.Emit(new AnswerRequest(request.Request, error, error?.ToString() ?? string.Empty, call));
        }
    }

    /// <summary>The system and supervisors may ask anything; agents for themselves and for calls they are in.</summary>
    private bool IsAllowed(CentreRequest request)
    {
        if (request.By is not { } by || _context.Config.IsSupervisor(by))
        {
            return true;
        }

        return request switch
        {
            LogIn r => r.Agent == by,
            LogOut r => r.Agent == by,
            GoReady r => r.Agent == by,
            Agents.Pause r => r.Agent == by,
            RequestWrapUp r => r.Agent == by,
            EndWrapUp r => r.Agent == by,
            PlaceCall r => r.Agent == by,
            HoldCall r => r.Agent == by,
            ResumeCall r => r.Agent == by,
            MuteLeg r => r.Agent == by,
            Consult r => r.Agent == by,
            CompleteTransfer r => r.Agent == by,
            MakeConference r => r.Agent == by,
            CancelConsultation r => r.Agent == by,
            SwapConsultation r => r.Agent == by,
            RetrieveCall r => r.Agent == by,
            PullWaiting r => r.Agent == by,
            HangUp r => (r.Agent ?? by) == by && IsIn(r.Call, by),
            TransferCall r => IsIn(r.Call, by),
            ParkCall r => IsIn(r.Call, by),
            SendDigits r => IsIn(r.Call, by),
            ReportMachine r => IsIn(r.Call, by),
            ControlRecording r => IsIn(r.Call, by),
            SetDisposition r => IsIn(r.Call, by),
            AcknowledgeOffer r => IsOffered(r.Offer, by),
            AcceptOffer r => IsOffered(r.Offer, by),
            RejectOffer r => IsOffered(r.Offer, by),
            _ => false,
        };
    }

    private bool IsIn(CallId call, AgentId agent) => _calls.Find(call) is { } machine && machine.WasIn(agent);

    private bool IsOffered(OfferId offer, AgentId agent) => _roster.Find(agent)?.Offer is not { } own || own == offer;

    private RequestError? Grant(CentreRequest request, ref CallId? call) => request switch
    {
        LogIn r => _roster.Apply(r),
        LogOut r => _roster.Apply(r),
        GoReady r => _roster.Apply(r),
        Agents.Pause r => _roster.Apply(r),
        RequestWrapUp r => _roster.Apply(r),
        EndWrapUp r => _roster.Apply(r),
        SetAgentQueues r => _roster.Apply(r),
        SetAgentSkills r => _roster.Apply(r),
        SetQueueOpen r => _routing.SetOpen(r),
        MoveWaiting r => _routing.MoveTo(r),
        ChangePriority r => _routing.Prioritise(r),
        PullWaiting r => _routing.Pull(r),
        CancelCallback r => _routing.Cancel(r),
        _ => _calls.Apply(request, ref call),
    };
}
