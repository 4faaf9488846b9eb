using Plateau.Contracts;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Registers a callback that keeps the place; with prompts it offers it first and waits for the accepting
/// key.</summary>
internal sealed class CallbackNode : FlowNode
{
    private static readonly object Registering = new();
    private readonly GatherPlan _plan;
    private readonly QueueId _queue;
    private readonly FlowTemplate? _number;
    private readonly string _acceptKey;
    private readonly string _next;
    private readonly string? _declined;
    private readonly string? _refused;

    private CallbackNode(NodeReader reader)
    {
        _plan = GatherPlan.Read(reader) with { InvalidRetries = 0 };
        _queue = new QueueId(reader.Reference("queue", FlowReferenceKind.Queue));
        _number = reader.OptionalTemplate("number");
        _acceptKey = reader.OptionalText("acceptKey") ?? "1";
        _next = reader.Next();
        _declined = reader.OptionalNext("declined");
        _refused = reader.OptionalNext("refused");
        if (_acceptKey.Length != 1 || !(char.IsAsciiDigit(_acceptKey[0]) || _acceptKey is "*" or "#"))
        {
            reader.Fail("acceptKey", "must be one of the keys 0-9, * and #");
        }

        if (!_plan.Prompts.IsEmpty && _declined is null)
        {
            reader.Fail("declined", "is missing: where does a caller go who does not want it?");
        }
    }

    internal static CallbackNode Read(NodeReader reader) => new(reader);

    internal override FlowMove Enter(FlowState state)
    {
        if (_plan.Prompts.IsEmpty)
        {
            return Register(state);
        }

        var gather = new Gather(_plan, (digits, isComplete) => Options.Judge([_acceptKey], digits, isComplete));
        state.Activity = gather;
        return Move(state, gather.Begin(state));
    }

    internal override FlowMove Apply(FlowState state, FlowInput input)
    {
        if (state.Activity is Gather gather)
        {
            return Move(state, gather.Apply(state, input));
        }

        return input is not FlowCallbackRegistered registered ? FlowMove.Stay
            : registered.Accepted ? FlowMove.GoTo(_next, "registered")
            : FlowMove.Or(_refused, FlowFault.CallbackRefused, "refused");
    }

    private FlowMove Move(FlowState state, GatherOutcome outcome) => outcome switch
    {
        GatherOutcome.Accepted => Register(state),
        GatherOutcome.Pending => FlowMove.Stay,
        _ => FlowMove.GoTo(_declined!, "declined"), // The parser wants it where prompts are.
    };

    private FlowMove Register(FlowState state)
    {
        var number = E164.Normalise(_number?.Fill(state) ?? state.Caller.Caller);
        if (!E164.IsInternational(number))
        {
            return FlowMove.Or(_refused, FlowFault.BadValue, "no number to call back");
        }

        state.Activity = Registering;
        state.Effects.Add(new FlowRegisterCallback(_queue, number));
        return FlowMove.Stay;
    }
}
