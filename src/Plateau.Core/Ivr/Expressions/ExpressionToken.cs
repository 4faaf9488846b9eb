using System.Globalization;
using System.Text;

namespace Plateau.Core.Ivr.Expressions;

/// <summary>What a token is.</summary>
internal enum ExpressionTokenKind
{
    Number,
    Text,
    Word,
    Symbol,
    End,
}

/// <summary>A token with its place in the text, counted from 1.</summary>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, string Text, decimal Number, int At)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "(", ")", ","];

    /// <summary>All tokens and an end; null with what is wrong.</summary>
    internal static List<ExpressionToken>? Split(string text, out string error)
    {
        error = string.Empty;
        var tokens = new List<ExpressionToken>();
        var at = 0;
        while (at < text.Length && tokens.Count <= FlowLimits.ExpressionTokensMax)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            if (Next(text, ref at, out error) is not { } token)
            {
                return null;
            }

            tokens.Add(token);
        }

        if (tokens.Count > FlowLimits.ExpressionTokensMax)
        {
            error = $"more than {FlowLimits.ExpressionTokensMax} words and signs";
            return null;
        }

        tokens.Add(new ExpressionToken(ExpressionTokenKind.End, "the end", 0, text.Length + 1));
        return tokens;
    }

    private static ExpressionToken? Next(string text, ref int at, out string error)
    {
        var start = at;
        error = string.Empty;
        if (char.IsAsciiDigit(text[at]))
        {
            return NumberAt(text, ref at, out error);
        }

        if (char.IsAsciiLetter(text[at]) || text[at] == '_')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.'))
            {
                at++;
            }

            return new ExpressionToken(ExpressionTokenKind.Word, text[start..at], 0, start + 1);
        }

        if (text[at] is '\'' or '"')
        {
            return TextAt(text, ref at, out error);
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                at += symbol.Length;
                return new ExpressionToken(ExpressionTokenKind.Symbol, symbol, 0, start + 1);
            }
        }

        error = text[at] == '='
            ? $"'=' at {at + 1}: to compare write '=='"
            : $"'{text[at]}' at {at + 1} has no meaning";
        return null;
    }

    private static ExpressionToken? NumberAt(string text, ref int at, out string error)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            at++;
        }

        error = string.Empty;
        if (decimal.TryParse(
            text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return new ExpressionToken(ExpressionTokenKind.Number, text[start..at], number, start + 1);
        }

        error = $"'{text[start..at]}' at {start + 1} is no number";
        return null;
    }

    private static ExpressionToken? TextAt(string text, ref int at, out string error)
    {
        var start = at;
        var quote = text[at++];
        var value = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            value.Append(text[at++]);
        }

        error = string.Empty;
        if (at < text.Length)
        {
            at++;
            return new ExpressionToken(ExpressionTokenKind.Text, value.ToString(), 0, start + 1);
        }

        error = $"the text that begins at {start + 1} does not end";
        return null;
    }
}
