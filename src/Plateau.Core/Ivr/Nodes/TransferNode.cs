using Plateau.Contracts;
using Plateau.Core.Calls;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Hands the call over to an agent, a queue, a number, a mailbox, or goes on in another flow.</summary>
internal sealed class TransferNode : FlowNode
{
    private readonly FlowTemplate? _agent;
    private readonly FlowTemplate? _number;
    private readonly string? _queue;
    private readonly string? _flow;
    private readonly string? _mailbox;
    private readonly TimeSpan _ringMax;
    private readonly string? _failed;

    private TransferNode(NodeReader reader)
    {
        _agent = reader.OptionalTemplate("agent");
        _number = reader.OptionalTemplate("number");
        _queue = reader.OptionalText("queue");
        _flow = reader.OptionalText("flow");
        _mailbox = reader.OptionalText("mailbox");
        _ringMax = reader.Seconds("ringS", 30, 1, 300);
        _failed = reader.OptionalNext("failed");
        reader.CheckReference("queue", FlowReferenceKind.Queue, _queue);
        reader.CheckReference("flow", FlowReferenceKind.Flow, _flow);
        if (_mailbox is { Length: 0 })
        {
            reader.Fail("mailbox", "must not be empty");
        }

        object?[] targets = [_agent, _number, _queue, _flow, _mailbox];
        if (targets.Count(target => target is not null) != 1)
        {
            reader.Fail(string.Empty, "must have exactly one of agent, number, queue, flow and mailbox");
        }
    }

    internal static TransferNode Read(NodeReader reader) => new(reader);

    internal override FlowMove Enter(FlowState state)
    {
        if (_flow is not null)
        {
            return FlowMove.Jump(_flow);
        }

        if (Target(state) is not { } target)
        {
            return FlowMove.Fault(FlowFault.BadValue, "target");
        }

        state.TypedAhead.Clear();
        state.Effects.Add(new FlowTransfer(target, _ringMax));
        return FlowMove.Stay;
    }

    internal override FlowMove Apply(FlowState state, FlowInput input)
    {
        if (input is not FlowTransferFailed failed)
        {
            return FlowMove.Stay;
        }

        return state.Set("transfer.reason", FlowValue.Of(failed.Reason)) is { } fault
            ? FlowMove.Fault(fault, "transfer.reason")
            : FlowMove.Or(_failed, FlowFault.TransferFailed, failed.Reason);
    }

    private CallTarget? Target(FlowState state)
    {
        if (_agent is not null)
        {
            return AgentId.TryParse(_agent.Fill(state), out var agent) ? new CallTarget(Agent: agent) : null;
        }

        if (_number is not null)
        {
            var number = _number.Fill(state).Trim();
            var isNumber = number.Length is > 0 and <= 32 && number.All(c => char.IsAsciiDigit(c) || c is '+' or '*' or '#');
            return isNumber ? new CallTarget(Number: number) : null;
        }

        return _queue is not null ? new CallTarget(Queue: new QueueId(_queue)) : new CallTarget(Mailbox: _mailbox);
    }
}
