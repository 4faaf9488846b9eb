using System.Globalization;

namespace Plateau.Core.Ivr.Expressions;

/// <summary>A function: what it takes, gives and does.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ArgumentsMin">Fewest arguments.</param>
/// <param name="TakesKinds">Kind of each argument; null = any. As many as there may be.</param>
/// <param name="Result">Kind of the result.</param>
/// <param name="Body">What it does; it may overflow, never throw anything else.</param>
internal sealed record ExpressionFunction(
    string Name, int ArgumentsMin, FlowValueKind?[] TakesKinds, FlowValueKind Result,
    Func<FlowValue[], ExpressionResult> Body)
{
    private const FlowValueKind Text = FlowValueKind.Text;
    private const FlowValueKind Number = FlowValueKind.Number;
    private const FlowValueKind Truth = FlowValueKind.Truth;

    /// <summary>All functions by name; if and isOpen are not among them, since they do not take plain values.</summary>
    internal static readonly SortedDictionary<string, ExpressionFunction> All = new(StringComparer.Ordinal)
    {
        ["abs"] = new("abs", 1, [Number], Number, a => FlowValue.Of(Math.Abs(a[0].Number))),
        ["ceiling"] = new("ceiling", 1, [Number], Number, a => FlowValue.Of(decimal.Ceiling(a[0].Number))),
        ["floor"] = new("floor", 1, [Number], Number, a => FlowValue.Of(decimal.Floor(a[0].Number))),
        ["isSet"] = new("isSet", 1, [null], Truth, a => FlowValue.Of(a[0].Kind != FlowValueKind.Nothing)),
        ["length"] = new("length", 1, [Text], Number, a => FlowValue.Of(a[0].Text.Length)),
        ["lower"] = new("lower", 1, [Text], Text, a => ExpressionOperators.Text(a[0].Text.ToLowerInvariant())),
        ["max"] = new("max", 2, [Number, Number], Number, a => FlowValue.Of(Math.Max(a[0].Number, a[1].Number))),
        ["min"] = new("min", 2, [Number, Number], Number, a => FlowValue.Of(Math.Min(a[0].Number, a[1].Number))),
        ["number"] = new("number", 1, [null], Number, a => ToNumber(a[0])),
        ["round"] = new("round", 1, [Number, Number], Number, Round),
        ["substring"] = new("substring", 2, [Text, Number, Number], Text, Substring),
        ["text"] = new("text", 1, [null], Text, a => ExpressionOperators.Text(a[0].Text)),
        ["trim"] = new("trim", 1, [Text], Text, a => FlowValue.Of(a[0].Text.Trim())),
        ["upper"] = new("upper", 1, [Text], Text, a => ExpressionOperators.Text(a[0].Text.ToUpperInvariant())),
    };

    internal int ArgumentsMax => TakesKinds.Length;

    /// <summary>Whether an argument may be of a kind; nothing counts as an empty text.</summary>
    internal bool Takes(int argument, FlowValueKind kind) =>
        TakesKinds[argument] is not { } wanted || wanted == kind || (wanted == Text && kind == FlowValueKind.Nothing);

    private static ExpressionResult ToNumber(FlowValue value)
    {
        if (value.Kind == FlowValueKind.Number)
        {
            return value;
        }

        const NumberStyles Style =
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite
            | NumberStyles.AllowTrailingWhite;
        return decimal.TryParse(value.Text, Style, CultureInfo.InvariantCulture, out var number)
            ? FlowValue.Of(number)
            : ExpressionResult.Fail(ExpressionError.NotANumber, value.Kind.ToString().ToLowerInvariant());
    }

    /// <summary>Half away from zero, to 0 to 28 decimals.</summary>
    private static ExpressionResult Round(FlowValue[] arguments)
    {
        var decimals = arguments.Length > 1 ? Math.Clamp(arguments[1].Number, 0, 28) : 0;
        return FlowValue.Of(decimal.Round(arguments[0].Number, (int)decimals, MidpointRounding.AwayFromZero));
    }

    /// <summary>substring(text, start, count): from 0; what lies outside the text is left out.</summary>
    private static ExpressionResult Substring(FlowValue[] arguments)
    {
        var text = arguments[0].Text;
        var start = (int)Math.Clamp(arguments[1].Number, 0, text.Length);
        var count = arguments.Length > 2 ? Math.Clamp(arguments[2].Number, 0, text.Length - start) : text.Length - start;
        return FlowValue.Of(text.Substring(start, (int)count));
    }
}
