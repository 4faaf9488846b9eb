using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>What is asked of a callback.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Number">The number to call.</param>
/// <param name="Entered">The entry time it keeps.</param>
/// <param name="Called">Number the customer had dialled.</param>
/// <param name="Language">The customer's language.</param>
internal sealed record CallbackRequest(QueueId Queue, string Number, Instant Entered, string Called, string Language)
{
    internal int PriorityS { get; init; }

    internal IReadOnlyDictionary<SkillId, int>? Skills { get; init; }
}

/// <summary>Callbacks that keep the place: virtual entries in the queue, with attempts, gaps and an end.</summary>
/// <remarks>
/// <code>
/// state     input                                    next state
/// (none)    asked for                                Waiting, unless the number has one already
/// Waiting   agent-first: its turn, an agent took it  Dialling
/// Waiting   customer-first: its turn is near         Dialling
/// Dialling  customer answered                        Delivered (customer-first: waits at the head of the queue)
/// Dialling  busy, no answer, refused, machine        Waiting, not before the gap; Failed after the last attempt
/// Waiting   expiry                                   Expired
/// any       cancelled, queue removed                 Cancelled
/// </code>
/// While the queue is closed nobody is dialled; the place stays.
/// </remarks>
internal sealed partial class RoutingMachine
{
    private readonly SortedDictionary<CallbackId, Callback> _callbacks = [];
    private readonly Dictionary<string, CallbackId> _callbacksByNumber = [];

    internal SortedDictionary<CallbackId, Callback>.ValueCollection Callbacks => _callbacks.Values;

    /// <summary>Registers a callback; null when it was accepted.</summary>
    internal RequestError? RegisterCallback(CallbackRequest request, out CallbackId id)
    {
        id = default;
        if (FindQueue(request.Queue) is not { Config.Callback: { } config } queue || !IsOpen(queue))
        {
            return RequestError.NotAllowed;
        }

        if (!Calls.CallMachine.IsDialable(request.Number))
        {
            return RequestError.Invalid;
        }

        if (_callbacksByNumber.ContainsKey(request.Number))
        {
            return RequestError.WrongState;
        }

        if (_callbacks.Count >= Limits.CallbacksMax)
        {
            return RequestError.LimitReached;
        }

        id = new CallbackId(context.NextId());
        var callback = new Callback(id, queue.Id, request.Number, request.Entered)
        {
            Requested = context.Now,
            Called = request.Called,
            Language = request.Language,
            PriorityS = request.PriorityS,
            Skills = request.Skills,
        };
        callback.GapDue = new Deadline(() => WakeCallback(callback));
        callback.ExpiryDue = new Deadline(() => OnExpiry(callback));
        context.Set(callback.ExpiryDue, TimeSpan.FromSeconds(config.ExpiryS));
        _callbacks[id] = callback;
        _callbacksByNumber[request.Number] = id;
        Tell(callback, CallbackState.Waiting);
        AddCallbackItem(queue, callback);
        return null;
    }

    internal RequestError? Cancel(CancelCallback request)
    {
        if (!_callbacks.TryGetValue(request.Callback, out var callback))
        {
            return RequestError.NotFound;
        }

        if (callback.State != CallbackState.Waiting)
        {
            return RequestError.WrongState;
        }

        End(callback, CallbackState.Cancelled);
        return null;
    }

    /// <summary>The agent of an agent-first callback is there: the customer is being called.</summary>
    internal void AttemptStarted(CallId call, QueueOffer offer)
    {
        var item = Find(call)!;
        Close(item, offer, OfferOutcome.Accepted);
        item.Callback!.Attempts++;
        Tell(item.Callback, CallbackState.Dialling);
    }

    /// <summary>The customer answered: the callback is over, its place used.</summary>
    internal QueueVisitRecord? Delivered(Callback callback, AgentId? agent)
    {
        if (callback.Item is not { } item)
        {
            return null;
        }

        callback.Item = null;
        var visit = TakeOut(item, QueueExit.Answered, agent);
        End(callback, CallbackState.Delivered);
        return agent is null ? null : visit;
    }

    /// <summary>The attempt came to nothing: the place stays, the next one not before the gap.</summary>
    /// <param name="callback">The callback.</param>
    /// <param name="isCounted">False when the attempt was lost through us, not through the customer.</param>
    internal void AttemptFailed(Callback callback, bool isCounted)
    {
        if (callback.Item is not { } item || callback.Call is null)
        {
            return;
        }

        Detach(item);
        if (FindQueue(callback.Queue) is not { Config.Callback: { } config }
            || (isCounted && callback.Attempts >= config.AttemptsMax))
        {
            End(callback, CallbackState.Failed);
            return;
        }

        item.State = WaitingState.Resting;
        callback.NotBefore = isCounted ? context.Now + TimeSpan.FromSeconds(config.GapS) : context.Now;
        Tell(callback, CallbackState.Waiting);
        context.Set(callback.GapDue!, callback.NotBefore);
    }

    /// <summary>A machine answered: the callback goes on with its place and the attempts made.</summary>
    internal void Resume(CallbackRequest request, int attempts)
    {
        if (FindQueue(request.Queue) is not { Config.Callback: { } config } || attempts >= config.AttemptsMax
            || RegisterCallback(request, out var id) is not null)
        {
            return;
        }

        var callback = _callbacks[id];
        callback.Attempts = attempts;
        callback.NotBefore = context.Now + TimeSpan.FromSeconds(config.GapS);
        context.Set(callback.GapDue!, callback.NotBefore);
        WakeCallback(callback);
    }

