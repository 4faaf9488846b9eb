using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Routing;

/// <summary>Callbacks that keep the place.</summary>
internal sealed partial class RoutingMachine
{
    private CallId BeginCallback(WaitingItem item)
    {
        var call = new CallId(context.NextId());
        _itemsByCall[call] = item;
        return call;
    }

    /// <summary>Registers a callback; null when it was accepted.</summary>
    internal RequestError? RegisterCallback(CallbackRequest request, out CallbackId id)
    {
        _ = request;
        id = default;
        return RequestError.NotAllowed;
    }

    private void End(Callback callback, CallbackState state)
    {
        callback.State = state;
        context.Publish(new CallbackChanged(callback.Id, callback.Call, callback.Queue, callback.Number, state));
    }

    private void AddCallbackOffer(WaitingItem item, List<PromptItem> items)
    {
    }
}

/// <summary>What is asked of a callback.</summary>
internal sealed record CallbackRequest(QueueId Queue, string Number, Instant Entered, string Called, string Language);
