namespace Plateau.Core.Ivr.Nodes;

/// <summary>Asks for digits; secret ones are masked in every trace and left out of the record.</summary>
internal sealed class CollectNode : FlowNode
{
    private readonly GatherPlan _plan;
    private readonly GatherExits _exits;
    private readonly string _variable;
    private readonly string _next;
    private readonly int _digitsMin;
    private readonly int _digitsMax;
    private readonly char? _terminator;

    private CollectNode(NodeReader reader)
    {
        _plan = GatherPlan.Read(reader, reader.Truth("secret", false));
        _exits = GatherExits.Read(reader);
        _variable = reader.Text("variable");
        if (_variable.Length > 0)
        {
            reader.CheckSettable("variable", _variable);
        }

        _next = reader.Next();
        _digitsMin = reader.Whole("digitsMin", 1, 0, 64);
        _digitsMax = reader.Whole("digitsMax", 32, 1, 64);
        if (_digitsMin > _digitsMax)
        {
            reader.Fail("digitsMin", "must not be above digitsMax");
        }

        var terminator = reader.OptionalText("terminator") ?? "#";
        if (terminator is not ("" or "#" or "*"))
        {
            reader.Fail("terminator", "must be #, * or empty");
        }

        _terminator = terminator.Length == 1 ? terminator[0] : null;
    }

    internal static CollectNode Read(NodeReader reader) => new(reader);

    internal override FlowMove Enter(FlowState state)
    {
        var gather = new Gather(_plan, Judge);
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
            return _exits.Move(outcome);
        }

        var digits = WithoutTerminator(gather.Digits);
        return state.Set(_variable, FlowValue.Of(digits), _plan.IsSecret) is { } fault
            ? FlowMove.Fault(fault, _variable)
            : FlowMove.GoTo(_next, _plan.IsSecret ? new string('•', digits.Length) : digits);
    }

    private GatherVerdict Judge(string digits, bool isComplete)
    {
        var count = WithoutTerminator(digits).Length;
        if (count < digits.Length || isComplete)
        {
            return count >= _digitsMin ? GatherVerdict.Accept : GatherVerdict.Invalid;
        }

        if (!char.IsAsciiDigit(digits[^1]))
        {
            return GatherVerdict.Invalid;
        }

        return count == _digitsMax ? GatherVerdict.Accept : GatherVerdict.More;
    }

    private string WithoutTerminator(string digits) =>
        _terminator is { } end && digits.EndsWith(end) ? digits[..^1] : digits;
}
