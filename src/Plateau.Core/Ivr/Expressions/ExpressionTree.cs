using System.Text.RegularExpressions;

namespace Plateau.Core.Ivr.Expressions;

/// <summary>A part of an expression.</summary>
internal abstract record ExpressionTree
{
    /// <summary>The kind of every value it can have; null when that depends on variables.</summary>
    internal abstract FlowValueKind? Kind { get; }

    /// <summary>The parts it is made of.</summary>
    internal virtual IReadOnlyList<ExpressionTree> Parts => [];

    internal abstract ExpressionResult Evaluate(ExpressionScope scope);

    /// <summary>This part and all below it.</summary>
    internal IEnumerable<ExpressionTree> Self()
    {
        var open = new Stack<ExpressionTree>([this]);
        while (open.TryPop(out var tree))
        {
            yield return tree;
            foreach (var part in tree.Parts)
            {
                open.Push(part);
            }
        }
    }
}

/// <summary>A value.</summary>
internal sealed record LiteralTree(FlowValue Value) : ExpressionTree
{
    internal override FlowValueKind? Kind => Value.Kind;

    internal override ExpressionResult Evaluate(ExpressionScope scope) => Value;
}

/// <summary>A variable; nothing when it was never set.</summary>
internal sealed record VariableTree(string Name) : ExpressionTree
{
    internal override FlowValueKind? Kind => null;

    internal override ExpressionResult Evaluate(ExpressionScope scope) => scope.Variable(Name);
}

/// <summary>"not" or a minus sign.</summary>
internal sealed record UnaryTree(string Operator, ExpressionTree Operand) : ExpressionTree
{
    internal override FlowValueKind? Kind => Operator == "not" ? FlowValueKind.Truth : FlowValueKind.Number;

    internal override IReadOnlyList<ExpressionTree> Parts => [Operand];

    internal override ExpressionResult Evaluate(ExpressionScope scope)
    {
        var operand = Operand.Evaluate(scope);
        if (operand.Error is not null)
        {
            return operand;
        }

        if (operand.Value.Kind != Kind)
        {
            return ExpressionResult.Mismatch($"'{Operator}'", operand.Value);
        }

        return Operator == "not" ? FlowValue.Of(!operand.Value.IsTrue) : FlowValue.Of(-operand.Value.Number);
    }
}

/// <summary>"and" and "or": the right side is evaluated only when it counts.</summary>
internal sealed record LogicTree(bool IsAnd, ExpressionTree Left, ExpressionTree Right) : ExpressionTree
{
    internal override FlowValueKind? Kind => FlowValueKind.Truth;

    internal override IReadOnlyList<ExpressionTree> Parts => [Left, Right];

    internal override ExpressionResult Evaluate(ExpressionScope scope)
    {
        var left = Truth(Left.Evaluate(scope));
        return left.Error is not null || left.Value.IsTrue != IsAnd ? left : Truth(Right.Evaluate(scope));
    }

    private ExpressionResult Truth(ExpressionResult result) =>
        result.Error is null && result.Value.Kind != FlowValueKind.Truth
            ? ExpressionResult.Mismatch(IsAnd ? "'and'" : "'or'", result.Value)
            : result;
}

/// <summary>Comparison, text test or arithmetic.</summary>
internal sealed record BinaryTree(string Operator, ExpressionTree Left, ExpressionTree Right) : ExpressionTree
{
    internal override FlowValueKind? Kind => Operator switch
    {
        "+" when Left.Kind == FlowValueKind.Text || Right.Kind == FlowValueKind.Text => FlowValueKind.Text,
        "+" when Left.Kind is null || Right.Kind is null => null,
        "+" or "-" or "*" or "/" or "%" => FlowValueKind.Number,
        _ => FlowValueKind.Truth,
    };

    internal override IReadOnlyList<ExpressionTree> Parts => [Left, Right];

    internal override ExpressionResult Evaluate(ExpressionScope scope)
    {
        var left = Left.Evaluate(scope);
        if (left.Error is not null)
        {
            return left;
        }

        var right = Right.Evaluate(scope);
        return right.Error is not null ? right : ExpressionOperators.Apply(Operator, left.Value, right.Value);
    }
}

/// <summary>Whether a whole text matches a pattern, by an engine that takes time in proportion to the text.</summary>
internal sealed record MatchTree(ExpressionTree Operand, Regex Pattern) : ExpressionTree
{
    internal override FlowValueKind? Kind => FlowValueKind.Truth;

    internal override IReadOnlyList<ExpressionTree> Parts => [Operand];

    internal override ExpressionResult Evaluate(ExpressionScope scope)
    {
        var operand = Operand.Evaluate(scope);
        return operand.Error is not null ? operand
            : operand.Value.Kind is FlowValueKind.Text or FlowValueKind.Nothing
                ? FlowValue.Of(Pattern.IsMatch(operand.Value.Text))
                : ExpressionResult.Mismatch("'matches'", operand.Value);
    }
}

/// <summary>if(condition, then, otherwise): only the chosen side is evaluated.</summary>
internal sealed record ChoiceTree(ExpressionTree Condition, ExpressionTree Then, ExpressionTree Otherwise) : ExpressionTree
{
    internal override FlowValueKind? Kind => Then.Kind == Otherwise.Kind ? Then.Kind : null;

    internal override IReadOnlyList<ExpressionTree> Parts => [Condition, Then, Otherwise];

    internal override ExpressionResult Evaluate(ExpressionScope scope)
    {
        var condition = Condition.Evaluate(scope);
        return condition.Error is not null ? condition
            : condition.Value.Kind != FlowValueKind.Truth ? ExpressionResult.Mismatch("if", condition.Value)
            : (condition.Value.IsTrue ? Then : Otherwise).Evaluate(scope);
    }
}

/// <summary>isOpen("hours").</summary>
internal sealed record HoursTree(string Hours) : ExpressionTree
{
    internal override FlowValueKind? Kind => FlowValueKind.Truth;

    internal override ExpressionResult Evaluate(ExpressionScope scope) => scope.IsOpen(Hours) is { } isOpen
        ? FlowValue.Of(isOpen)
        : ExpressionResult.Fail(ExpressionError.NotConfigured, $"hours '{Hours}'");
}

/// <summary>A function of values.</summary>
internal sealed record CallTree(ExpressionFunction Function, IReadOnlyList<ExpressionTree> Arguments) : ExpressionTree
{
    internal override FlowValueKind? Kind => Function.Result;

    internal override IReadOnlyList<ExpressionTree> Parts => Arguments;

    internal override ExpressionResult Evaluate(ExpressionScope scope)
    {
        var values = new FlowValue[Arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var result = Arguments[i].Evaluate(scope);
            if (result.Error is not null)
            {
                return result;
            }

            if (!Function.Takes(i, result.Value.Kind))
            {
                return ExpressionResult.Mismatch(Function.Name, result.Value);
            }

            values[i] = result.Value;
        }

        return ExpressionOperators.Guard(() => Function.Body(values));
    }
}