    /// <summary>The callback's next attempt begins: a call of its own.</summary>
    private CallId BeginCallback(WaitingItem item)
    {
        var call = new CallId(context.NextId());
        _itemsByCall[call] = item;
        item.Callback!.Call = call;
        return call;
    }

    private void Detach(WaitingItem item)
    {
        if (item.Call is { } call)
        {
            _itemsByCall.Remove(call);
        }

        item.Call = null;
        item.Callback!.Call = null;
    }

    private void AddCallbackItem(QueueState queue, Callback callback)
    {
        var item = new WaitingItem(callback.Id.Value, queue, callback.Entered)
        {
            Joined = context.Now,
            Callback = callback,
            Caller = callback.Number,
            Language = callback.Language,
            PriorityS = callback.PriorityS,
            Skills = callback.Skills,
            State = CanBeOffered(queue, callback) ? WaitingState.Waiting : WaitingState.Resting,
        };
        callback.Item = item;
        Add(item);
        TryDialCustomer(item, hasAgent: false);
    }

    private bool CanDial(QueueState queue, Callback callback) =>
        callback.State == CallbackState.Waiting && IsOpen(queue) && context.Now >= callback.NotBefore;

    private bool CanBeOffered(QueueState queue, Callback callback) =>
        queue.Config.Callback?.Mode == CallbackMode.AgentFirst && CanDial(queue, callback);

    /// <summary>Gap over, or the queue opened or closed: may it be offered now?</summary>
    private void WakeCallback(Callback callback)
    {
        if (callback.Item is not { } item || item.State is not (WaitingState.Resting or WaitingState.Waiting))
        {
            return;
        }

        if (CanBeOffered(item.Queue, callback))
        {
            item.State = WaitingState.Waiting;
            JoinPool(item);
        }
        else
        {
            LeavePool(item);
            item.State = WaitingState.Resting;
            TryDialCustomer(item, hasAgent: false);
        }
    }

    private void WakeCallbacks(QueueState queue)
    {
        foreach (var item in queue.Items.ToList())
        {
            if (item.Callback is { } callback)
            {
                WakeCallback(callback);
            }
        }
    }

    /// <summary>Calls the customer first when an agent is free for them or the wait is no longer than the
    /// ringing.</summary>
    private bool TryDialCustomer(WaitingItem item, bool hasAgent)
    {
        if (item.State != WaitingState.Resting || item.Call is not null || item.Callback is not { } callback
            || item.Queue.Config.Callback is not { Mode: CallbackMode.CustomerFirst } config
            || !CanDial(item.Queue, callback))
        {
            return false;
        }

        var isNear = EstimateFor(item) is { } wait && wait <= TimeSpan.FromSeconds(config.RingS);
        if (!hasAgent && !isNear && item.Pool is not { Idle.Count: > 0 })
        {
            return false;
        }

        item.Call = BeginCallback(item);
        callback.Attempts++;
        Tell(callback, CallbackState.Dialling);
        context.Post(new CallbackDue(callback));
        return true;
    }

    /// <summary>An agent found nothing to do: is there a customer to be called for them?</summary>
    private void DialForFreeAgent(AgentSeats seats)
    {
        if (_callbacks.Count == 0)
        {
            return;
        }

        foreach (var queue in seats.Queues)
        {
            if (DialFirst(queue, hasAgent: true))
            {
                return;
            }
        }
    }

    private bool DialFirst(QueueState queue, bool hasAgent)
    {
        if (_callbacks.Count == 0 || queue.Config.Callback?.Mode != CallbackMode.CustomerFirst)
        {
            return false;
        }

        foreach (var item in queue.Items.ToList())
        {
            if (TryDialCustomer(item, hasAgent))
            {
                return true;
            }
        }

        return false;
    }

    private void OnExpiry(Callback callback)
    {
        if (callback.State == CallbackState.Waiting)
        {
            End(callback, CallbackState.Expired);
        }
        else
        {
            // The attempt under way decides; if it fails, this comes again.
            context.Set(callback.ExpiryDue!, TimeSpan.FromSeconds(60));
        }
    }

    private void End(Callback callback, CallbackState state)
    {
        context.Clear(callback.GapDue);
        context.Clear(callback.ExpiryDue);
        _callbacks.Remove(callback.Id);
        _callbacksByNumber.Remove(callback.Number);
        if (callback.Item is { } item)
        {
            callback.Item = null;
            foreach (var offer in item.Offers.ToArray())
            {
                context.Post(new OfferTakenBack(item.Call!.Value, offer));
                Close(item, offer, OfferOutcome.Withdrawn);
            }

            if (item.State != WaitingState.Gone)
            {
                TakeOut(item, QueueExit.Withdrawn, null);
            }
        }

        Tell(callback, state);
    }

    private void Tell(Callback callback, CallbackState state)
    {
        callback.State = state;
        context.Publish(new CallbackChanged(callback.Id, callback.Call, callback.Queue, callback.Number, state));
    }

    /// <summary>Whether the caller may ask for a callback now by key.</summary>
    internal bool IsCallbackOffered(WaitingItem item) => item.Queue.Config.Callback is { } config
        && item.Callback is null && Calls.CallMachine.IsDialable(item.Caller)
        && context.Now - item.Joined >= TimeSpan.FromSeconds(config.OfferAfterS)
        && (config.EstimatedWaitMinS == 0
            || EstimateFor(item) is { } wait && wait >= TimeSpan.FromSeconds(config.EstimatedWaitMinS));

    private void AddCallbackOffer(WaitingItem item, List<PromptItem> items)
    {
        if (IsCallbackOffered(item))
        {
            items.Add(WaitingTexts.CallbackOffer(item.Language, item.Queue.Config.Callback!.Key));
        }
    }
}
