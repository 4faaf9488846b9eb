using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Plateau.Server.Hosting;

/// <summary>Figures in the text form of Prometheus 0.0.4: ours and those of the framework, histograms
/// included.</summary>
internal sealed class MetricsText : IDisposable
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Label sets kept per instrument: a caller who varies what becomes a label cannot fill the
    /// memory.</summary>
    private const int SeriesMax = 2_000;

    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Series>> _series = new();

    /// <param name="ours">Made here so that they exist when somebody looks.</param>
    public MetricsText(CentreMeters ours)
    {
        ArgumentNullException.ThrowIfNull(ours);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is CentreMeters.Name or "System.Runtime"
                || instrument.Meter.Name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Take(i, value, tags));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Take(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Take(i, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        foreach (var (instrument, series) in _series)
        {
            if (instrument.IsObservable)
            {
                // What is not told again is gone: a state that no call is in any more.
                series.Clear();
            }
        }

        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (instrument, series) in _series.OrderBy(s => s.Key.Name, StringComparer.Ordinal))
        {
            Write(text, instrument, series);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = _series.GetOrAdd(instrument, static _ => new());
        var labels = Labels(tags);
        if (series.TryGetValue(labels, out var known) || series.Count < SeriesMax)
        {
            (known ?? series.GetOrAdd(labels, static _ => new Series())).Take(instrument, value);
        }
    }

    private static void Write(StringBuilder text, Instrument instrument, ConcurrentDictionary<string, Series> series)
    {
        var kind = KindOf(instrument);
        var name = instrument.Name.Replace('.', '_').Replace('-', '_') + (kind == "counter" ? "_total" : string.Empty);
        text.Append("# HELP ").Append(name).Append(' ').Append(Escape(instrument.Description ?? instrument.Name)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
        foreach (var (labels, one) in series.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            one.Write(text, name, labels, kind == "histogram");
        }
    }

    private static string KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : name.StartsWith("Counter", StringComparison.Ordinal)
                || name.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "counter" : "gauge";
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            text.Append(text.Length == 0 ? string.Empty : ",").Append(key.Replace('.', '_').Replace('-', '_')).Append("=\"")
                .Append(Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty)
                    .Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return text.ToString();
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>One set of labels of one instrument.</summary>
    private sealed class Series
    {
        private readonly Lock _gate = new();
        private readonly long[] _buckets = new long[Bounds.Length];
        private double _value;
        private long _count;

        public void Take(Instrument instrument, double value)
        {
            lock (_gate)
            {
                _count++;
                _value = instrument.IsObservable ? value : _value + value;
                for (var i = 0; i < Bounds.Length; i++)
                {
                    _buckets[i] += value <= Bounds[i] ? 1 : 0;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels, bool isHistogram)
        {
            lock (_gate)
            {
                if (!isHistogram)
                {
                    Line(text, name, labels, _value);
                    return;
                }

                var comma = labels.Length == 0 ? string.Empty : ",";
                for (var i = 0; i < Bounds.Length; i++)
                {
                    Line(text, name + "_bucket", $"{labels}{comma}le=\"{Number(Bounds[i])}\"", _buckets[i]);
                }

                Line(text, name + "_bucket", $"{labels}{comma}le=\"+Inf\"", _count);
                Line(text, name + "_sum", labels, _value);
                Line(text, name + "_count", labels, _count);
            }
        }

        private static void Line(StringBuilder text, string name, string labels, double value) =>
            text.Append(name).Append(labels.Length == 0 ? string.Empty : $"{{{labels}}}").Append(' ')
                .Append(Number(value)).Append('\n');

        private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
