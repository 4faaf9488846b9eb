using Plateau.Contracts;
using Plateau.Core.Ivr;
using Plateau.Core.Ivr.Expressions;

namespace Plateau.Tests.Ivr;

public sealed class ExpressionTests
{
    private static readonly ExpressionScope Scope = new(
        name => name switch
        {
            "digits" => FlowValue.Of("0042"),
            "amount" => FlowValue.Of(12.50m),
            "vip" => FlowValue.Of(true),
            "call.caller" => FlowValue.Of("+33639980001"),
            "now.hour" => FlowValue.Of(10),
            "long" => FlowValue.Of(new string('x', 900)),
            _ => FlowValue.Nothing,
        },
        hours => hours == "office" ? true : null);

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3 - -4", "13")]
    [InlineData("7 % 4 / 2", "1.5")]
    [InlineData("'a' + 1 + true", "a1true")]
    [InlineData("amount * 2 == 25", "true")]
    [InlineData("amount >= 12.5 and not (amount > 13)", "true")]
    [InlineData("vip or 1 / 0 == 1", "true")] // The right side does not count any more.
    [InlineData("unknown == nothing", "true")]
    [InlineData("unknown == 'x'", "false")]
    [InlineData("isSet(unknown) or isSet(digits)", "true")]
    [InlineData("number(digits) + 1", "43")]
    [InlineData("digits matches '00[0-9]+'", "true")]
    [InlineData("digits matches '0'", "false")] // The whole text, not a part of it.
    [InlineData("call.caller startsWith '+33' and now.hour < 12", "true")]
    [InlineData("call.caller contains '3998' and call.caller endsWith \"01\"", "true")]
    [InlineData("if(vip, 'gold', 1 / 0)", "gold")]
    [InlineData("isOpen('office')", "true")]
    [InlineData("upper(substring('plateau', 0, 3)) + lower('X')", "PLAx")]
    [InlineData("substring('abc', 2, 99)", "c")]
    [InlineData("round(2.5) + round(1.234, 2)", "4.23")]
    [InlineData("min(3, max(1, 2)) + length(trim('  ab ')) + abs(-1) + floor(1.9) + ceiling(0.1)", "7")]
    [InlineData("'it\\'s'", "it's")]
    [InlineData("'a' < 'b' and 'B' < 'a'", "true")]
    public void An_expression_has_a_value(string text, string value)
    {
        var expression = Expression.Parse(text, out var error);
        Assert.True(expression is not null, error);

        Assert.Equal((value, null), (expression.Evaluate(Scope).Value.Text, expression.Evaluate(Scope).Error));
    }

    [Theory]
    [InlineData("1 / (amount - 12.5)", ExpressionError.DivisionByZero)]
    [InlineData("amount % 0", ExpressionError.DivisionByZero)]
    [InlineData("digits > 1", ExpressionError.TypeMismatch)] // Keys pressed are a text; number(…) makes a number of it.
    [InlineData("digits == amount", ExpressionError.TypeMismatch)]
    [InlineData("unknown + 1", ExpressionError.TypeMismatch)]
    [InlineData("not digits", ExpressionError.TypeMismatch)]
    [InlineData("amount and vip", ExpressionError.TypeMismatch)]
    [InlineData("length(amount)", ExpressionError.TypeMismatch)]
    [InlineData("79228162514264337593543950335 * amount", ExpressionError.Overflow)]
    [InlineData("number(call.caller + 'x')", ExpressionError.NotANumber)]
    [InlineData("long + long", ExpressionError.TextTooLong)]
    [InlineData("isOpen('nowhere')", ExpressionError.NotConfigured)]
    public void A_failure_has_a_name(string text, ExpressionError error) =>
        Assert.Equal(error, Expression.Parse(text, out _)!.Evaluate(Scope).Error);

    [Theory]
    [InlineData("", "the end at 1")]
    [InlineData("1 +", "the end at 4")]
    [InlineData("amount = 1", "write '=='")]
    [InlineData("(1", "not closed")]
    [InlineData("'a", "does not end")]
    [InlineData("1 2", "'2' at 3 is too much")]
    [InlineData("call.secret == 1", "'call.secret' at 1 is no variable")]
    [InlineData("nosuch(1)", "no function")]
    [InlineData("1 == 'a'", "never takes number and text")]
    [InlineData("not 1", "does not take number")]
    [InlineData("'a' - 1", "does not take text")]
    [InlineData("length(1)", "does not take number")]
    [InlineData("digits matches '('", "not valid")]
    [InlineData("digits matches '(a)\\\\1'", "needs going back")]
    [InlineData("digits matches digits", "wants a text")]
    [InlineData("1 ? 2", "has no meaning")]
    [InlineData("1.2.3", "is no number")]
    [InlineData("min(1)", "takes 2 to 2")]
    public void What_is_wrong_is_said_when_the_flow_is_read(string text, string error)
    {
        Assert.Null(Expression.Parse(text, out var said));
        Assert.Contains(error, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_size_are_limited()
    {
        Assert.Null(Expression.Parse(new string('(', 5_000) + "1", out _));
        Assert.Null(Expression.Parse(string.Join('+', Enumerable.Repeat("1", 1_000)), out _));
        Assert.Null(Expression.Parse(string.Concat(Enumerable.Repeat("not ", 150)) + "true", out _));
        Assert.Null(Expression.Parse($"digits matches '{new string('a', 101)}'", out _));
    }

    [Fact]
    public void Whatever_is_written_ends_in_a_value_or_a_named_error()
    {
        string[] words =
        [
            "1", "0", "2.5", "'a'", "''", "true", "nothing", "digits", "amount", "vip", "long", "+", "-", "*", "/", "%",
            "(", ")", ",", "==", "!=", "<", ">=", "and", "or", "not", "contains", "matches", "'[0-9]+'", "if", "isOpen",
            "number", "substring", "round", "length", "isSet", "79228162514264337593543950335", "\\", "é", "'", ".",
        ];
        var values = 0;
        for (ulong seed = 0; seed < 20_000; seed++)
        {
            var prng = new Prng(seed);
            var text = string.Join(' ', Enumerable.Range(0, 1 + prng.NextBelow(12)).Select(_ => words[prng.NextBelow(words.Length)]));
            if (Expression.Parse(text, out var error) is not { } expression)
            {
                Assert.True(error.Length > 0, $"seed {seed}: no error for {text}");
                continue;
            }

            var result = expression.Evaluate(Scope);
            values += result.Error is null ? 1 : 0;
            Assert.True(result.Value.Text.Length <= FlowLimits.VariableCharactersMax, $"seed {seed}: {text}");
        }

        Assert.True(values > 500, $"only {values} of the expressions had a value: the words no longer fit the grammar");
    }
}
