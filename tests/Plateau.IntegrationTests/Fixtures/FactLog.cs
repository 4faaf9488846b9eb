using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Server.Hosting;

namespace Plateau.IntegrationTests.Fixtures;

/// <summary>The facts of a centre from now on; a test waits for one and fails with all of them when it does not
/// come.</summary>
internal sealed class FactLog
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<FactRecord> _facts = [];
    private readonly List<(Func<Fact, bool> Which, int Left, TaskCompletionSource<Fact> Seen)> _awaited = [];

    /// <summary>Listens besides whoever listens already.</summary>
    internal FactLog(CentreSinks sinks)
    {
        var others = sinks.Fact;
        sinks.Fact = fact =>
        {
            others?.Invoke(fact);
            Take(fact);
        };
    }

    /// <summary>All so far, one a line.</summary>
    internal string Text
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _facts.Select(f => $"{f.At} {f.Fact}"));
            }
        }
    }

    /// <summary>How many there are so far; a place to wait from.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _facts.Count;
            }
        }
    }

    /// <summary>The first fact of a kind, gone by or to come.</summary>
    /// <param name="which">Which of the kind; null for any.</param>
    /// <param name="after">Facts at the beginning that do not count.</param>
    /// <param name="times">The n-th such fact.</param>
    internal async Task<T> Seen<T>(Func<T, bool>? which = null, int after = 0, int times = 1)
        where T : Fact
    {
        bool IsIt(Fact fact) => fact is T wanted && which?.Invoke(wanted) != false;
        var seen = new TaskCompletionSource<Fact>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var found = _facts.Skip(after).Select(f => f.Fact).Where(IsIt).Take(times).ToList();
            if (found.Count == times)
            {
                return (T)found[^1];
            }

            _awaited.Add((IsIt, times - found.Count, seen));
        }

        try
        {
            return (T)await seen.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"no {typeof(T).Name} as wanted within {Patience.TotalSeconds} s; facts:\n{Text}");
            throw;
        }
    }

    /// <summary>The facts of a kind so far.</summary>
    internal IReadOnlyList<T> Of<T>(Func<T, bool>? which = null)
        where T : Fact
    {
        lock (_gate)
        {
            return [.. _facts.Select(f => f.Fact).OfType<T>().Where(f => which?.Invoke(f) != false)];
        }
    }

    /// <summary>Waits until an agent is in a state.</summary>
    internal Task<AgentStateChanged> AgentIs(string agent, AgentState state, int after = 0) =>
        Seen<AgentStateChanged>(f => f.Agent == new AgentId(agent) && f.State == state, after);

    private void Take(FactRecord fact)
    {
        lock (_gate)
        {
            _facts.Add(fact);
            for (var i = _awaited.Count - 1; i >= 0; i--)
            {
                var (which, left, seen) = _awaited[i];
                if (!which(fact.Fact))
                {
                    continue;
                }

                if (left > 1)
                {
                    _awaited[i] = (which, left - 1, seen);
                }
                else
                {
                    _awaited.RemoveAt(i);
                    seen.TrySetResult(fact.Fact);
                }
            }
        }
    }
}
