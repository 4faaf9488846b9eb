using Plateau.Core.Ivr.Expressions;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Variables and the expressions that give them values, in the order written.</summary>
internal sealed class Assignments(IReadOnlyList<KeyValuePair<string, Expression>> list)
{
    internal static Assignments Read(NodeReader reader, string member, bool isRequired = false)
    {
        var list = new List<KeyValuePair<string, Expression>>();
        foreach (var (name, value) in reader.Object(member, isRequired))
        {
            reader.CheckSettable($"{member}.{name}", name);
            if (reader.ExpressionOf($"{member}.{name}", value) is { } expression)
            {
                list.Add(new KeyValuePair<string, Expression>(name, expression));
            }
        }

        return new Assignments(list);
    }

    /// <summary>Evaluates and hands over each value; the first failure ends it and is returned, null when all is
    /// well.</summary>
    internal FlowMove? Each(FlowState state, Func<string, FlowValue, bool, FlowFault?> take)
    {
        foreach (var (name, expression) in list)
        {
            var result = state.Evaluate(expression);
            if (result.Error is { } error)
            {
                return FlowMove.Fault(FlowFault.ExpressionFailed, $"{name} {error} {result.Detail}");
            }

            if (take(name, result.Value, state.IsSecret(expression)) is { } fault)
            {
                return FlowMove.Fault(fault, name);
            }
        }

        return null;
    }
}
