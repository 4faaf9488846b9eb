using Plateau.Contracts.Calls;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Hangs up, after prompts if any. Before the answer the cause is what the caller's network is told.</summary>
internal sealed class HangUpNode(PromptList prompts, ClearingCause cause) : FlowNode
{
    private static readonly SortedDictionary<string, ClearingCause> Causes = new(StringComparer.Ordinal)
    {
        ["busy"] = ClearingCause.Busy,
        ["congestion"] = ClearingCause.Congestion,
        ["normal"] = ClearingCause.FlowEnded,
        ["rejected"] = ClearingCause.Rejected,
        ["unknownNumber"] = ClearingCause.UnknownNumber,
    };

    internal static HangUpNode Read(NodeReader reader)
    {
        var name = reader.OptionalText("cause") ?? "normal";
        if (!Causes.TryGetValue(name, out var cause))
        {
            reader.Fail("cause", $"must be one of {string.Join(", ", Causes.Keys)}");
        }

        return new HangUpNode(reader.Prompts("prompts"), cause);
    }

    internal override FlowMove Enter(FlowState state)
    {
        var items = prompts.Items(state);
        if (items.Count == 0)
        {
            return Clear(state);
        }

        state.Play(items, bargeIn: false);
        return FlowMove.Stay;
    }

    internal override FlowMove Apply(FlowState state, FlowInput input) =>
        input is FlowPlayed ? Clear(state) : FlowMove.Stay;

    private FlowMove Clear(FlowState state)
    {
        state.Effects.Add(new FlowClear(cause));
        return FlowMove.End();
    }
}
