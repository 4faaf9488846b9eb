using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
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
    public static CsvConfiguration Form { get; } = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '@', '+', '-', '\t', '\r'],
        InjectionEscapeCharacter = '\'',
        NewLine = "\r\n",
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
        await using var csv = new CsvWriter(text, Form, leaveOpen: true);
        Line(csv, Columns);
        await csv.NextRecordAsync();
        var count = 0L;
        await foreach (var row in rows.WithCancellation(stop))
        {
            Line(csv, Cells(row));
            await csv.NextRecordAsync();
            count++;
            progress?.Report(count);
        }

        await csv.FlushAsync();
        return count;
    }

    private static string?[] Cells(CallRow r) =>
    [
        r.Call.ToString(), r.Direction.ToString(), r.Caller, r.Called, r.Started.ToString(), r.Answered?.ToString(),
        r.Connected?.ToString(), r.Ended.ToString(), Seconds(r.WaitMs), Seconds(r.TalkMs), r.Queue?.ToString(),
        r.Agent?.ToString(), r.Cause.ToString(), r.EndedBy.ToString(), r.Disposition?.ToString(), r.Notes,
        r.Flow?.ToString(), r.Language,
    ];

    public static void Line(CsvWriter csv, IEnumerable<string?> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell ?? string.Empty);
        }
    }

    private static string Seconds(long ms) => (ms / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
}
