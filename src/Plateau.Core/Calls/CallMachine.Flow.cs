using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Ivr;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>The flow that leads the caller: its effects done, its inputs fed.</summary>
internal sealed partial class CallMachine
{
    private readonly Deadline _flowDue;
    private readonly Queue<FlowEffect> _pendingFlow = new();
    private FlowMachine? _flow;
    private FlowId? _flowId;
    private int _flowVersion;
    private JsonObject? _variables;
    private PlaybackId? _flowPlayback;
    private HttpRequestId? _flowHttp;
    private bool _isFlowPumped;

    internal string? FlowPlace => _flow?.Place;

    /// <summary>Starts a flow for the customer; false when there is none of the name.</summary>
    internal bool StartFlow(FlowId id)
    {
        if (Config.Flows.Find(id) is not { } flow || Customer is not { } leg)
        {
            return false;
        }

        EndFlow();
        _flow = new FlowMachine(Config.Flows, flow, new FlowCaller(
            Id, Caller, Called, Language, _callerName, _divertedFrom, _label, leg.IsUp));
        _flowId ??= id;
        _flowVersion = _flowVersion == 0 ? flow.Version : _flowVersion;
        State = CallState.Ivr;
        LeaveBridge(leg);
        leg.Enter(SegmentKind.Ivr, Now);
        var effects = new List<FlowEffect>();
        _flow.Start(Now, effects);
        Pump(effects);
        return true;
    }

    private void Feed(FlowInput input)
    {
        if (_flow is not { IsOver: false } flow)
        {
            return;
        }

        var effects = new List<FlowEffect>();
        flow.Apply(Now, input, effects);
        Pump(effects);
    }

    /// <summary>Does what the flow asks, in order; waits while the leg is being answered.</summary>
    private void Pump(List<FlowEffect> effects)
    {
        foreach (var effect in effects)
        {
            _pendingFlow.Enqueue(effect);
        }

        if (_isFlowPumped)
        {
            return;
        }

        _isFlowPumped = true;
        while (_flow is not null && Customer is not { Phase: LegPhase.Answering } && _pendingFlow.TryDequeue(out var effect))
        {
            Do(effect);
        }

        _isFlowPumped = false;
        _context.Set(_flowDue, _flow is { IsOver: false } flow ? flow.NextDeadline : Instant.Never);
    }

    private void Do(FlowEffect effect)
    {
        var leg = Customer!;
        switch (effect)
        {
            case FlowAnswer:
                AnswerCustomer();
                break;
            case FlowPlay play:
                _flowPlayback = new PlaybackId(_context.NextId());
                _context.Emit(new PlayPrompts(leg.Id, _flowPlayback.Value, play.Items, play.BargeIn));
                break;
            case FlowStopPlaying:
                _flowPlayback = null;
                _context.Emit(new StopPlaying(leg.Id));
                break;
            case FlowEnterQueue queue:
                _flowPlayback = null;
                JoinQueue(
                    new QueueEntry(Id, queue.Queue)
                    {
                        PriorityS = queue.PriorityS,
                        Skills = queue.Skills,
                        Preferred = queue.PreferredAgent,
                    },
                    queue.ExitKeys);
                break;
            case FlowTransfer transfer:
                _flowPlayback = null;
                SendFromFlow(transfer);
                break;
            case FlowRegisterCallback callback:
                var isAccepted = _routing.RegisterCallback(new CallbackRequest(
                    callback.Queue, callback.Number, Now, Called, Language), out _) is null;
                Feed(new FlowCallbackRegistered(isAccepted));
                break;
            case FlowClear clear:
                ClearAll(clear.Cause, ClearingSide.System);
                break;
            default:
                DoQuiet(effect, leg);
                break;
        }
    }

    private void DoQuiet(FlowEffect effect, Leg leg)
    {
        switch (effect)
        {
            case FlowRecordMessage message:
                BeginVoicemail(message.Mailbox, message.LengthMax, message.SilenceMax, message.Beep);
                break;
            case FlowStopMessage:
                StopVoicemail();
                break;
            case FlowCallHttp http:
                _flowHttp = new HttpRequestId(_context.NextId());
                _context.Emit(new CallHttp(
                    Id, _flowHttp.Value, http.Method, http.Url, http.Headers, http.Body, http.Timeout));
                break;
            case FlowSetLanguage language:
                Language = language.Language;
                break;
            case FlowTrace { Detail: "" } trace when State == CallState.Ivr:
                leg.Enter(SegmentKind.Ivr, Now, null, trace.Node);
                break;
            case FlowMaskDigits mask:
                MaskRecording(mask.Masked);
                break;
            default:
                break;
        }
    }

    private void SendFromFlow(FlowTransfer transfer)
    {
        _origin = Customer;
        var error = transfer.Target is { Agent: null, Number: null }
            ? Send(transfer.Target, keepPlace: false, null)
            : ConnectTo(transfer.Target, transfer.RingMax);
        if (error is { } why)
        {
            _origin = null;
            Feed(new FlowTransferFailed(why.ToString()));
        }
    }

    private void EndFlow()
    {
        _variables = _flow?.Variables ?? _variables;
        _flow = null;
        _flowPlayback = null;
        _pendingFlow.Clear();
        _context.Clear(_flowDue);
    }

    internal void OnHttp(HttpAnswered input)
    {
        if (_flowHttp == input.Http)
        {
            _flowHttp = null;
            Feed(new FlowHttpAnswered(input.Status, input.Body, input.Error));
        }
    }

    internal void OnPlayback(Leg leg, PlaybackEnded input)
    {
        if (_flowPlayback == input.Playback)
        {
            _flowPlayback = null;
            Feed(new FlowPlayed(input.Completed));
        }
        else if (_saying == input.Playback)
        {
            OnSaid();
        }
        else if (leg.Whisper == input.Playback)
        {
            leg.Whisper = null;
            ConnectOffered(leg);
        }
        else if (_goodbye == input.Playback)
        {
            ClearAll(ClearingCause.Normal, ClearingSide.System);
        }
    }

    internal void OnDigit(Leg leg, char digit)
    {
        if (leg != Customer)
        {
            return;
        }

        switch (State)
        {
            case CallState.Ivr or CallState.Voicemail:
                Feed(new FlowDigit(digit));
                break;
            case CallState.Queued when IsCallbackKey(digit):
                AskForCallback();
                break;
            case CallState.Queued when _exitKeys.Contains(digit, StringComparison.Ordinal):
                _saying = null;
                AddVisit(_routing.Leave(Id, QueueExit.KeyExit));
                OnQueueLeft(QueueExit.KeyExit, digit);
                break;
            default:
                break;
        }
    }
}
