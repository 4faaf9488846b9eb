namespace Plateau.Core.Ivr.Nodes;

/// <summary>Plays prompts; with barge-in a key ends them and counts for the next question.</summary>
internal sealed class PlayNode(PromptList prompts, bool bargeIn, string next) : FlowNode
{
    internal static PlayNode Read(NodeReader reader) =>
        new(reader.Prompts("prompts", isRequired: true), reader.Truth("bargeIn", true), reader.Next());

    internal override FlowMove Enter(FlowState state)
    {
        if (bargeIn && state.TypedAhead.Length > 0)
        {
            return FlowMove.GoTo(next, "key pressed before");
        }

        var items = prompts.Items(state);
        if (items.Count == 0)
        {
            return FlowMove.GoTo(next);
        }

        state.Play(items, bargeIn);
        return FlowMove.Stay;
    }

    internal override FlowMove Apply(FlowState state, FlowInput input)
    {
        switch (input)
        {
            case FlowDigit digit when bargeIn:
                state.TypedAhead.Append(digit.Digit);
                state.Effects.Add(new FlowStopPlaying());
                return FlowMove.GoTo(next, "key pressed");
            case FlowPlayed:
                return FlowMove.GoTo(next);
            default:
                return FlowMove.Stay;
        }
    }
}
