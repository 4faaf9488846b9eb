using System.Collections.Concurrent;
using Plateau.Contracts;

namespace Plateau.Server.Demo;

/// <summary>Tells simulated people what real ones hear: that an agent has come to the telephone, and who speaks what
/// language.</summary>
/// <remarks>Follows the centre's facts. A caller is known by the last nine digits of the number: it may be written in
/// two ways.</remarks>
internal sealed class DemoWatch
{
    private const int DigitsKept = 9;

    private readonly ConcurrentDictionary<string, (string Language, TaskCompletionSource Established)> _callers = new();
    private readonly ConcurrentDictionary<CallId, string> _calls = new();

    /// <summary>A caller is about to call; the task completes when an agent talks to them.</summary>
    public Task Expect(string caller, string language)
    {
        var established = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _callers[Key(caller)] = (language, established);
        return established.Task;
    }

    /// <summary>The caller's language; null for one who is not simulated.</summary>
    public string? LanguageOf(string caller) =>
        _callers.TryGetValue(Key(caller), out var known) ? known.Language : null;

    public void Take(FactRecord record)
    {
        switch (record.Fact)
        {
            case CallStarted started:
                _calls[started.Call] = Key(started.Caller);
                break;
            case CallEstablished established when _calls.TryGetValue(established.Call, out var caller)
                && _callers.TryGetValue(caller, out var known):
                known.Established.TrySetResult();
                break;
            case CallCleared cleared:
                _calls.TryRemove(cleared.Call, out _);
                break;
        }
    }

    private static string Key(string number) => number.Length <= DigitsKept ? number : number[^DigitsKept..];
}
