namespace Plateau.Core.Ivr.Expressions;

/// <summary>What an expression can see: variables, and opening hours by name (null when not configured).</summary>
internal sealed record ExpressionScope(Func<string, FlowValue> Variable, Func<string, bool?> IsOpen);
