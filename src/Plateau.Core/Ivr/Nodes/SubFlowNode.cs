using Plateau.Contracts;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Runs another flow with variables of its own and goes on when it returns.</summary>
internal sealed class SubFlowNode(
    FlowId flow, Assignments parameters, SortedDictionary<string, string> results, string next) : FlowNode
{
    internal static SubFlowNode Read(NodeReader reader)
    {
        var results = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in reader.Object("results"))
        {
            reader.CheckSettable($"results.{name}", name);
            results[name] = reader.TextOf($"results.{name}", value);
        }

        return new SubFlowNode(
            new FlowId(reader.Reference("flow", FlowReferenceKind.Flow)), Assignments.Read(reader, "parameters"),
            results, reader.Next());
    }

    internal override FlowMove Enter(FlowState state)
    {
        if (state.Depth >= FlowLimits.SubFlowDepthMax)
        {
            return FlowMove.Fault(FlowFault.TooDeep, flow.Value);
        }

        if (state.Flows.Find(flow) is not { } target)
        {
            return FlowMove.Fault(FlowFault.NotConfigured, $"flow {flow}");
        }

        var values = new List<(string Name, FlowValue Value, bool IsSecret)>();
        var failed = parameters.Each(state, (name, value, isSecret) =>
        {
            values.Add((name, value, isSecret));
            return null;
        });
        if (failed is { } move)
        {
            return move;
        }

        state.Trace($"sub-flow {flow}");
        state.Push(new FlowFrame(target) { ReturnTo = this });
        foreach (var (name, value, isSecret) in values)
        {
            if (state.Set(name, value, isSecret) is { } fault)
            {
                return FlowMove.Fault(fault, name);
            }
        }

        return FlowMove.Call(flow.Value);
    }

    /// <summary>The sub-flow returned; its frame is gone. Results that it did not give are nothing.</summary>
    internal FlowMove Resume(FlowState state, SortedDictionary<string, (FlowValue Value, bool IsSecret)> returned)
    {
        foreach (var (variable, name) in results)
        {
            var (value, isSecret) = returned.GetValueOrDefault(name);
            if (state.Set(variable, value, isSecret) is { } fault)
            {
                return FlowMove.Fault(fault, variable);
            }
        }

        return FlowMove.Return(next);
    }
}
