using System.Text;

namespace Plateau.Core.Ivr;

/// <summary>A text with variables in double braces: "Votre position est {{position|number}}."</summary>
/// <remarks>A filter says how a value is spoken: number, ordinal, digits, phone, amount, time, date, duration,
/// text.</remarks>
internal sealed class FlowTemplate
{
    private readonly IReadOnlyList<FlowTemplatePart> _parts;

    private FlowTemplate(IReadOnlyList<FlowTemplatePart> parts) => _parts = parts;

    internal bool IsLiteral => _parts.All(part => part.Variable is null);

    internal IEnumerable<string> Variables => _parts.Where(part => part.Variable is not null).Select(p => p.Variable!);

    internal IReadOnlyList<FlowTemplatePart> Parts => _parts;

    /// <summary>The compiled text; null with what is wrong with it.</summary>
    internal static FlowTemplate? Parse(string text, out string error)
    {
        error = string.Empty;
        var parts = new List<FlowTemplatePart>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0)
            {
                break;
            }

            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                error = "'{{' without '}}'";
                return null;
            }

            if (open > at)
            {
                parts.Add(new FlowTemplatePart(text[at..open], null, FlowFilter.Text));
            }

            if (Variable(text[(open + 2)..close], out error) is not { } part)
            {
                return null;
            }

            parts.Add(part);
            at = close + 2;
        }

        if (at < text.Length)
        {
            parts.Add(new FlowTemplatePart(text[at..], null, FlowFilter.Text));
        }

        return new FlowTemplate(parts);
    }

    /// <summary>The text with every variable's value as <paramref name="write"/> writes it.</summary>
    internal string Fill(FlowState state, Func<FlowValue, FlowFilter, string> write)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part.Variable is null ? part.Literal : write(state.Get(part.Variable), part.Filter));
        }

        return text.ToString();
    }

    /// <summary>The text with every variable's plain value.</summary>
    internal string Fill(FlowState state) => Fill(state, static (value, _) => value.Text);

    /// <summary>Whether a variable in it is secret now.</summary>
    internal bool IsSecret(FlowState state) => Variables.Any(state.Frame.IsSecret);

    private static FlowTemplatePart? Variable(string inside, out string error)
    {
        error = string.Empty;
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var name = (bar < 0 ? inside : inside[..bar]).Trim();
        var filter = FlowFilter.Text;
        if (!FlowName.IsReadable(name))
        {
            error = $"'{name}' is no variable";
        }
        else if (bar >= 0 && !Enum.TryParse(inside[(bar + 1)..].Trim(), ignoreCase: true, out filter)
            || !Enum.IsDefined(filter) || (bar >= 0 && char.IsAsciiDigit(inside[(bar + 1)..].Trim()[0])))
        {
            error = $"'{inside[(bar + 1)..].Trim()}' is no filter";
        }

        return error.Length == 0 ? new FlowTemplatePart(string.Empty, name, filter) : null;
    }
}

/// <summary>A literal, or a variable with its filter.</summary>
internal readonly record struct FlowTemplatePart(string Literal, string? Variable, FlowFilter Filter);

/// <summary>How a value is spoken.</summary>
internal enum FlowFilter
{
    /// <summary>As it is.</summary>
    Text,

    /// <summary>As a whole or decimal number: "douze".</summary>
    Number,

    /// <summary>As a rank: "troisième".</summary>
    Ordinal,

    /// <summary>Digit by digit.</summary>
    Digits,

    /// <summary>As a telephone number, in the groups in which it is usually said.</summary>
    Phone,

    /// <summary>As an amount in euros.</summary>
    Amount,

    /// <summary>"15:42" as a time of day.</summary>
    Time,

    /// <summary>"2026-11-22" as a date.</summary>
    Date,

    /// <summary>Seconds as hours, minutes and seconds.</summary>
    Duration,
}
