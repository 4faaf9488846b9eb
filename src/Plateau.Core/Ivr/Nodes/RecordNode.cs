namespace Plateau.Core.Ivr.Nodes;

/// <summary>Takes a message for a mailbox, after prompts if any.</summary>
internal sealed class RecordNode : FlowNode
{
    private static readonly object Recording = new();
    private readonly PromptList _prompts;
    private readonly string _mailbox;
    private readonly TimeSpan _lengthMin;
    private readonly TimeSpan _lengthMax;
    private readonly TimeSpan _silenceMax;
    private readonly string _finishKeys;
    private readonly bool _beep;
    private readonly string _next;
    private readonly string? _empty;

    private RecordNode(NodeReader reader)
    {
        _prompts = reader.Prompts("prompts");
        _mailbox = reader.Text("mailbox");
        _lengthMin = reader.Seconds("lengthMinS", 1, 0, 60);
        _lengthMax = reader.Seconds("lengthMaxS", 120, 1, 3_600);
        _silenceMax = reader.Seconds("silenceMaxS", 5, 0, 60);
        _finishKeys = reader.OptionalText("finishKeys") ?? "#";
        _beep = reader.Truth("beep", true);
        _next = reader.Next();
        _empty = reader.OptionalNext("empty");
        if (!_finishKeys.All(c => char.IsAsciiDigit(c) || c is '*' or '#'))
        {
            reader.Fail("finishKeys", "must be some of the keys 0-9, * and #");
        }
    }

    internal static RecordNode Read(NodeReader reader) => new(reader);

    internal override FlowMove Enter(FlowState state)
    {
        state.TypedAhead.Clear();
        var items = _prompts.Items(state);
        if (items.Count == 0)
        {
            return Record(state);
        }

        state.Play(items, bargeIn: true);
        return FlowMove.Stay;
    }

    internal override FlowMove Apply(FlowState state, FlowInput input)
    {
        var isRecording = state.Activity == Recording;
        switch (input)
        {
            case FlowPlayed when !isRecording:
                return Record(state);
            case FlowDigit when !isRecording:
                state.Effects.Add(new FlowStopPlaying());
                return Record(state);
            case FlowDigit digit when _finishKeys.Contains(digit.Digit):
                state.Effects.Add(new FlowStopMessage());
                return FlowMove.Stay;
            case FlowMessageRecorded recorded when isRecording:
                return Recorded(state, recorded.Duration);
            default:
                return FlowMove.Stay;
        }
    }

    private FlowMove Record(FlowState state)
    {
        state.Answer();
        state.Activity = Recording;
        state.Effects.Add(new FlowRecordMessage(_mailbox, _lengthMax, _silenceMax, _finishKeys, _beep));
        return FlowMove.Stay;
    }

    private FlowMove Recorded(FlowState state, TimeSpan duration)
    {
        var seconds = FlowValue.Of((decimal)Math.Floor(duration.TotalSeconds));
        if (state.Set("message.durationS", seconds) is { } fault)
        {
            return FlowMove.Fault(fault, "message.durationS");
        }

        return duration < _lengthMin && _empty is not null
            ? FlowMove.GoTo(_empty, "empty")
            : FlowMove.GoTo(_next, $"{seconds.Text} s");
    }
}
