namespace Plateau.Core.Ivr.Nodes;

/// <summary>Where a question leads when it got no usable answer: a branch of its own, else the default.</summary>
internal sealed record GatherExits(string? TimedOut, string? Invalid, string? Default)
{
    internal static GatherExits Read(NodeReader reader) =>
        new(reader.OptionalNext("timeout"), reader.OptionalNext("invalid"), reader.OptionalNext("default"));

    internal FlowMove Move(GatherOutcome outcome) => outcome switch
    {
        GatherOutcome.TimedOut => FlowMove.Or(TimedOut ?? Default, FlowFault.NoInput, "time-out"),
        GatherOutcome.Invalid => FlowMove.Or(Invalid ?? Default, FlowFault.NoInput, "invalid"),
        _ => FlowMove.Stay,
    };
}
