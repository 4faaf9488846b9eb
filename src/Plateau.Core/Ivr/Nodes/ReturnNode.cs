namespace Plateau.Core.Ivr.Nodes;

/// <summary>Ends a sub-flow and gives values to the flow that runs it.</summary>
internal sealed class ReturnNode(Assignments values) : FlowNode
{
    internal static ReturnNode Read(NodeReader reader) => new(Assignments.Read(reader, "values"));

    internal override FlowMove Enter(FlowState state)
    {
        if (state.Frame.ReturnTo is not { } caller)
        {
            return FlowMove.Fault(FlowFault.NothingToReturnTo, state.Frame.Flow.Id.Value);
        }

        var returned = new SortedDictionary<string, (FlowValue Value, bool IsSecret)>(StringComparer.Ordinal);
        var failed = values.Each(state, (name, value, isSecret) =>
        {
            returned[name] = (value, isSecret);
            return null;
        });
        if (failed is { } move)
        {
            return move;
        }

        state.Pop();
        return caller.Resume(state, returned);
    }
}
