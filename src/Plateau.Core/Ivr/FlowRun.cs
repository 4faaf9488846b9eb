using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Ivr;

/// <summary>A simulated call through a flow, in virtual time: what is heard, pressed and done, node by node.</summary>
/// <remarks>
/// Pure: the same flow and script give the same transcript. Prompts last as long as a voice takes, 15 characters a
/// second; audio files whose text is not known last two seconds.
/// </remarks>
public sealed class FlowRun
{
    /// <summary>Lines of a transcript; a flow that talks more than this is cut off.</summary>
    public const int LinesMax = 10_000;

    private const double CharactersPerSecond = 15; // Ordinary reading voice.
    private static readonly TimeSpan Thought = TimeSpan.FromMilliseconds(500);
    private readonly FlowMachine _machine;
    private readonly FlowScript _script;
    private readonly List<FlowLine> _lines = [];
    private Instant _now;
    private int _keys;
    private int _answers;
    private int _exits;
    private int _failures;
    private (Instant At, FlowInput? Input) _world = (Instant.Never, null); // What the flow has asked for and when it comes.
    private Instant _silentUntil; // The caller presses nothing before.
    private string _place;
    private bool _isOver;

    private FlowRun(FlowSet flows, Flow flow, FlowScript script)
    {
        _machine = new FlowMachine(flows, flow, script.Caller);
        _script = script;
        _now = script.Start;
        _place = _machine.Place;
    }

    /// <summary>Runs a flow to its end, or to the limit of time or lines.</summary>
    public static IReadOnlyList<FlowLine> Run(FlowSet flows, Flow flow, FlowScript script)
    {
        ArgumentNullException.ThrowIfNull(flows);
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(script);
        var run = new FlowRun(flows, flow, script);
        run.Go();
        return run._lines;
    }

    private void Go()
    {
        var effects = new List<FlowEffect>();
        _machine.Start(_now, effects);
        Do(effects);
        while (!_isOver && _lines.Count < LinesMax)
        {
            var keyAt = NextKeyAt();
            var next = Instant.Min(Instant.Min(_world.At, _machine.NextDeadline), keyAt);
            if (next.IsNever || next - _script.Start > _script.LengthMax)
            {
                End(next.IsNever ? "the flow waits for ever" : "the longest time of a run is over");
                return;
            }

            _now = Instant.Max(_now, next);
            effects.Clear();
            _machine.Apply(_now, NextInput(keyAt), effects);
            Do(effects);
        }
    }

    /// <summary>Deadlines first, then the world, then the caller: the order in which a live call would see
    /// them.</summary>
    private FlowInput NextInput(Instant keyAt)
    {
        if (_machine.NextDeadline <= _now)
        {
            if (_keys < _script.Keys.Length && _script.Keys[_keys] == 't')
            {
                _keys++;
            }

            _silentUntil = _now + Thought;
            return new FlowTick();
        }

        if (_world.At <= keyAt)
        {
            var input = _world.Input!;
            _world = (Instant.Never, null);
            _silentUntil = _now + Thought;
            return input;
        }

        var key = _script.Keys[_keys++];
        _silentUntil = _now + Thought;
        Tell(FlowLineKind.Pressed, key.ToString());
        return new FlowDigit(key);
    }

    /// <summary>When the caller presses the next key: never while the flow does not listen, or after the last
    /// one.</summary>
    private Instant NextKeyAt()
    {
        while (_keys < _script.Keys.Length && _script.Keys[_keys] == ',')
        {
            _keys++;
            _silentUntil = Instant.Max(_silentUntil, _now) + TimeSpan.FromSeconds(1);
        }

        var listens = _world.Input is null or FlowMessageRecorded || (_world.Input is FlowPlayed && _script.IsImpatient);
        return listens && _keys < _script.Keys.Length && _script.Keys[_keys] != 't'
            ? Instant.Max(_silentUntil, _now)
            : Instant.Never;
    }

    private void Do(List<FlowEffect> effects)
    {
        foreach (var effect in effects)
        {
            _place = (effect as FlowTrace)?.Node ?? _place;
            Do(effect);
        }
    }

