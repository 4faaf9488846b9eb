using System.Text.RegularExpressions;

namespace Plateau.Core.Ivr.Expressions;

/// <summary>Recursive descent over the grammar told at <see cref="Expression"/>; depth and size are limited.</summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Comparisons =
        ["==", "!=", "<", "<=", ">", ">=", "contains", "startsWith", "endsWith"];

    private static readonly string[] Keywords =
        ["and", "or", "not", "contains", "startsWith", "endsWith", "matches", "true", "false", "nothing"];

    private readonly List<ExpressionToken> _tokens;
    private int _at;
    private int _depth;
    private string? _error;

    private ExpressionParser(List<ExpressionToken> tokens) => _tokens = tokens;

    private ExpressionToken Current => _tokens[_at];

    internal static ExpressionTree? Parse(string text, out string error)
    {
        if (ExpressionToken.Split(text, out error) is not { } tokens)
        {
            return null;
        }

        var parser = new ExpressionParser(tokens);
        var tree = parser.Or();
        if (parser._error is null && parser.Current.Kind != ExpressionTokenKind.End)
        {
            parser.Fail($"'{parser.Current.Text}' at {parser.Current.At} is too much");
        }

        error = parser._error ?? string.Empty;
        return parser._error is null ? tree : null;
    }

    private ExpressionTree? Or() => Chain(And, "or");

    private ExpressionTree? And() => Chain(Not, "and");

    private ExpressionTree? Chain(Func<ExpressionTree?> part, string word)
    {
        var left = part();
        while (left is not null && TakeWord(word))
        {
            var right = part();
            left = right is null ? null : Logic(word, left, right);
        }

        return left;
    }

    private ExpressionTree? Logic(string word, ExpressionTree left, ExpressionTree right) =>
        Expect(left, FlowValueKind.Truth, word) && Expect(right, FlowValueKind.Truth, word)
            ? new LogicTree(word == "and", left, right)
            : null;

    private ExpressionTree? Not()
    {
        if (!TakeWord("not"))
        {
            return Comparison();
        }

        return Deeper(Not) is { } operand && Expect(operand, FlowValueKind.Truth, "not")
            ? new UnaryTree("not", operand)
            : null;
    }

    private ExpressionTree? Comparison()
    {
        var left = Sum();
        if (left is null)
        {
            return null;
        }

        if (TakeWord("matches"))
        {
            return Match(left);
        }

        var op = Current.Text;
        if (Current.Kind is not (ExpressionTokenKind.Symbol or ExpressionTokenKind.Word) || !Comparisons.Contains(op))
        {
            return left;
        }

        _at++;
        var right = Sum();
        if (right is not null && IsNeverComparable(left.Kind, right.Kind))
        {
            Fail($"'{op}' never takes {Name(left.Kind)} and {Name(right.Kind)}");
            return null;
        }

        return right is null ? null : new BinaryTree(op, left, right);
    }

    private ExpressionTree? Match(ExpressionTree left)
    {
        var pattern = Current;
        if (pattern.Kind != ExpressionTokenKind.Text || pattern.Text.Length > FlowLimits.PatternCharactersMax)
        {
            return Fail($"'matches' wants a text of at most {FlowLimits.PatternCharactersMax} characters after it");
        }

        _at++;
        try
        {
            const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return new MatchTree(left, new Regex($@"\A(?:{pattern.Text})\z", Options));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Fail($"the pattern at {pattern.At} is not valid or needs going back");
        }
    }

    private ExpressionTree? Sum() => Arithmetic(Product, "+", "-");

    private ExpressionTree? Product() => Arithmetic(Sign, "*", "/", "%");

    private ExpressionTree? Arithmetic(Func<ExpressionTree?> part, params string[] operators)
    {
        var left = part();
        while (left is not null && Current.Kind == ExpressionTokenKind.Symbol && operators.Contains(Current.Text))
        {
            var op = Current.Text;
            _at++;
            var right = part();
            var isJoin = op == "+" && (left.Kind == FlowValueKind.Text || right?.Kind == FlowValueKind.Text);
            var isWellTyped = right is not null
                && (isJoin || (Expect(left, FlowValueKind.Number, op) && Expect(right, FlowValueKind.Number, op)));
            left = isWellTyped ? new BinaryTree(op, left, right!) : null;
        }

        return left;
    }

    private ExpressionTree? Sign()
    {
        if (!TakeSymbol("-"))
        {
            return Primary();
        }

        return Deeper(Sign) is { } operand && Expect(operand, FlowValueKind.Number, "-")
            ? new UnaryTree("-", operand)
            : null;
    }

    private ExpressionTree? Primary()
    {
        var token = Current;
        _at = Math.Min(_at + 1, _tokens.Count - 1);
        switch (token.Kind)
        {
            case ExpressionTokenKind.Number:
                return new LiteralTree(FlowValue.Of(token.Number));
            case ExpressionTokenKind.Text:
                return new LiteralTree(FlowValue.Of(token.Text));
            case ExpressionTokenKind.Word:
                return Word(token);
            case ExpressionTokenKind.Symbol when token.Text == "(":
                var inside = Deeper(Or);
                return inside is not null && TakeSymbol(")") ? inside : Fail($"the '(' at {token.At} is not closed");
            default:
                return Fail($"{token.Text} at {token.At} where a value should be");
        }
    }

    private ExpressionTree? Word(ExpressionToken token)
    {
        if (TakeSymbol("("))
        {
            return Call(token);
        }

        return token.Text switch
        {
            "true" => new LiteralTree(FlowValue.Of(true)),
            "false" => new LiteralTree(FlowValue.Of(false)),
            "nothing" => new LiteralTree(FlowValue.Nothing),
            _ when Keywords.Contains(token.Text) || !FlowName.IsReadable(token.Text) =>
                Fail($"'{token.Text}' at {token.At} is no variable"),
            _ => new VariableTree(token.Text),
        };
    }

    private ExpressionTree? Call(ExpressionToken name)
    {
        var arguments = new List<ExpressionTree>();
        while (!TakeSymbol(")"))
        {
            if ((arguments.Count > 0 && !TakeSymbol(",")) || Deeper(Or) is not { } argument)
            {
                return Fail($"the arguments of '{name.Text}' at {name.At} are not closed");
            }

            arguments.Add(argument);
        }

        return name.Text switch
        {
            "if" => arguments.Count == 3 && Expect(arguments[0], FlowValueKind.Truth, "if")
                ? new ChoiceTree(arguments[0], arguments[1], arguments[2])
                : Fail("if takes a condition and two values"),
            "isOpen" => arguments is [LiteralTree { Value.Kind: FlowValueKind.Text } hours]
                ? new HoursTree(hours.Value.Text)
                : Fail("isOpen takes the name of hours as a text"),
            _ when ExpressionFunction.All.TryGetValue(name.Text, out var function) => Checked(function, arguments),
            _ => Fail($"'{name.Text}' at {name.At} is no function"),
        };
    }

    private ExpressionTree? Checked(ExpressionFunction function, List<ExpressionTree> arguments)
    {
        if (arguments.Count < function.ArgumentsMin || arguments.Count > function.ArgumentsMax)
        {
            return Fail($"{function.Name} takes {function.ArgumentsMin} to {function.ArgumentsMax} arguments");
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].Kind is { } kind && !function.Takes(i, kind))
            {
                return Fail($"{function.Name} does not take {Name(kind)}");
            }
        }

        return new CallTree(function, arguments);
    }

    private ExpressionTree? Deeper(Func<ExpressionTree?> part)
    {
        if (_depth == FlowLimits.ExpressionDepthMax)
        {
            return Fail($"deeper than {FlowLimits.ExpressionDepthMax}");
        }

        _depth++;
        var tree = part();
        _depth--;
        return tree;
    }

    private bool Expect(ExpressionTree tree, FlowValueKind wanted, string op)
    {
        if (tree.Kind is null || tree.Kind == wanted)
        {
            return true;
        }

        Fail($"'{op}' does not take {Name(tree.Kind)}");
        return false;
    }

    private static bool IsNeverComparable(FlowValueKind? left, FlowValueKind? right) =>
        left is not (null or FlowValueKind.Nothing) && right is not (null or FlowValueKind.Nothing) && left != right;

    private static string Name(FlowValueKind? kind) => kind?.ToString().ToLowerInvariant() ?? "anything";

    private bool TakeWord(string word) => Take(ExpressionTokenKind.Word, word);

    private bool TakeSymbol(string symbol) => Take(ExpressionTokenKind.Symbol, symbol);

    private bool Take(ExpressionTokenKind kind, string text)
    {
        var isIt = Current.Kind == kind && Current.Text == text;
        _at += isIt ? 1 : 0;
        return isIt;
    }

    private ExpressionTree? Fail(string error)
    {
        _error ??= error;
        return null;
    }
}
