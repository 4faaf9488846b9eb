using System.Globalization;
using CsvHelper;
using Plateau.Contracts;

namespace Plateau.Server.Calls;

/// <summary>Call records as CSV (RFC 4180), one line a call.</summary>
internal static class CallCsv
{
    private static readonly string[] Columns =
    [
        "call", "direction", "caller", "called", "started", "answered", "connected", "ended", "waitS", "talkS", "queue",
        "agent", "cause", "endedBy", "disposition", "notes", "flow", "language",
    ];

    /// <summary>Cells that a spreadsheet would take for a formula get an apostrophe before them.</summary>
    public static CsvWriterOptions Form { get; } = new()
    {
        Injection = CsvInjection.Escape, NewLine = "\r\n", FormatProvider = CultureInfo.InvariantCulture,
    };

    /// <summary>Writes the rows as they come.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="rows">The calls.</param>
    /// <param name="progress">Told the number of rows written.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Rows written.</returns>
    public static async Task<long> Write(
        TextWriter text, IAsyncEnumerable<CallRow> rows, IProgress<long>? progress, CancellationToken stop)
    {
        await using var csv = CsvWriter.Create(text, Form, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, stop);
        var count = 0L;
        await foreach (var row in rows.WithCancellation(stop))
        {
            await csv.WriteRecordAsync(Cells(row), stop);
            count++;
            progress?.Report(count);
        }

        await csv.FlushAsync(stop);
        return count;
    }

    private static string[] Cells(CallRow r) =>
    [
        r.Call.ToString(), r.Direction.ToString(), r.Caller, r.Called, r.Started.ToString(), Text(r.Answered),
        Text(r.Connected), r.Ended.ToString(), Seconds(r.WaitMs), Seconds(r.TalkMs), Text(r.Queue),
        Text(r.Agent), r.Cause.ToString(), r.EndedBy.ToString(), Text(r.Disposition), r.Notes ?? string.Empty,
        Text(r.Flow), r.Language,
    ];

    private static string Text<T>(T? value)
        where T : struct => value?.ToString() ?? string.Empty;

    public static string Seconds(TimeSpan span) => Seconds((long)span.TotalMilliseconds);

    private static string Seconds(long ms) => (ms / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
}
