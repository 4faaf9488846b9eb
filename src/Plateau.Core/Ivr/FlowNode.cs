namespace Plateau.Core.Ivr;

/// <summary>One compiled node: immutable, shared by all calls; what a call does in it lives in
/// <see cref="FlowState"/>.</summary>
internal abstract class FlowNode
{
    /// <summary>The call enters the node.</summary>
    internal abstract FlowMove Enter(FlowState state);

    /// <summary>Something happened while the call was in the node; what the node does not wait for is late and
    /// ignored.</summary>
    internal virtual FlowMove Apply(FlowState state, FlowInput input) => FlowMove.Stay;
}
