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

    private void End(Callback callback, CallbackState state)
    {
        callback.State = state;
        context.Publish(new CallbackChanged(callback.Id, callback.Call, callback.Queue, callback.Number, state));
    }

    private void AddCallbackOffer(WaitingItem item, List<PromptItem> items)
    {
    }
}
