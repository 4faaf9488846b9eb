using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Routing;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>Asking for a callback while waiting, and being an attempt of one.</summary>
internal sealed partial class CallMachine
{
    private Callback? _callback;
    private PlaybackId? _goodbye;

    /// <summary>This call is an attempt of a callback.</summary>
    internal void Become(Callback callback)
    {
        _callback = callback;
        Language = callback.Language;
        Queue = callback.Queue;
    }

    /// <summary>Customer first: the customer is called, and waits at the head of the queue when they answer.</summary>
    internal void DialCustomerFirst()
    {
        State = CallState.Connecting;
        Customer = _target = CallCustomer();
    }

    /// <summary>The attempt reached a machine: nobody to talk to, the place stays.</summary>
    internal RequestError? ReportMachine()
    {
        if (_attempted is not { } callback || Customer is not { IsAlive: true } || State != CallState.Talking)
        {
            return RequestError.WrongState;
        }

        var request = new CallbackRequest(callback.Queue, callback.Number, callback.Entered, callback.Called, Language)
        {
            PriorityS = callback.PriorityS,
            Skills = callback.Skills,
        };
        _routing.Resume(request, callback.Attempts);
        ClearAll(ClearingCause.Normal, ClearingSide.Agent);
        return null;
    }

    private Callback? _attempted;

    private bool IsCallbackKey(char digit) => _routing.Find(Id) is { } item
        && item.Queue.Config.Callback?.Key == digit && _routing.IsCallbackOffered(item);

    private void AskForCallback()
    {
        var item = _routing.Find(Id)!;
        var request = new CallbackRequest(item.Queue.Id, item.Caller, item.Entered, Called, Language)
        {
            PriorityS = item.PriorityS,
            Skills = item.Skills,
        };
        if (_routing.RegisterCallback(request, out _) is not null)
        {
            return;
        }

        AddVisit(_routing.Leave(Id, QueueExit.Callback));
        EndFlow();
        _saying = null;
        State = CallState.Ivr;
        Customer!.Enter(SegmentKind.Ivr, Now);
        _goodbye = new PlaybackId(_context.NextId());
        _context.Emit(new PlayPrompts(Customer.Id, _goodbye.Value, [WaitingTexts.CallbackGranted(Language)]));
    }

    /// <summary>Agent first: the agent is there and hears the customer's telephone ring.</summary>
    private void DialCallbackCustomer(Leg agent)
    {
        _routing.AttemptStarted(Id, agent.Offer!);
        agent.Offer = null;
        _roster.Find(agent.Agent!.Value)!.Dial(Id, agent.Queue);
        agent.Enter(SegmentKind.Dialling, Now, agent.Queue);
        State = CallState.Connecting;
        _origin = agent;
        Customer = _target = CallCustomer();
        _context.Emit(new PlayTone(agent.Id, LegTone.Ringback));
    }

    private Leg CallCustomer()
    {
        var config = QueueConfigOf(_callback!.Queue)?.Callback;
        var ring = TimeSpan.FromSeconds(Math.Max(config?.RingS ?? 30, 1));
        _context.Set(_connectDue, ring);
        return CallNumber(
            _callback.Number, LegRole.Customer, config?.CallerId ?? _callback.Called, ring + Limits.OfferGrace);
    }

    /// <summary>The customer called back answered; true when that was all there was to do.</summary>
    private bool OnCallbackCustomerUp()
    {
        if (_callback is not { } callback)
        {
            return false;
        }

        _callback = null;
        _attempted = callback;
        _context.Clear(_connectDue);
        AddVisit(_routing.Delivered(callback, _origin?.Agent));
        if (_origin is not null)
        {
            return false;
        }

        _target = null;
        JoinQueue(new QueueEntry(Id, callback.Queue)
        {
            Entered = callback.Entered,
            PriorityS = callback.PriorityS,
            Skills = callback.Skills,
            IsGranted = true,
            IsFirst = true,
        });
        return true;
    }

    /// <summary>The attempt ends without the customer: the place stays with the callback.</summary>
    private void EndAttempt(bool isCounted)
    {
        if (_callback is { } callback)
        {
            _callback = null;
            if (callback.Call == Id)
            {
                _routing.AttemptFailed(callback, isCounted);
            }
        }
    }
}
