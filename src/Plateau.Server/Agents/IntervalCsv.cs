using CsvHelper;
using Plateau.Server.Calls;

namespace Plateau.Server.Agents;

/// <summary>Agents' state intervals as CSV (RFC 4180), one line an interval.</summary>
internal static class IntervalCsv
{
    private static readonly string[] Columns =
        ["agent", "loginStarted", "state", "reason", "start", "end", "seconds", "cause", "call", "queue"];

    /// <inheritdoc cref="CallCsv.Write"/>
    public static async Task<long> Write(
        TextWriter text, IAsyncEnumerable<AgentIntervalRow> rows, IProgress<long>? progress, CancellationToken stop)
    {
        await using var csv = CsvWriter.Create(text, CallCsv.Form, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, stop);
        var count = 0L;
        await foreach (var r in rows.WithCancellation(stop))
        {
            await csv.WriteRecordAsync(
                [
                    r.Agent.ToString(), r.LoginStarted.ToString(), r.State.ToString(), r.Reason?.ToString() ?? string.Empty,
                    r.Start.ToString(), r.End.ToString(), CallCsv.Seconds(r.End - r.Start), r.Cause.ToString(),
                    r.Call?.ToString() ?? string.Empty, r.Queue?.ToString() ?? string.Empty,
                ],
                stop);
            progress?.Report(++count);
        }

        await csv.FlushAsync(stop);
        return count;
    }
}
