using Plateau.Contracts;
using Plateau.Core.Routing;

namespace Plateau.Core.Calls;

/// <summary>Asking for a callback, and being one.</summary>
internal sealed partial class CallMachine
{
    private Callback? _callback;
    private PlaybackId? _goodbye;

    private bool IsCallbackKey(char digit)
    {
        _ = digit;
        return false;
    }

    private void AskForCallback()
    {
        _goodbye = null;
    }

    /// <summary>This call is an attempt of a callback.</summary>
    internal void Become(Callback callback) => _callback = callback;

    private void DialCallbackCustomer(Leg leg)
    {
    }

    private bool OnCallbackCustomerUp() => false;
}
