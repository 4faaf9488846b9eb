namespace Plateau.Core.Ivr.Expressions;

/// <summary>A compiled expression: pure, immutable, always ends.</summary>
/// <remarks>
/// <code>
/// expression = or
/// or         = and { "or" and }
/// and        = not { "and" not }
/// not        = "not" not | comparison
/// comparison = sum [ ("==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "contains" | "startsWith" | "endsWith") sum
///                  | "matches" text ]
/// sum        = product { ("+" | "-") product }
/// product    = sign { ("*" | "/" | "%") sign }
/// sign       = "-" sign | primary
/// primary    = number | text | "true" | "false" | "nothing" | variable | function "(" [ or { "," or } ] ")" | "(" or
/// ")"
/// </code>
/// </remarks>
internal sealed class Expression
{
    private readonly ExpressionTree _tree;

    private Expression(ExpressionTree tree) => _tree = tree;

    /// <summary>The kind of every value it can have; null when that depends on variables.</summary>
    internal FlowValueKind? Kind => _tree.Kind;

    /// <summary>Variables it reads.</summary>
    internal IEnumerable<string> Variables => _tree.Self().OfType<VariableTree>().Select(v => v.Name);

    /// <summary>Opening hours it asks.</summary>
    internal IEnumerable<string> Hours => _tree.Self().OfType<HoursTree>().Select(h => h.Hours);

    /// <summary>Compiles a text; null with what is wrong and where.</summary>
    internal static Expression? Parse(string text, out string error)
    {
        var tree = ExpressionParser.Parse(text, out error);
        return tree is null ? null : new Expression(tree);
    }

    internal ExpressionResult Evaluate(ExpressionScope scope) => _tree.Evaluate(scope);
}
