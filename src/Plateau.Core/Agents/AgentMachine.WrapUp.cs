using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Agents;

/// <summary>Wrap-up that a call asks of its agent.</summary>
/// <param name="Mode">How it ends.</param>
/// <param name="Limit">Time limit, for the modes that have one.</param>
/// <param name="Queue">The queue it counts for.</param>
internal sealed record WrapUpRule(WrapUpMode Mode, TimeSpan Limit, QueueId? Queue)
{
    internal static WrapUpRule? Of(QueueConfig? queue) =>
        queue is null ? null : new(queue.WrapUp, TimeSpan.FromSeconds(queue.WrapUpS), queue.Id);
}

/// <summary>After-call work in five modes; a state of its own, never a pause.</summary>
internal sealed partial class AgentMachine
{
    private WrapUpRule? _wrapUp;
    private bool _wrapUpRequested;

    internal WrapUpRule? WrapUp => _wrapUp;

    /// <summary>The agent wants wrap-up after this call; null when granted.</summary>
    internal RequestError? RequestWrapUp()
    {
        if (State is not (AgentState.Talking or AgentState.Holding))
        {
            return RequestError.WrongState;
        }

        _wrapUpRequested = true;
        return null;
    }

    internal RequestError? EndWrapUp()
    {
        if (State != AgentState.WrapUp || _wrapUp!.Mode == WrapUpMode.MandatoryForcedTimeout)
        {
            return RequestError.WrongState;
        }

        FinishWrapUp(isAutomatic: false, AgentCause.Agent);
        return null;
    }

    private bool IsWrapUpDue(WrapUpRule rule) => rule.Mode switch
    {
        WrapUpMode.None => false,
        WrapUpMode.AgentRequested => _wrapUpRequested,
        WrapUpMode.Mandatory => true,
        _ => rule.Limit > TimeSpan.Zero,
    };

    private void StartWrapUp(WrapUpRule rule)
    {
        _wrapUp = rule;
        Queue = rule.Queue ?? Queue;
        Set(AgentState.WrapUp, AgentCause.Call);
        if (rule.Mode != WrapUpMode.Mandatory && rule.Limit > TimeSpan.Zero)
        {
            _context.Set(_wrapUpLimit, rule.Limit);
        }
    }

    private void OnWrapUpLimit() => FinishWrapUp(isAutomatic: true, AgentCause.Timeout);

    private void FinishWrapUp(bool isAutomatic, AgentCause cause)
    {
        _context.Post(new WrapUpEnded(Id, Call!.Value, isAutomatic));
        LastCallEnd = _context.Now;
        GoHome(cause);
    }
}
