using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Calls;
using Plateau.Core.Agents;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>What people ask of calls.</summary>
internal sealed partial class LiveCalls
{
    internal RequestError? Apply(CentreRequest request, ref CallId? call)
    {
        switch (request)
        {
            case PlaceCall place:
                return Place(place, ref call);
            case RetrieveCall retrieve:
                return Retrieve(retrieve, ref call);
            case AcknowledgeOffer acknowledge:
                return LegOffering(acknowledge.Offer) is { } shown ? shown.Call.Acknowledge(shown) : RequestError.NotFound;
            case AcceptOffer accept:
                return LegOffering(accept.Offer) is { } taken ? taken.Call.Accept(taken) : RequestError.NotFound;
            case RejectOffer reject:
                return LegOffering(reject.Offer) is { } refused ? refused.Call.Reject(refused) : RequestError.NotFound;
            default:
                return ApplyToCall(request, ref call);
        }
    }

    private RequestError? ApplyToCall(CentreRequest request, ref CallId? id)
    {
        if (CallOf(request) is not { } named || Find(named) is not { } call)
        {
            return RequestError.NotFound;
        }

        id = named;
        if (request is SetDisposition disposition)
        {
            return SetDisposition(call, disposition);
        }

        return call.IsOver ? RequestError.WrongState : request switch
        {
            HoldCall r => call.Hold(r.Agent),
            ResumeCall r => call.Resume(r.Agent),
            MuteLeg r => call.Mute(r.Agent, r.Muted),
            HangUp r => call.HangUpLeg(r.Agent ?? r.By, SideOf(r.By)),
            TransferCall r => call.Transfer(r.Target, r.KeepPlace, r.By),
            Consult r => call.Consult(r.Agent, r.Target),
            CompleteTransfer r => call.CompleteTransfer(r.Agent),
            MakeConference r => call.Conference(r.Agent),
            CancelConsultation r => call.CancelConsultation(r.Agent),
            SwapConsultation r => call.Swap(r.Agent),
            ParkCall r => call.Park(r.Slot, r.By),
            SendDigits r => AreDigits(r.Digits) ? call.SendDigits(r.Digits) : RequestError.Invalid,
            ControlRecording r => call.ControlRecording(r.Action),
            StartMonitoring r => Monitor(call, r),
            StopMonitoring r => call.StopMonitoring(r.Supervisor),
            TakeOver r => call.TakeOver(r.Supervisor),
            ReportMachine => call.ReportMachine(),
            _ => RequestError.Invalid,
        };
    }

    private static CallId? CallOf(CentreRequest request) => request switch
    {
        HoldCall r => r.Call,
        ResumeCall r => r.Call,
        MuteLeg r => r.Call,
        HangUp r => r.Call,
        TransferCall r => r.Call,
        Consult r => r.Call,
        CompleteTransfer r => r.Call,
        MakeConference r => r.Call,
        CancelConsultation r => r.Call,
        SwapConsultation r => r.Call,
        ParkCall r => r.Call,
        SendDigits r => r.Call,
        ControlRecording r => r.Call,
        StartMonitoring r => r.Call,
        StopMonitoring r => r.Call,
        TakeOver r => r.Call,
        ReportMachine r => r.Call,
        SetDisposition r => r.Call,
        _ => null,
    };

    private ClearingSide SideOf(AgentId? by) => by is not { } id ? ClearingSide.System
        : Context.Config.IsSupervisor(id) ? ClearingSide.Supervisor : ClearingSide.Agent;

    private static bool AreDigits(string digits) =>
        digits.Length is > 0 and <= Limits.DigitsMax && digits.AsSpan().IndexOfAnyExcept("0123456789*#ABCDabcd,") < 0;

    private RequestError? SetDisposition(CallMachine call, SetDisposition request) =>
        !Context.Config.IsDisposition(request.Disposition) || request.Notes is { Length: > Limits.NotesCharactersMax }
            ? RequestError.Invalid
            : call.SetDisposition(request.Disposition, request.Notes, request.By);

    private RequestError? Monitor(CallMachine call, StartMonitoring request)
    {
        if (Roster.Find(request.Supervisor) is not { IsLoggedIn: true } supervisor)
        {
            return RequestError.NotFound;
        }

        return supervisor.Config.Role == AgentRole.Supervisor
            ? call.StartMonitoring(supervisor, request.Mode)
            : RequestError.NotAllowed;
    }

    private RequestError? Place(PlaceCall request, ref CallId? id)
    {
        if (Roster.Find(request.Agent) is not { IsLoggedIn: true } agent)
        {
            return RequestError.NotFound;
        }

        if (agent.IsBusy)
        {
            return RequestError.WrongState;
        }

        if (agent.IsLost || agent.Phone is null)
        {
            return RequestError.TargetUnavailable;
        }

        if (_live >= Context.Config.Centre.CallsMax)
        {
            return RequestError.LimitReached;
        }

        var target = request.Target;
        var called = target.Number ?? target.Agent?.Value ?? target.Queue?.Value ?? target.Flow?.Value ?? target.Mailbox ?? string.Empty;
        var isOutside = target.Number is { } number && Context.Config.AgentAt(number) is null;
        if (request.Queue is { } queue && Context.Config.Queue(queue) is null)
        {
            return RequestError.Invalid;
        }

        if (!IsTargetValid(target))
        {
            return RequestError.Invalid;
        }

        var call = Begin(
            new CallId(Context.NextId()), isOutside ? CallDirection.Outbound : CallDirection.Internal,
            request.CallerId ?? agent.Config.Extension, called, null);
        id = call.Id;
        return call.Place(agent, target, request.CallerId, request.Queue);
    }

    private bool IsTargetValid(CallTarget target) => CallMachine.IsValid(target, Context.Config);

    private RequestError? Retrieve(RetrieveCall request, ref CallId? id)
    {
        if (InSlot(request.Slot) is not { } call || Roster.Find(request.Agent) is not { } agent)
        {
            return RequestError.NotFound;
        }

        id = call.Id;
        return call.Retrieve(agent);
    }

    private Leg? LegOffering(OfferId offer)
    {
        foreach (var agent in Roster.All)
        {
            if (agent.Offer == offer && agent.Call is { } call && Find(call)?.LegOf(agent.Id) is { Offer: not null } leg)
            {
                return leg;
            }
        }

        return null;
    }

    /// <summary>Routing chose an agent: the call's telephone is rung. A callback begins its call here.</summary>
    internal void Offer(WaitingItem item, QueueOffer offer)
    {
        var call = Find(item.Call!.Value) ?? BeginCallback(item);
        call.OnOffer(offer, item.Queue.Config);
    }

    private CallMachine BeginCallback(WaitingItem item)
    {
        var callback = item.Callback ?? throw new AssertionFailed($"call {item.Call} waits but is not there");
        return BeginCallback(callback);
    }

    private CallMachine BeginCallback(Callback callback)
    {
        var call = Begin(callback.Call!.Value, CallDirection.Outbound, callback.Called, callback.Number, null);
        call.Become(callback);
        return call;
    }

    /// <summary>The turn of a customer-first callback is near.</summary>
    internal void DialCustomer(Callback callback)
    {
        if (callback is { Call: not null, Item: not null })
        {
            BeginCallback(callback).DialCustomerFirst();
        }
    }
}
