using Plateau.Contracts;
using Plateau.Core.Tenancy;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Branches on opening hours; without a holiday branch holidays are closed.</summary>
internal sealed class HoursNode(HoursId hours, string open, string closed, string? holiday) : FlowNode
{
    internal static HoursNode Read(NodeReader reader) => new(
        new HoursId(reader.Reference("hours", FlowReferenceKind.Hours)),
        reader.Next("open"), reader.Next("closed"), reader.OptionalNext("holiday"));

    internal override FlowMove Enter(FlowState state)
    {
        if (state.Flows.Hours.Find(hours) is not { } calendar)
        {
            return FlowMove.Fault(FlowFault.NotConfigured, $"hours {hours}");
        }

        var verdict = calendar.At(state.Now);
        return verdict.State switch
        {
            HoursState.Open => FlowMove.GoTo(open, "open"),
            HoursState.Holiday => FlowMove.GoTo(holiday ?? closed, $"holiday {verdict.Reason}"),
            _ => FlowMove.GoTo(closed, "closed"),
        };
    }
}
