namespace Plateau.Server.Telephony.Prompts;

/// <summary>Prompts in memory, the least recently used forgotten first; each is made once, also for many at
/// once.</summary>
/// <remarks>Thread-safe. Prompts still playing live on after they are forgotten here.</remarks>
/// <param name="samplesMax">Most master samples kept.</param>
public sealed class PromptCache(long samplesMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, Task<PromptOutcome> Work)>> _byKey =
        new(StringComparer.Ordinal);

    private readonly LinkedList<(string Key, Task<PromptOutcome> Work)> _byUse = new();

    /// <summary>Number of prompts kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byKey.Count;
            }
        }
    }

    /// <summary>The prompt of a key, made by the first who asks; what could not be made is not kept.</summary>
    public async Task<PromptOutcome> GetAsync(string key, Func<Task<PromptOutcome>> make, CancellationToken cancel)
    {
        var work = Find(key) ?? Begin(key, make);
        try
        {
            var outcome = await work.WaitAsync(cancel);
            Trim(outcome.Prompt is null ? key : null);
            return outcome;
        }
        catch when (work.IsFaulted)
        {
            Trim(key);
            throw;
        }
    }

    private Task<PromptOutcome>? Find(string key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Work;
        }
    }

    private Task<PromptOutcome> Begin(string key, Func<Task<PromptOutcome>> make)
    {
        // Started on the pool, so that no file is read and no sample converted inside the lock.
        var start = new Task<Task<PromptOutcome>>(make);
        var work = start.Unwrap();
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var other))
            {
                return other.Value.Work;
            }

            _byKey[key] = _byUse.AddFirst((key, work));
        }

        start.Start(TaskScheduler.Default);
        return work;
    }

    private void Trim(string? failedKey)
    {
        lock (_gate)
        {
            if (failedKey is not null && _byKey.Remove(failedKey, out var failed))
            {
                _byUse.Remove(failed);
            }

            long samples = 0;
            for (var node = _byUse.First; node is not null;)
            {
                var next = node.Next;
                samples += node.Value.Work.IsCompletedSuccessfully ? node.Value.Work.Result.Prompt?.Master.Length ?? 0 : 0;
                if (samples > samplesMax && node != _byUse.First)
                {
                    _byUse.Remove(node);
                    _byKey.Remove(node.Value.Key);
                }

                node = next;
            }
        }
    }
}
