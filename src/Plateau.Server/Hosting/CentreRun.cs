using System.Diagnostics;
using System.Text.Json;
using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core;
using Plateau.Core.Calls;
using Plateau.Server.Storage;

namespace Plateau.Server.Hosting;

/// <summary>
/// The life of a centre on its thread: replay, work, recovery from a failure. All members: that thread only.
/// </summary>
internal sealed class CentreRun(
    CentreDriverOptions options, CentreSinks sinks, ILogger log, Action<AnswerRequest> answer) : IDisposable
{
    // Another failure within so many inputs means that the state, not the input, is what kills.
    private const int QuietInputs = 16;

    // Inputs taken between two commits: bounds the time that the first of them waits for the last.
    private const int BatchInputsMax = 256;

    private readonly List<CentreEffect> _effects = new(64);
    private CentreBatch _batch = new();
    private List<CentreWork> _work = new(1024);
    private Centre _centre = new(new IdSource(options.Node));
    private EffectNumbers _numbers = new(options.Tenant, options.First.Fact, options.First.Ordinal);
    private JournalWriter? _journal;
    private GroupCommit? _commit;
    private long _nextEntry = 1;
    private Instant _now = new(long.MinValue);
    private string? _configJson;
    private CentreConfig? _config;
    private long _inputsTaken;
    private long _quietSince;
    private int _failures;
    private long _askCompactAt = options.CompactEntries;

    /// <summary>Inputs taken without the replay.</summary>
    internal long InputsTaken => Volatile.Read(ref _inputsTaken);

    /// <summary>Inputs replayed at start.</summary>
    internal long InputsReplayed { get; private set; }

    /// <summary>Inputs set aside.</summary>
    internal long InputsSetAside { get; private set; }

    /// <summary>Why the journal cannot be written at the moment.</summary>
    internal string? JournalError => _commit?.Error;

    /// <summary>Replays what there is and takes the first inputs of this life.</summary>
    internal void Begin(CentreConfig config)
    {
        var watch = Stopwatch.StartNew();
        var read = Replay(publish: true);
        if (read.Torn is { } torn)
        {
            Log.TornTailCut(log, options.Tenant, torn.Path, torn.At, torn.Bytes, torn.Cut());
        }

        InputsReplayed = read.NextEntry - 1;
        Use(read.Header is null
            ? BeginGeneration(1, [])
            : JournalWriter.Continue(options.JournalFolder, read, options.SegmentBytesMax));
        Log.Replayed(log, options.Tenant, InputsReplayed, _journal!.Header.Generation, watch.ElapsedMilliseconds);
        _config ??= config;
        if (InputsReplayed > 0)
        {
            Take(new Restarted());
        }

        if (_configJson != JsonSerializer.Serialize(config, PlateauJson.Options))
        {
            Take(new ApplyConfig(config));
        }

        Commit();
        CompactWhenSimple();
    }

    /// <summary>Takes inputs until the queue is closed and empty.</summary>
    internal void Work(CentreQueue queue)
    {
        while (queue.Take(ref _work, UntilDeadline()))
        {
            foreach (var work in _work)
            {
                TakeWork(work);
                if (_batch.Frames.Length > 0 && _nextEntry - _batch.FirstEntry >= BatchInputsMax)
                {
                    Commit();
                }
            }

            _work.Clear();
            if (options.NextDeadline(_centre) <= Now())
            {
                Take(new Tick());
            }

            Commit();
            CompactWhenSimple();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _commit?.Dispose();
        _journal?.Dispose();
        _batch.Dispose();
    }

    /// <summary>Without a journal there is nothing to rebuild the state from.</summary>
    private bool IsOff => options.Mode == JournalMode.Off;

    private TimeSpan UntilDeadline()
    {
        var deadline = options.NextDeadline(_centre);
        if (deadline.IsNever)
        {
            return Timeout.InfiniteTimeSpan;
        }

        // Rounded up to the millisecond that a wait can keep, and cut to what it can hold.
        var wait = Math.Clamp((deadline - Now()).TotalMilliseconds, 0, TimeSpan.FromHours(1).TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Ceiling(wait));
    }

    private Instant Now() => _now = Instant.Max(_now, options.Clock());

    private void TakeWork(CentreWork work)
    {
        if (work.Input is { } input)
        {
            Take(input);
        }
        else if (work.Question is { } question)
        {
            _batch.Answers.Add(question(_centre));
        }
    }

    private void Take(CentreInput input)
    {
        var now = Now();
        var mark = _batch.Frames.Length;
        if (mark == 0)
        {
            _batch.FirstEntry = _nextEntry;
        }

        _effects.Clear();
        try
        {
            _batch.Frames.Add(new JournalEntry(_nextEntry, now, input));
            options.Apply(_centre, now, input, _effects);
        }
#pragma warning disable CA1031 // A failed assertion may be of any type; the centre's state is in doubt after it.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            _batch.Frames.Undo(mark);
            Recover(now, input, e);
            return;
        }

        _nextEntry++;
        Volatile.Write(ref _inputsTaken, _inputsTaken + 1);
        NoteConfig(input);
        _numbers.Number(now, _effects, _batch);
        if (_failures > 0 && _inputsTaken - _quietSince > QuietInputs)
        {
            _failures = 0;
        }
    }

    private void NoteConfig(CentreInput input)
    {
        if (input is ApplyConfig apply)
        {
            _config = apply.Config;
            _configJson = JsonSerializer.Serialize(apply.Config, PlateauJson.Options);
        }
    }

    private void Commit()
    {
        if (!_batch.IsEmpty)
        {
            _batch = _commit!.Commit(_batch);
        }
    }

    private JournalReader Replay(bool publish)
    {
        _centre = new Centre(new IdSource(options.Node));
        var read = new JournalReader(options.JournalFolder);
        foreach (var entry in read.Read())
        {
            if (entry.N == 1)
            {
                BeginCounting(read.First!);
            }

            ReplayEntry(entry);
            if (publish && _batch.Stored.Count >= BatchInputsMax)
            {
                DispatchStored(_batch);
                _batch.Clear();
            }
            else if (!publish)
            {
                _batch.Clear();
            }
        }

        if (read.First is { } first && read.NextEntry == 1)
        {
            BeginCounting(first);
        }

        DispatchStored(_batch);
        _batch.Clear();
        _nextEntry = read.NextEntry;
        return read;
    }

    private void BeginCounting(JournalHeader first)
    {
        if (first.Tenant != options.Tenant)
        {
            throw new StorageException(
                StorageError.WrongTenant, $"{options.JournalFolder} is {first.Tenant}'s, not {options.Tenant}'s");
        }

        _numbers = new EffectNumbers(options.Tenant, first.FirstFact, first.FirstOrdinal);
        _centre = new Centre(new IdSource(first.Node));
    }

    private void ReplayEntry(JournalEntry entry)
    {
        _now = Instant.Max(_now, entry.At);
        _effects.Clear();
        try
        {
            options.Apply(_centre, entry.At, entry.Input, _effects);
        }
#pragma warning disable CA1031 // An input that was fine and no more is: the program changed. It is told and left out.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            SetAside(entry.At, entry.Input, e);
            return;
        }

        NoteConfig(entry.Input);
        _numbers.Number(entry.At, _effects, _batch);
    }

    private void Use(JournalWriter journal)
    {
        _commit?.Dispose();
        _journal?.Dispose();
        _journal = journal;
        _commit = new GroupCommit(journal, options, Dispatch, e => Log.JournalUnwritable(log, options.Tenant, e));
    }

    /// <summary>Begins a new generation when the old one is long and the centre's state is simple.</summary>
    private void CompactWhenSimple()
    {
        if (_nextEntry < _askCompactAt)
        {
            return;
        }

        _askCompactAt = _nextEntry + (options.CompactEntries / 16);
        if (options.Compact?.Invoke(_centre) is { } state)
        {
            Commit();
            var generation = _journal!.Header.Generation + 1;
            // The commit is closed first: all that belongs to the old generation is in it before the new one counts.
            _commit!.Dispose();
            _commit = null;
            Use(BeginGeneration(generation, state));
            Log.Compacted(log, options.Tenant, generation, state.Count);
        }
    }

    private JournalWriter BeginGeneration(int generation, IReadOnlyList<CentreInput> state)
    {
        // The old generation will not be replayed again: what it told to keep must be safe without it.
        Try("flush", () => sinks.Flush?.Invoke());
        var header = new JournalHeader(
            JournalHeader.Form, options.Tenant, generation, 1, 1, options.Node, _numbers.NextFact,
            _numbers.NextOrdinal);
        using var frames = new FrameBuffer();
        _centre = new Centre(new IdSource(options.Node));
        _nextEntry = 1;
        _askCompactAt = options.CompactEntries;
        var now = Now();
        foreach (var input in state)
        {
            _effects.Clear();
            options.Apply(_centre, now, input, _effects);
            frames.Add(new JournalEntry(_nextEntry++, now, input));
            NoteConfig(input);
            _numbers.Number(now, _effects, _batch);
        }

        var journal = JournalWriter.Begin(options.JournalFolder, header, frames.Bytes, options.SegmentBytesMax);
        // Recreating the state caused nothing that has to be done; what it told is counted, as a replay will.
        _batch.Effects.Clear();
        return journal;
    }

    /// <summary>
    /// The centre failed: its state is in doubt, so it is built again from the inputs that were good.
    /// </summary>
    private void Recover(Instant now, CentreInput input, Exception error)
    {
        SetAside(now, input, error);
        if (input is CentreRequest request)
        {
            _batch.Answers.Add(() => answer(new AnswerRequest(
                request.Request, RequestError.Invalid, "The centre failed on this request and set it aside.")));
        }

        Commit();
        // Closing the commit makes sure that the journal holds all that was applied before.
        _commit!.Dispose();
        _journal!.Dispose();
        _commit = null;
        _journal = null;
        var read = Replay(publish: false);
        Use(JournalWriter.Continue(options.JournalFolder, read, options.SegmentBytesMax));

        _failures++;
        _quietSince = _inputsTaken;
        if (_failures == 1 && input is not Tick && !IsOff)
        {
            return;
        }

        GiveCallsUp(isLastResort: input is Restarted || _failures > 3 || IsOff);
    }

    private void GiveCallsUp(bool isLastResort)
    {
        sinks.AllLegsLost?.Invoke();
        if (!isLastResort)
        {
            Log.CallsGivenUp(log, options.Tenant);
            Take(new Restarted());
            return;
        }

        var generation = _journal!.Header.Generation + 1;
        Log.BegunAnew(log, options.Tenant, generation);
        _failures = 0;
        Use(BeginGeneration(generation, [new ApplyConfig(_config!)]));
    }

    private void SetAside(Instant now, CentreInput input, Exception error)
    {
        InputsSetAside++;
        var folder = Path.Combine(options.JournalFolder, "set-aside");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{now.Microseconds}-{InputsSetAside}.json");
        var text = JsonSerializer.Serialize(
            new { At = now, Entry = _nextEntry, Input = input, Error = error.ToString() }, PlateauJson.Options);
        File.WriteAllText(path, text);
        Log.InputSetAside(log, options.Tenant, input.GetType().Name, path, error);
    }

    private void Dispatch(CentreBatch batch)
    {
        foreach (var effect in batch.Effects)
        {
            Try(effect.GetType().Name, () => DispatchOne(effect));
        }

        foreach (var done in batch.Answers)
        {
            Try("answer", done);
        }

        DispatchStored(batch);
    }

    private void DispatchOne(CentreEffect effect)
    {
        switch (effect)
        {
            case AnswerRequest answered:
                answer(answered);
                break;
            case CallHttp http:
                sinks.Http?.Invoke(http);
                break;
            default:
                sinks.Leg?.Invoke(effect);
                break;
        }
    }

    private void DispatchStored(CentreBatch batch)
    {
        foreach (var fact in batch.Facts)
        {
            Try("fact", () => sinks.Fact?.Invoke(fact));
        }

        if (batch.Stored.Count > 0)
        {
            Try("store", () => sinks.Store?.Invoke(batch.Stored.ToArray()));
        }
    }

    private void Try(string effect, Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // A sink's failure is its own; the next effect must leave all the same.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.EffectFailed(log, options.Tenant, effect, e);
        }
    }
}
