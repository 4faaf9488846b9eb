using System.Globalization;

namespace Plateau.Core.Ivr;

/// <summary>What a value is.</summary>
internal enum FlowValueKind
{
    Nothing,
    Text,
    Number,
    Truth,
}

/// <summary>A value of a variable or expression: nothing, text, a decimal number, true or false.</summary>
internal readonly record struct FlowValue
{
    internal static readonly FlowValue Nothing;
    private readonly string? _text;
    private readonly decimal _number;

    private FlowValue(FlowValueKind kind, string? text, decimal number)
    {
        Kind = kind;
        _text = text;
        _number = number;
    }

    internal FlowValueKind Kind { get; }

    internal bool IsTrue => Kind == FlowValueKind.Truth && _number != 0;

    internal decimal Number => _number;

    /// <summary>The text form: numbers with a point and without trailing zeros, nothing as empty text.</summary>
    internal string Text => Kind switch
    {
        FlowValueKind.Text => _text ?? string.Empty,
        FlowValueKind.Number => _number.ToString("0.############################", CultureInfo.InvariantCulture),
        FlowValueKind.Truth => IsTrue ? "true" : "false",
        _ => string.Empty,
    };

    internal static FlowValue Of(string? text) =>
        text is null ? Nothing : new FlowValue(FlowValueKind.Text, text, 0);

    internal static FlowValue Of(decimal number) => new(FlowValueKind.Number, null, number);

    internal static FlowValue Of(bool truth) => new(FlowValueKind.Truth, null, truth ? 1 : 0);
}