    private void Do(FlowEffect effect)
    {
        switch (effect)
        {
            case FlowTrace { Detail.Length: 0 } trace:
                Tell(FlowLineKind.Node, string.Empty);
                break;
            case FlowTrace trace:
                Tell(FlowLineKind.Branch, trace.Detail);
                break;
            case FlowPlay play:
                Tell(FlowLineKind.Heard, string.Join(' ', play.Items.Select(Heard)));
                Expect(Length(play.Items), new FlowPlayed(true));
                break;
            case FlowStopPlaying:
                _world = (Instant.Never, null);
                break;
            case FlowClear clear:
                End($"hung up: {clear.Cause}");
                break;
            default:
                Ask(effect);
                break;
        }
    }

    /// <summary>Effects that the world answers, now or later.</summary>
    private void Ask(FlowEffect effect)
    {
        switch (effect)
        {
            case FlowAnswer:
                Tell(FlowLineKind.Done, "answered");
                break;
            case FlowSetLanguage language:
                Tell(FlowLineKind.Done, $"language {language.Language}");
                break;
            case FlowEnterQueue queue:
                Tell(FlowLineKind.Done, $"queue {queue.Queue}");
                Queue(queue);
                break;
            case FlowTransfer transfer:
                Tell(FlowLineKind.Done, $"transfer to {Name(transfer.Target)}");
                Transfer();
                break;
            case FlowRecordMessage record:
                Tell(FlowLineKind.Done, $"message for {record.Mailbox}");
                var length = record.LengthMax < _script.Stay ? record.LengthMax : _script.Stay;
                Expect(length, new FlowMessageRecorded(length));
                break;
            case FlowStopMessage when _world.Input is FlowMessageRecorded message:
                var spoken = message.Duration - (_world.At - _now);
                Expect(TimeSpan.Zero, new FlowMessageRecorded(spoken));
                break;
            case FlowRegisterCallback callback:
                Tell(FlowLineKind.Done, $"callback {callback.Queue} {callback.Number}");
                Expect(TimeSpan.Zero, new FlowCallbackRegistered(_script.CallbackAccepted));
                break;
            case FlowCallHttp http:
                Tell(FlowLineKind.Done, $"{http.Method} {http.Url}");
                Expect(
                    _answers < _script.HttpAnswers.Count ? TimeSpan.FromMilliseconds(100) : http.Timeout,
                    _answers < _script.HttpAnswers.Count
                        ? _script.HttpAnswers[_answers++]
                        : new FlowHttpAnswered(0, string.Empty, "timeout"));
                break;
            default:
                break; // Masking of digits shows in the trace.
        }
    }

    private void Queue(FlowEnterQueue queue)
    {
        if (_exits == _script.QueueExits.Count)
        {
            End($"answered by an agent of {queue.Queue}");
            return;
        }

        var exit = _script.QueueExits[_exits++];
        char? key = exit == QueueExit.KeyExit && queue.ExitKeys.Length > 0 ? queue.ExitKeys[0] : null;
        var stay = exit is QueueExit.Full or QueueExit.JoinEmpty
            ? TimeSpan.Zero
            : _script.Stay;
        Expect(stay, new FlowQueueLeft(exit, key));
    }

    private void Transfer()
    {
        if (_failures == _script.TransferFailures.Count)
        {
            End("transferred");
            return;
        }

        Expect(_script.Stay, new FlowTransferFailed(_script.TransferFailures[_failures++]));
    }

    private void Expect(TimeSpan after, FlowInput input) => _world = (_now + after, input);

    private void End(string text)
    {
        if (!_isOver)
        {
            _isOver = true;
            Tell(FlowLineKind.End, text);
        }
    }

    private void Tell(FlowLineKind kind, string text) =>
        _lines.Add(new FlowLine(_now - _script.Start, kind, _place, text));

    private static string Heard(PromptItem item) => item.Text ?? $"[{item.Prompt}]";

    private static TimeSpan Length(IReadOnlyList<PromptItem> items) => items.Aggregate(
        TimeSpan.Zero,
        (sum, item) => sum + (item.Text is { } text
            ? TimeSpan.FromSeconds(Math.Max(0.5, Math.Round(text.Length / CharactersPerSecond, 1)))
            : TimeSpan.FromSeconds(2)));

    private static string Name(Calls.CallTarget target) =>
        target.Agent?.ToString() ?? target.Queue?.ToString() ?? target.Number ?? $"mailbox {target.Mailbox}";
}
