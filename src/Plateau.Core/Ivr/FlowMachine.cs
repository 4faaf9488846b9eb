using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Contracts.Ivr;

namespace Plateau.Core.Ivr;

/// <summary>Runs a flow for one call: deterministic, no clock, no chance.</summary>
/// <remarks>
/// <code>
/// state      input                  effects                            next
/// new        Start                  the first node's                   in a node, or over
/// in a node  what the node awaits   the node's, then the next nodes'   in a node, or over
/// in a node  anything else          -                                  unchanged (late or repeated)
/// in a node  a fault                trace, the error node's            in a node; without error node: goodbye
/// goodbye    FlowPlayed or 20 s     FlowClear                          over
/// over       anything               -                                  over
/// </code>
/// Nothing follows FlowClear. After FlowTransfer and FlowEnterQueue the flow waits to hear of a failure only.
/// </remarks>
public sealed class FlowMachine
{
    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(20);
    private readonly FlowState _state;
    private bool _isAfterFault;
    private FlowFault? _goodbye;

    /// <summary>A flow about to start.</summary>
    /// <param name="flows">The set it was found in; kept, so that sub-flows have the versions of the call's
    /// start.</param>
    /// <param name="flow">The flow.</param>
    /// <param name="caller">The call.</param>
    public FlowMachine(FlowSet flows, Flow flow, FlowCaller caller)
    {
        ArgumentNullException.ThrowIfNull(flows);
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(caller);
        _state = new FlowState(flows, flow, caller);
        Flow = flow;
    }

    /// <summary>The flow the call started with.</summary>
    public Flow Flow { get; }

    /// <summary>When the machine wants a <see cref="FlowTick"/>; <see cref="Instant.Never"/> if not.</summary>
    public Instant NextDeadline => _state.Deadline;

    /// <summary>Whether the flow has hung up; later inputs do nothing.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The caller's language now.</summary>
    public string Language => _state.Language;

    /// <summary>Flow and node in which the call is: "welcome/menu".</summary>
    public string Place => _state.Place;

    /// <summary>Variables of the call's record, without secret ones; null when there are none.</summary>
    public JsonObject? Variables => _state.PublicVariables();

    /// <summary>Enters the first node.</summary>
    /// <param name="now">The time.</param>
    /// <param name="effects">Appended to.</param>
    public void Start(Instant now, List<FlowEffect> effects)
    {
        Begin(now, effects);
        if (_state.Language != _state.Caller.Language)
        {
            effects.Add(new FlowSetLanguage(_state.Language));
        }

        Run(FlowMove.GoTo(_state.Frame.Flow.Start));
    }

    /// <summary>Takes one input; a deadline that is due takes effect first.</summary>
    /// <param name="now">The time, never earlier than before.</param>
    /// <param name="input">What happened.</param>
    /// <param name="effects">Appended to.</param>
    public void Apply(Instant now, FlowInput input, List<FlowEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(input);
        Begin(now, effects);
        if (!IsOver && now >= _state.Deadline)
        {
            _state.Deadline = Instant.Never;
            Deliver(new FlowTick());
        }

        if (!IsOver && input is not FlowTick)
        {
            Deliver(input);
        }
    }

    private void Begin(Instant now, List<FlowEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        _state.Now = now;
        _state.Effects = effects;
    }

    private void Deliver(FlowInput input)
    {
        if (_goodbye is { } fault)
        {
            if (input is FlowPlayed or FlowTick)
            {
                End(fault);
            }

            return;
        }

        if (input is FlowDigit or FlowQueueLeft or FlowMessageRecorded)
        {
            _state.NodesWithoutCaller = 0;
        }

        Run(_state.Frame.Flow.Node(_state.Frame.Node).Apply(_state, input));
    }

