using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Tenancy;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Server.Storage;

namespace Plateau.IntegrationTests.Storage;

/// <summary>Real processes, really killed (SIGKILL), at moments that a seed chooses.</summary>
public sealed class ProcessKillTests : IDisposable
{
    private const int Kills = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<ulong> _acknowledged = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(JournalMode.Write, 1)]
    [InlineData(JournalMode.Flush, 2)]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_doubled_however_often_the_process_is_killed(
        JournalMode mode, ulong seed)
    {
        var prng = new Prng(seed);
        ulong first = 1;
        for (var kill = 0; kill < Kills; kill++)
        {
            // Sometimes at once, sometimes in the middle of the work.
            await RunAndKill(mode, first, killAfterLines: prng.NextBelow(700));
            first += 1_000_000;
        }

        Assert.Equal(["started", "done"], await Run(mode, first));
        var database = new Database(DatabaseOptions.File(_folder["plateau.db"]));
        await using var db = database.Open(SampleRecords.Tenant);
        var calls = await db.Calls.Select(c => c.Call).ToListAsync();
        Assert.True(_acknowledged.Count > 100, "too little was acknowledged for the test to mean anything");
        Assert.Empty(_acknowledged.Except(calls.Select(c => c.Value)));
        Assert.Equal(calls.Count, calls.Distinct().Count());
        var facts = await db.Facts.OrderBy(f => f.Sequence).Select(f => new { f.Sequence, f.Call }).ToListAsync();
        Assert.Equal(Enumerable.Range(1, facts.Count).Select(i => (long)i), facts.Select(f => f.Sequence));
        Assert.Equal(calls.Order(), facts.Select(f => f.Call!.Value).Order());
        Assert.False(Directory.Exists(_folder["refused"]));
        Assert.False(Directory.Exists(_folder[Path.Combine("journal", "set-aside")]));
    }

    [Fact]
    public async Task Calls_that_wait_when_the_process_is_killed_end_with_cause_restart_each_with_one_record()
    {
        await RunAndKill(JournalMode.Write, 1, killAfterLines: 40, "calls");
        await RunAndKill(JournalMode.Write, 1_000_000, killAfterLines: 60, "calls");
        Assert.Equal("done", (await Run(JournalMode.Write, 1, "calls"))[^1]);
        var database = new Database(DatabaseOptions.File(_folder["plateau.db"]));
        await using var db = database.Open(SampleRecords.Tenant);
        var calls = await db.Calls.ToListAsync();
        Assert.True(_acknowledged.Count >= 90, $"only {_acknowledged.Count} calls were waiting");
        Assert.Empty(_acknowledged.Except(calls.Select(c => c.Call.Value)));
        Assert.All(calls, c => Assert.Equal(ClearingCause.Restart, c.Cause));
        Assert.All(await db.QueueVisits.ToListAsync(), v => Assert.True(v.Left >= v.Entered));
    }

    private async Task RunAndKill(JournalMode mode, ulong first, int killAfterLines, string kind = "requests")
    {
        using var process = StartHost(mode, first, 1_000_000, kind);
        using var limit = new CancellationTokenSource(Patience);
        for (var lines = 0; lines < killAfterLines; lines++)
        {
            if (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                Note(line);
            }
        }

        process.Kill();
        // What was written before it died is acknowledged, too.
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            Note(line);
        }

        await process.WaitForExitAsync(limit.Token);
    }

    private async Task<string[]> Run(JournalMode mode, ulong first, string kind = "requests")
    {
        using var process = StartHost(mode, first, 0, kind);
        using var limit = new CancellationTokenSource(Patience);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void Note(string line)
    {
        // The last line of a killed process may be half a number: it has no acknowledgement in it then.
        if (line.Split(' ') is ["ack", var n] && ulong.TryParse(n, CultureInfo.InvariantCulture, out var number))
        {
            _acknowledged.Add(number);
        }
    }

    private Process StartHost(JournalMode mode, ulong first, int count, string kind)
    {
        var host = Path.Combine(AppContext.BaseDirectory, "Plateau.CrashHost.dll");
        string[] arguments = ["exec", host, _folder.Path, mode.ToString(), $"{first}", $"{count}", kind];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }
}
