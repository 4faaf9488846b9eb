using System.Collections.Concurrent;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Agents;
using Plateau.Core.Calls;
using Plateau.IntegrationTests.Fixtures;
using Plateau.Server.Hosting;
using Plateau.Server.Storage;

namespace Plateau.IntegrationTests.Storage;

public sealed class CentreDriverTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly CentreConfig Config = new() { Tenant = SampleRecords.Tenant, Name = "Acme" };

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<CentreEffect> _legs = new();
    private readonly ConcurrentQueue<FactRecord> _facts = new();
    private readonly ConcurrentQueue<OutboxEntry> _stored = new();
    private readonly Ledger _ledger = new();
    private int _allLegsLost;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(JournalMode.Flush)]
    [InlineData(JournalMode.Write)]
    public async Task What_was_acknowledged_is_replayed_at_the_same_instants(JournalMode mode)
    {
        List<CentreInput> inputs;
        List<Instant> times;
        await using (var driver = await Started(mode))
        {
            driver.Post(Offered(1));
            Assert.Null((await GoReady(driver)).Error);
            Assert.True(driver.Post(Offered(2)));
            (inputs, times) = await driver.Query(Seen).WaitAsync(Patience);
        }

        await using var again = await Started(mode);
        var (replayed, when) = await again.Query(Seen).WaitAsync(Patience);
        Assert.Equal([.. inputs, new Restarted()], replayed, new SameText());
        Assert.Equal(times, when.Take(times.Count));
        Assert.True(when[^1] >= when[^2]);
        Assert.Equal(inputs.Count, again.State.InputsReplayed);
    }

    [Fact]
    public async Task Facts_and_records_keep_their_numbers_over_a_restart_and_legs_are_not_done_again()
    {
        await using (var driver = await Started())
        {
            driver.Post(Offered(1));
            driver.Post(Cleared(1));
            driver.Post(Offered(2));
            await GoReady(driver);
        }

        Assert.Equal([new RingLeg(new LegId(1)), new RingLeg(new LegId(2))], _legs);
        var facts = Taken(_facts);
        var stored = Taken(_stored);
        Assert.Equal([1, 2], facts.Select(f => f.Sequence));
        Assert.Equal([1, 2, 3], stored.Select(s => s.Ordinal));
        _legs.Clear();

        await using var again = await Started();
        Assert.Equal(facts, Taken(_facts));
        Assert.Equal(stored.Select(s => (s.Ordinal, s.At)), Taken(_stored).Select(s => (s.Ordinal, s.At)));
        Assert.Empty(_legs);
        again.Post(Offered(3));
        await GoReady(again);
        Assert.Equal(3, Assert.Single(Taken(_facts)).Sequence);
    }

    [Fact]
    public async Task The_configuration_is_applied_first_and_again_only_when_it_changed()
    {
        await using (await Started())
        {
        }

        await using (await Started())
        {
        }

        var changed = Config with { Name = "Acme & fils" };
        await using var driver = Driver();
        await driver.Start(changed);
        var (inputs, _) = await driver.Query(Seen);
        Assert.Equal(
            [new ApplyConfig(Config), new Restarted(), new Restarted(), new ApplyConfig(changed)],
            inputs, new SameText());
    }

    [Fact]
    public async Task A_deadline_is_kept_without_polling_and_journalled()
    {
        await using (var driver = await Started())
        {
            driver.Post(new LegOffered(new LegId(1), "timer", "100", null, null));
            await WaitFor(() => !_facts.IsEmpty, driver);
            var (inputs, times) = await driver.Query(Seen);
            Assert.IsType<Tick>(inputs[^1]);
            Assert.InRange((times[^1] - times[^2]).TotalMilliseconds, 20, 2_000);
        }

        await using var again = await Started();
        Assert.IsType<Tick>((await again.Query(Seen)).Inputs[^2]);
        Assert.Equal(2, _facts.Count);
    }

    [Fact]
    public async Task An_input_that_kills_the_centre_is_set_aside_and_the_calls_go_on()
    {
        await using var driver = await Started();
        driver.Post(Offered(1));
        driver.Post(new LegOffered(new LegId(2), "poison", "100", null, null));
        driver.Post(Offered(3));
        await GoReady(driver);
        var (inputs, _) = await driver.Query(Seen);
        Assert.Equal([Offered(1), Offered(3)], inputs.OfType<LegOffered>());
        Assert.DoesNotContain(inputs, i => i is Restarted);
        Assert.Equal(1, driver.State.InputsSetAside);
        Assert.Equal(0, _allLegsLost);
        var file = Assert.Single(Directory.GetFiles(_folder[Path.Combine("journal", "set-aside")]));
        Assert.Contains("poison", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal([1, 2], _facts.Select(f => f.Sequence));
    }

    [Theory]
    [InlineData("bomb", "applyConfig restarted goReady")]
    [InlineData("big bomb", "applyConfig goReady")]
    public async Task A_deadline_that_kills_the_centre_costs_its_calls_but_not_the_centre(string caller, string left)
    {
        await using var driver = await Started();
        driver.Post(new LegOffered(new LegId(2), caller, "100", null, null));
        await WaitFor(() => driver.State.InputsSetAside > 0, driver);
        await GoReady(driver);
        var (inputs, _) = await driver.Query(Seen);
        var types = inputs.Where(i => i is not LegOffered).Select(i =>
            System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(i.GetType().Name));
        Assert.Equal(left, string.Join(' ', types));
        Assert.True(_allLegsLost > 0);
        Assert.Equal(CentrePhase.Running, driver.State.Phase);
        // What is on disk now must be fit to start from.
        await driver.DisposeAsync();
        await using var again = await Started();
        Assert.Equal(CentrePhase.Running, again.State.Phase);
    }

    [Fact]
    public async Task A_torn_tail_is_cut_kept_and_gone_on_from()
    {
        await using (var driver = await Started())
        {
            driver.Post(Offered(1));
            driver.Post(Offered(2));
            await GoReady(driver);
        }

        var file = Assert.Single(JournalFiles());
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..^3]);
        await using (var again = await Started())
        {
            var (inputs, _) = await again.Query(Seen);
            Assert.Equal([Offered(1), Offered(2)], inputs.OfType<LegOffered>());
            Assert.DoesNotContain(inputs, i => i is GoReady);
            again.Post(Offered(3));
            await GoReady(again);
        }

        Assert.Single(Directory.GetFiles(_folder["journal"], "*.torn-at-*"));
        await using var third = await Started();
        Assert.Equal(3, (await third.Query(Seen)).Inputs.OfType<LegOffered>().Count());
    }

    [Fact]
    public async Task A_damaged_middle_is_a_named_error_and_no_file_is_touched()
    {
        await using (var driver = await Started())
        {
            driver.Post(Offered(1));
            await GoReady(driver);
        }

        var file = Assert.Single(JournalFiles());
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(file, bytes);
        await using var again = Driver();
        var error = await Assert.ThrowsAsync<StorageException>(() => again.Start(Config).WaitAsync(Patience));
        Assert.Equal(StorageError.DamagedMiddle, error.Error);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file));
        Assert.False(again.Post(Offered(2)));
    }

    [Fact]
    public async Task A_long_journal_goes_on_in_further_segments()
    {
        await using (var driver = await Started(segmentBytesMax: 2_000))
        {
            for (ulong i = 1; i <= 50; i++)
            {
                driver.Post(Offered(i));
                await GoReady(driver);
            }
        }

        Assert.True(JournalFiles().Length > 3);
        await using var again = await Started(segmentBytesMax: 2_000);
        Assert.Equal(50, (await again.Query(Seen)).Inputs.OfType<LegOffered>().Count());
        File.Delete(JournalFiles()[1]);
        await using var third = Driver();
        var error = await Assert.ThrowsAsync<StorageException>(() => third.Start(Config).WaitAsync(Patience));
        Assert.Equal(StorageError.EntriesMissing, error.Error);
    }

    [Fact]
    public async Task A_new_generation_begins_from_a_simple_state_and_numbers_go_on()
    {
        await using (var driver = await Started(compactEntries: 20))
        {
            for (ulong i = 1; i <= 40; i++)
            {
                driver.Post(Offered(i));
                await GoReady(driver);
            }
        }

        var facts = Taken(_facts);
        Assert.Equal(Enumerable.Range(1, facts.Count).Select(i => (long)i), facts.Select(f => f.Sequence));
        // Generations that are closed are kept for replays only; without them a start is the same.
        var files = JournalFiles().Length;
        Assert.Equal(0, JournalFolder.RemoveClosed(_folder["journal"], DateTime.UtcNow - TimeSpan.FromDays(1)));
        Assert.Equal(files - 1, JournalFolder.RemoveClosed(_folder["journal"], DateTime.UtcNow + TimeSpan.FromDays(1)));
        Assert.True(files > 1);
        await using var again = await Started();
        Assert.True(again.State.InputsReplayed < 80);
        Assert.Equal(facts[^1], _facts.Last());
        again.Post(Offered(41));
        await GoReady(again);
        Assert.Equal(facts[^1].Sequence + 1, _facts.Last().Sequence);
    }

    [Fact]
    public async Task One_who_asks_a_stopped_centre_is_told_so()
    {
        var driver = await Started();
        await driver.DisposeAsync();
        Assert.Equal(RequestError.LimitReached, (await GoReady(driver)).Error);
        await Assert.ThrowsAsync<InvalidOperationException>(() => driver.Query(c => c.NextDeadline));
    }

    private static LegOffered Offered(ulong leg) => new(new LegId(leg), "+33199001234", "100", null, null);

    private static LegCleared Cleared(ulong leg) => new(new LegId(leg), ClearingCause.Normal, ByParty: true);

    private static List<T> Taken<T>(ConcurrentQueue<T> queue)
    {
        var all = queue.ToList();
        queue.Clear();
        return all;
    }

    private static Task<AnswerRequest> GoReady(CentreDriver driver) =>
        driver.Ask(id => new GoReady(id, null, SampleRecords.Agent)).WaitAsync(Patience);

    private static async Task WaitFor(Func<bool> condition, CentreDriver driver)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            // Each question is a turn of the centre's thread, so this yields to what is being waited for.
            limit.Token.ThrowIfCancellationRequested();
            await driver.Query(c => c.NextDeadline);
        }
    }

    private (List<CentreInput> Inputs, List<Instant> Times) Seen(Centre centre) =>
        ([.. _ledger.Of(centre).Inputs], [.. _ledger.Of(centre).Times]);

    private string[] JournalFiles() => [.. Directory.GetFiles(_folder["journal"], "*.journal").Order()];

    private async Task<CentreDriver> Started(
        JournalMode mode = JournalMode.Write, long segmentBytesMax = 1_000_000, long compactEntries = 100_000)
    {
        var driver = Driver(mode, segmentBytesMax, compactEntries);
        await driver.Start(Config).WaitAsync(Patience);
        return driver;
    }

    private CentreDriver Driver(
        JournalMode mode = JournalMode.Write, long segmentBytesMax = 1_000_000, long compactEntries = 100_000)
    {
        var sinks = new CentreSinks
        {
            Leg = _legs.Enqueue,
            Fact = _facts.Enqueue,
            Store = entries => entries.ToList().ForEach(_stored.Enqueue),
            AllLegsLost = () => _allLegsLost++,
        };
        var options = new CentreDriverOptions
        {
            Tenant = SampleRecords.Tenant,
            JournalFolder = _folder["journal"],
            Node = 1,
            RequestNode = 2,
            Mode = mode,
            SegmentBytesMax = segmentBytesMax,
            CompactEntries = compactEntries,
            Compact = _ => [new ApplyConfig(Config), Offered(0)],
            Apply = _ledger.Apply,
            NextDeadline = centre => _ledger.Of(centre).Deadline,
        };
        return new CentreDriver(options, sinks);
    }

    private sealed class SameText : IEqualityComparer<CentreInput>
    {
        public bool Equals(CentreInput? x, CentreInput? y) => Text(x!) == Text(y!);

        public int GetHashCode(CentreInput obj) => Text(obj).GetHashCode(StringComparison.Ordinal);

        private static string Text(CentreInput input) =>
            System.Text.Json.JsonSerializer.Serialize(input, PlateauJson.Options);
    }
}