    private void Run(FlowMove move)
    {
        while (move.Kind != FlowMoveKind.Stay)
        {
            if (move.Kind == FlowMoveKind.End)
            {
                IsOver = true;
                _state.Deadline = Instant.Never;
                return;
            }

            if (move.Kind == FlowMoveKind.Fault && !Recover(move, out move))
            {
                return;
            }

            move = LimitReached() is { } limit ? FlowMove.Fault(limit, string.Empty) : Enter(move);
        }
    }

    private FlowMove Enter(FlowMove move)
    {
        if (move.Kind == FlowMoveKind.Jump)
        {
            _state.Trace($"→ {move.Target}");
            if (!FlowId.TryParse(move.Target, out var id) || _state.Flows.Find(id) is not { } flow)
            {
                return FlowMove.Fault(FlowFault.NotConfigured, $"flow {move.Target}");
            }

            _state.Jump(flow);
        }
        else if (move.Kind == FlowMoveKind.GoTo)
        {
            if (move.Why.Length > 0)
            {
                _state.Trace($"{move.Why} → {move.Target}");
            }

            _state.Frame.Node = move.Target;
        }
        else if (move.Kind == FlowMoveKind.Return)
        {
            _state.Trace($"return → {move.Target}");
            _state.Frame.Node = move.Target;
        }

        _state.NodesEntered++;
        _state.NodesWithoutCaller++;
        _state.Activity = null;
        _state.Deadline = Instant.Never;
        _state.Trace(string.Empty);
        return _state.Frame.Flow.Node(_state.Frame.Node).Enter(_state);
    }

    private FlowFault? LimitReached() =>
        _state.NodesEntered >= FlowLimits.NodesPerCallMax + (_isAfterFault ? FlowLimits.NodesAfterFaultMax : 0)
            ? FlowFault.TooManyNodes
            : _state.NodesWithoutCaller >= FlowLimits.NodesWithoutCallerMax
                ? FlowFault.TooManyNodesWithoutCaller
                : null;

    /// <summary>To the error node of the innermost flow that has one, once in a call; else goodbye.</summary>
    private bool Recover(FlowMove fault, out FlowMove move)
    {
        _state.Trace(fault.Why.Length == 0 ? $"fault {fault.Cause}" : $"fault {fault.Cause}: {fault.Why}");
        while (!_isAfterFault && _state.Depth > 0 && _state.Frame.Flow.Error is null)
        {
            _state.Pop();
        }

        if (_isAfterFault || _state.Frame.Flow.Error is not { } node)
        {
            Goodbye(fault.Cause);
            move = FlowMove.Stay;
            return false;
        }

        var place = _state.Place;
        _isAfterFault = true;
        _state.NodesWithoutCaller = FlowLimits.NodesWithoutCallerMax - FlowLimits.NodesAfterFaultMax;
        _state.Frame.Set("error.name", FlowValue.Of(fault.Cause.ToString()), isSecret: false);
        _state.Frame.Set("error.node", FlowValue.Of(place), isSecret: false);
        move = FlowMove.GoTo(node, "error");
        return true;
    }

    private void Goodbye(FlowFault fault)
    {
        _goodbye = fault;
        _state.Deadline = _state.Now + GoodbyeMax;
        var text = _state.Language == "fr"
            ? "Nous ne pouvons pas traiter votre appel pour le moment. Veuillez rappeler plus tard. Au revoir."
            : "We cannot handle your call at the moment. Please call again later. Goodbye.";
        _state.Play([new PromptItem(null, text, _state.Language == "fr" ? "fr" : "en")], bargeIn: false);
    }

    private void End(FlowFault fault)
    {
        IsOver = true;
        _state.Deadline = Instant.Never;
        var isLimit = fault is FlowFault.TooManyNodesWithoutCaller or FlowFault.TooManyNodes
            or FlowFault.TooManyVariables or FlowFault.VariableTooLong or FlowFault.TooDeep
            or FlowFault.TooManyHttpRequests;
        _state.Effects.Add(new FlowClear(isLimit ? ClearingCause.LimitReached : ClearingCause.FlowEnded));
    }
}
