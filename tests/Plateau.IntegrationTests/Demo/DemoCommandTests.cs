using Microsoft.EntityFrameworkCore;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.IntegrationTests.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Media.Audio;
using Plateau.Server.Calls;
using Plateau.Server.Cli;
using Plateau.Server.Storage;
using Plateau.Server.Telephony.Softphones;

namespace Plateau.IntegrationTests.Demo;

/// <summary>"plateau demo" as somebody sees it who has just cloned the repository, at a high rate for a short
/// time.</summary>
[Collection(CallsCollection.Name)]
public sealed class DemoCommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_demo_answers_calls_records_them_and_says_where_everything_lies()
    {
        var code = await CommandLine.RunAsync(
            ["demo", "--plain", "--minutes", "0.7", "--rate", "60", "--seed", "3", "--lang", "en", "--data", _folder.Path],
            _output, _output).WaitAsync(Limit);

        Assert.Equal(ExitCode.Ok, code);
        var text = _output.ToString();
        Assert.Contains("call in:", text);
        Assert.Contains("agents ready", text);
        Assert.Contains($"./plateau replay {Path.Combine(_folder.Path, "journal", "maison-lumiere")}", text);
        var calls = await Calls();
        var answered = calls.Where(c => c.Connected is not null).ToList();
        Assert.True(answered.Count >= 3, $"{answered.Count} of {calls.Count} calls were answered\n{text}");
        Assert.All(answered, c => Assert.NotNull(c.Agent));
        await Check(answered);
        Assert.Equal(ExitCode.Ok, await CommandLine.RunAsync(
            ["replay", "--lang", "en", Path.Combine(_folder.Path, "journal", "maison-lumiere")], TextWriter.Null, _output));
    }

    /// <summary>Conversations of some length have a recording in which somebody speaks.</summary>
    private async Task Check(IReadOnlyList<CallRow> answered)
    {
        var talks = answered.Where(c => c.TalkMs > 5_000).Select(c => c.Call).ToHashSet();
        await using var db = new Database(DatabaseOptions.File(_folder["plateau.db"])).Open(new TenantId("maison-lumiere"));
        Assert.Equal(12, await db.AgentIntervals.Select(i => i.Agent).Distinct().CountAsync());
        var rows = (await db.Recordings.AsNoTracking().ToListAsync()).Where(r => talks.Contains(r.Call)).ToList();
        Assert.True(talks.Count <= rows.Count, $"{rows.Count} recordings of {talks.Count} conversations");
        foreach (var row in rows)
        {
            var file = Path.Combine(_folder.Path, "recordings", row.Path);
            var audio = WavParser.Parse(await File.ReadAllBytesAsync(file), out _)!;
            var heard = HeardAudio.Measure(audio);
            Assert.True(heard.Sound > TimeSpan.FromSeconds(1), $"{row.Path}: {heard}");
            Assert.InRange(heard.LevelDbov, -35, -10);
        }
    }

    private async Task<List<CallRow>> Calls()
    {
        await using var db = new Database(DatabaseOptions.File(_folder["plateau.db"])).Open(new TenantId("maison-lumiere"));
        return await db.Calls.AsNoTracking().Where(c => c.Direction == CallDirection.Inbound).ToListAsync();
    }
}
