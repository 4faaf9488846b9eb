namespace Plateau.Core.Ivr;

/// <summary>What a node wants next.</summary>
internal enum FlowMoveKind
{
    /// <summary>Wait for an input or for the deadline.</summary>
    Stay,

    /// <summary>Go to a node of the same flow.</summary>
    GoTo,

    /// <summary>Go on in another flow, never to return.</summary>
    Jump,

    /// <summary>Enter a sub-flow; its frame was pushed.</summary>
    Call,

    /// <summary>Leave the sub-flow; its frame was popped.</summary>
    Return,

    /// <summary>Something failed.</summary>
    Fault,

    /// <summary>The flow is over.</summary>
    End,
}

/// <summary>A node's answer: what next, and why in the words of the trace.</summary>
internal readonly record struct FlowMove(FlowMoveKind Kind, string Target, string Why, FlowFault Cause)
{
    internal static readonly FlowMove Stay;

    internal static FlowMove GoTo(string node, string why = "") => new(FlowMoveKind.GoTo, node, why, default);

    internal static FlowMove Jump(string flow) => new(FlowMoveKind.Jump, flow, "flow", default);

    internal static FlowMove Call(string flow) => new(FlowMoveKind.Call, flow, "sub-flow", default);

    internal static FlowMove Return(string node) => new(FlowMoveKind.Return, node, "return", default);

    internal static FlowMove Fault(FlowFault cause, string detail) => new(FlowMoveKind.Fault, string.Empty, detail, cause);

    internal static FlowMove End() => new(FlowMoveKind.End, string.Empty, string.Empty, default);

    /// <summary>To the branch if the node names it, else a fault.</summary>
    internal static FlowMove Or(string? node, FlowFault cause, string why) =>
        node is null ? Fault(cause, why) : GoTo(node, why);
}
