namespace Plateau.Core.Ivr;

/// <summary>What can go wrong while a flow runs; leads to the flow's error node, or to goodbye and hang-up.</summary>
public enum FlowFault
{
    /// <summary>Too many nodes without the caller doing anything: the flow loops.</summary>
    TooManyNodesWithoutCaller,

    /// <summary>Too many nodes in one call.</summary>
    TooManyNodes,

    /// <summary>Too many variables.</summary>
    TooManyVariables,

    /// <summary>A variable is too long.</summary>
    VariableTooLong,

    /// <summary>Sub-flows too deep inside each other.</summary>
    TooDeep,

    /// <summary>Too many HTTP requests in one call.</summary>
    TooManyHttpRequests,

    /// <summary>A URL, header or body is too long or contains what it may not.</summary>
    HttpNotSendable,

    /// <summary>An expression failed; the detail names its error.</summary>
    ExpressionFailed,

    /// <summary>A flow, hours or queue named by the node is not configured.</summary>
    NotConfigured,

    /// <summary>A value filled in is no id, number or the like.</summary>
    BadValue,

    /// <summary>The caller gave no usable answer and the node names no branch for it.</summary>
    NoInput,

    /// <summary>The call left a queue and the node names no branch for it.</summary>
    QueueLeft,

    /// <summary>A transfer failed and the node names no branch for it.</summary>
    TransferFailed,

    /// <summary>A return node in a flow that is no sub-flow.</summary>
    NothingToReturnTo,

    /// <summary>A callback was refused and the node names no branch for it.</summary>
    CallbackRefused,
}
