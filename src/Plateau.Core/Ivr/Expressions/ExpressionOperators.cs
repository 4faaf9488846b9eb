namespace Plateau.Core.Ivr.Expressions;

/// <summary>What the operators do with values.</summary>
internal static class ExpressionOperators
{
    internal static ExpressionResult Apply(string op, FlowValue left, FlowValue right) => op switch
    {
        "==" or "!=" => Equality(op, left, right),
        "<" or "<=" or ">" or ">=" => Order(op, left, right),
        "contains" or "startsWith" or "endsWith" => TextTest(op, left, right),
        "+" when left.Kind == FlowValueKind.Text || right.Kind == FlowValueKind.Text => Join(left, right),
        _ => Arithmetic(op, left, right),
    };

    /// <summary>Turns the runtime's overflow into the named error.</summary>
    internal static ExpressionResult Guard(Func<ExpressionResult> body)
    {
        try
        {
            return body();
        }
        catch (OverflowException)
        {
            return ExpressionResult.Fail(ExpressionError.Overflow, "number too large");
        }
    }

    internal static ExpressionResult Text(string text) => text.Length <= FlowLimits.VariableCharactersMax
        ? FlowValue.Of(text)
        : ExpressionResult.Fail(ExpressionError.TextTooLong, $"{text.Length} characters");

    private static ExpressionResult Equality(string op, FlowValue left, FlowValue right)
    {
        var canCompare = left.Kind == right.Kind
            || left.Kind == FlowValueKind.Nothing || right.Kind == FlowValueKind.Nothing;
        return canCompare
            ? FlowValue.Of((left == right) == (op == "=="))
            : ExpressionResult.Mismatch($"'{op}' with {left.Kind.ToString().ToLowerInvariant()}", right);
    }

    private static ExpressionResult Order(string op, FlowValue left, FlowValue right)
    {
        if (left.Kind != right.Kind || left.Kind is not (FlowValueKind.Number or FlowValueKind.Text))
        {
            return ExpressionResult.Mismatch(
                $"'{op}'", left.Kind is FlowValueKind.Number or FlowValueKind.Text ? right : left);
        }

        var order = left.Kind == FlowValueKind.Number
            ? left.Number.CompareTo(right.Number)
            : string.CompareOrdinal(left.Text, right.Text);
        return FlowValue.Of(op switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        });
    }

    private static ExpressionResult TextTest(string op, FlowValue left, FlowValue right)
    {
        if (left.Kind is not (FlowValueKind.Text or FlowValueKind.Nothing))
        {
            return ExpressionResult.Mismatch($"'{op}'", left);
        }

        if (right.Kind != FlowValueKind.Text)
        {
            return ExpressionResult.Mismatch($"'{op}'", right);
        }

        return FlowValue.Of(op switch
        {
            "contains" => left.Text.Contains(right.Text, StringComparison.Ordinal),
            "startsWith" => left.Text.StartsWith(right.Text, StringComparison.Ordinal),
            _ => left.Text.EndsWith(right.Text, StringComparison.Ordinal),
        });
    }

    private static ExpressionResult Join(FlowValue left, FlowValue right) =>
        left.Kind == FlowValueKind.Nothing || right.Kind == FlowValueKind.Nothing
            ? ExpressionResult.Mismatch("'+'", FlowValue.Nothing)
            : Text(left.Text + right.Text);

    private static ExpressionResult Arithmetic(string op, FlowValue left, FlowValue right)
    {
        if (left.Kind != FlowValueKind.Number || right.Kind != FlowValueKind.Number)
        {
            return ExpressionResult.Mismatch($"'{op}'", left.Kind == FlowValueKind.Number ? right : left);
        }

        if (op is "/" or "%" && right.Number == 0)
        {
            return ExpressionResult.Fail(ExpressionError.DivisionByZero, $"{left.Text} {op} 0");
        }

        return Guard(() => FlowValue.Of(op switch
        {
            "+" => left.Number + right.Number,
            "-" => left.Number - right.Number,
            "*" => left.Number * right.Number,
            "/" => left.Number / right.Number,
            _ => left.Number % right.Number,
        }));
    }
}
