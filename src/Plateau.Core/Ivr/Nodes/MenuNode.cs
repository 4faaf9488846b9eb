namespace Plateau.Core.Ivr.Nodes;

/// <summary>Lets the caller choose by keys; an option may be longer than one key.</summary>
internal sealed class MenuNode(
    GatherPlan plan, SortedDictionary<string, string> options, GatherExits exits, string? variable) : FlowNode
{
    internal static MenuNode Read(NodeReader reader)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var members = reader.Object("options", isRequired: true);
        foreach (var (keys, value) in members)
        {
            var target = reader.TextOf($"options.{keys}", value);
            reader.CheckNode($"options.{keys}", target);
            if (keys.Length is 0 or > 8 || !keys.All(c => char.IsAsciiDigit(c) || c is '*' or '#'))
            {
                reader.Fail($"options.{keys}", "an option is 1 to 8 of the keys 0-9, * and #");
            }

            options[keys] = target;
        }

        return new MenuNode(
            GatherPlan.Read(reader), options, GatherExits.Read(reader), reader.OptionalVariable("variable"));
    }

    internal override FlowMove Enter(FlowState state)
    {
        var gather = new Gather(plan, Judge);
        state.Activity = gather;
        return Move(state, gather, gather.Begin(state));
    }

    internal override FlowMove Apply(FlowState state, FlowInput input)
    {
        var gather = (Gather)state.Activity!;
        return Move(state, gather, gather.Apply(state, input));
    }

    private FlowMove Move(FlowState state, Gather gather, GatherOutcome outcome)
    {
        if (outcome != GatherOutcome.Accepted)
        {
            return exits.Move(outcome);
        }

        if (variable is not null && state.Set(variable, FlowValue.Of(gather.Digits)) is { } fault)
        {
            return FlowMove.Fault(fault, variable);
        }

        return FlowMove.GoTo(options[gather.Digits], gather.Digits);
    }

    private GatherVerdict Judge(string digits, bool isComplete) => Options.Judge(options.Keys, digits, isComplete);
}
