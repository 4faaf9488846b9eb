namespace Plateau.Core.Ivr.Nodes;

/// <summary>Answers the call.</summary>
internal sealed class AnswerNode(string next) : FlowNode
{
    internal static AnswerNode Read(NodeReader reader) => new(reader.Next());

    internal override FlowMove Enter(FlowState state)
    {
        state.Answer();
        return FlowMove.GoTo(next);
    }
}
