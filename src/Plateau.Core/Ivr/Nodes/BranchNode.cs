using Plateau.Core.Ivr.Expressions;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Goes where the first true condition says, else to the default.</summary>
internal sealed class BranchNode(IReadOnlyList<BranchCase> cases, string otherwise) : FlowNode
{
    internal static BranchNode Read(NodeReader reader)
    {
        var cases = new List<BranchCase>();
        var elements = reader.Array("cases", isRequired: true);
        for (var i = 0; i < elements.Count; i++)
        {
            if (reader.Inside($"cases.{i}", elements[i]) is not { } inside)
            {
                continue;
            }

            var when = inside.ExpressionOf("when", inside.Json("when"));
            if (when?.Kind is not (null or FlowValueKind.Truth))
            {
                inside.Fail("when", "must be true or false");
            }

            var next = inside.Next();
            inside.FailUnknown();
            if (when is not null)
            {
                cases.Add(new BranchCase(when, next));
            }
        }

        return new BranchNode(cases, reader.Next("default"));
    }

    internal override FlowMove Enter(FlowState state)
    {
        for (var i = 0; i < cases.Count; i++)
        {
            var result = state.Evaluate(cases[i].When);
            if (result.Error is not null || result.Value.Kind != FlowValueKind.Truth)
            {
                var error = result.Error ?? ExpressionError.TypeMismatch;
                return FlowMove.Fault(FlowFault.ExpressionFailed, $"case {i + 1} {error} {result.Detail}");
            }

            if (result.Value.IsTrue)
            {
                return FlowMove.GoTo(cases[i].Next, $"case {i + 1}");
            }
        }

        return FlowMove.GoTo(otherwise, "default");
    }
}

/// <summary>A condition and where it leads.</summary>
internal sealed record BranchCase(Expression When, string Next);
