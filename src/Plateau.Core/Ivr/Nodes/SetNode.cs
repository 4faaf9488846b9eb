namespace Plateau.Core.Ivr.Nodes;

/// <summary>Sets variables; a value computed from a secret is secret.</summary>
internal sealed class SetNode(Assignments values, bool isSecret, string next) : FlowNode
{
    internal static SetNode Read(NodeReader reader) => new(
        Assignments.Read(reader, "values", isRequired: true), reader.Truth("secret", false), reader.Next());

    internal override FlowMove Enter(FlowState state) =>
        values.Each(state, (name, value, fromSecret) => state.Set(name, value, isSecret || fromSecret))
        ?? FlowMove.GoTo(next);
}
