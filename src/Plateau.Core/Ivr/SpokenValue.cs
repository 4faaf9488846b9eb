using System.Globalization;
using Plateau.Core.Ivr.Speaking;

namespace Plateau.Core.Ivr;

/// <summary>How the value of a variable is spoken in a prompt.</summary>
internal static class SpokenValue
{
    /// <summary>Longest duration that is said: a hundred days; anything longer is no duration but a mistake.</summary>
    private const decimal DurationSecondsMax = 8_640_000;

    /// <summary>The words for a value; a value that does not fit the filter is spoken as it is.</summary>
    internal static string Write(FlowValue value, FlowFilter filter, string language)
    {
        var spoken = SpokenLanguages.Of(language);
        var words = filter switch
        {
            FlowFilter.Number => Number(value, spoken),
            FlowFilter.Ordinal => Whole(value) is { } n and > 0 ? spoken.Ordinal((long)n) : null,
            FlowFilter.Digits => value.Text.Any(char.IsAsciiDigit) ? spoken.Digits(value.Text) : null,
            FlowFilter.Phone => value.Text.Any(char.IsAsciiDigit) ? spoken.TelephoneNumber(value.Text) : null,
            FlowFilter.Amount => Cents(value) is { } cents ? spoken.Euros((long)cents) : null,
            FlowFilter.Time => TimeOnly.TryParseExact(
                value.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? spoken.ClockTime(time)
                : null,
            FlowFilter.Date => DateOnly.TryParseExact(
                value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? spoken.Date(date)
                : null,
            FlowFilter.Duration => Parsed(value) is { } s and >= 0 and <= DurationSecondsMax
                ? spoken.Duration(TimeSpan.FromSeconds((double)decimal.Truncate(s)))
                : null,
            _ => null,
        };
        return words ?? value.Text;
    }

    /// <summary>A whole number in words; decimals digit by digit after "virgule" or "point".</summary>
    private static string? Number(FlowValue value, ISpokenLanguage spoken)
    {
        if (Whole(value) is { } whole)
        {
            return spoken.Cardinal((long)whole);
        }

        if (Parsed(value) is not { } number || Math.Abs(number) > SpokenNumber.Max || number < 0)
        {
            return null;
        }

        var written = FlowValue.Of(number).Text.Split('.');
        var point = spoken.Code == "fr" ? "virgule" : "point";
        return $"{spoken.Cardinal((long)decimal.Truncate(number))} {point} {spoken.Digits(written[1])}";
    }

    private static decimal? Whole(FlowValue value) =>
        Parsed(value) is { } n && n == decimal.Truncate(n) && Math.Abs(n) <= SpokenNumber.Max ? n : null;

    private static decimal? Cents(FlowValue value) =>
        Parsed(value) is { } amount && Math.Abs(amount) <= SpokenNumber.Max / 100
            ? decimal.Round(amount * 100, MidpointRounding.AwayFromZero)
            : null;

    private static decimal? Parsed(FlowValue value)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        return value.Kind == FlowValueKind.Number ? value.Number
            : decimal.TryParse(value.Text, Style, CultureInfo.InvariantCulture, out var number) ? number
            : null;
    }
}
