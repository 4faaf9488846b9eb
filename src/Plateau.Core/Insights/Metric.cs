namespace Plateau.Core.Insights;

/// <summary>In what a metric is told.</summary>
public enum MetricUnit
{
    /// <summary>A number of things.</summary>
    Count,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>A share, shown as percent.</summary>
    Share,
}

/// <summary>What a metric is, in words that screens print beside it.</summary>
/// <param name="Id">Its name for ever: a changed definition gets another name.</param>
/// <param name="Unit">In what it is told.</param>
/// <param name="NameFr">Name in French.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="TextFr">Definition in French.</param>
/// <param name="TextEn">Definition in English.</param>
/// <param name="Numerator">What is above the line.</param>
/// <param name="Denominator">What is below; "1" for a plain number.</param>
public sealed record Metric(
    string Id, MetricUnit Unit, string NameFr, string NameEn, string TextFr, string TextEn, string Numerator,
    string Denominator = "1");

/// <summary>A metric with its value for one period and scope.</summary>
/// <param name="Metric">What it is.</param>
/// <param name="Ratio">Its value with numerator and denominator.</param>
public readonly record struct MetricValue(Metric Metric, Ratio Ratio)
{
    /// <summary>A plain number or duration.</summary>
    public static MetricValue Of(Metric metric, double value) => new(metric, new Ratio(value, 1));

    /// <summary>A share or mean.</summary>
    public static MetricValue Of(Metric metric, double numerator, double denominator) =>
        new(metric, new Ratio(numerator, denominator));

    /// <summary>A value that may not exist, such as a percentile of nothing.</summary>
    public static MetricValue OfOptional(Metric metric, TimeSpan? value) =>
        new(metric, value is { } time ? new Ratio(time.TotalSeconds, 1) : default);
}
