namespace Plateau.Core.Ivr.Expressions;

/// <summary>Why an expression has no value.</summary>
public enum ExpressionError
{
    /// <summary>An operator or function got a kind of value that it does not take.</summary>
    TypeMismatch,

    /// <summary>Division or remainder by zero.</summary>
    DivisionByZero,

    /// <summary>A number beyond 28 digits.</summary>
    Overflow,

    /// <summary>A text beyond the limit of variables.</summary>
    TextTooLong,

    /// <summary>number(…) of a text that is none.</summary>
    NotANumber,

    /// <summary>Hours that are not configured.</summary>
    NotConfigured,
}

/// <summary>The value of an expression, or why it has none.</summary>
internal readonly record struct ExpressionResult(FlowValue Value, ExpressionError? Error, string Detail)
{
    public static implicit operator ExpressionResult(FlowValue value) => new(value, null, string.Empty);

    internal static ExpressionResult Fail(ExpressionError error, string detail) => new(default, error, detail);

    internal static ExpressionResult Mismatch(string where, FlowValue value) =>
        Fail(ExpressionError.TypeMismatch, $"{where} does not take {value.Kind.ToString().ToLowerInvariant()}");
}
