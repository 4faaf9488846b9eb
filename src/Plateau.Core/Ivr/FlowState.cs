using System.Text;
using System.Text.Json.Nodes;
using Plateau.Contracts;
using Plateau.Contracts.Ivr;
using Plateau.Core.Ivr.Expressions;

namespace Plateau.Core.Ivr;

/// <summary>Where a call is in its flow: what nodes read and change.</summary>
internal sealed class FlowState(FlowSet flows, Flow flow, FlowCaller caller)
{
    private readonly List<FlowFrame> _frames = [new FlowFrame(flow)];

    internal FlowSet Flows { get; } = flows;

    internal FlowCaller Caller { get; } = caller;

    internal Instant Now { get; set; }

    internal List<FlowEffect> Effects { get; set; } = [];

    /// <summary>When the node in which the call is wants a tick.</summary>
    internal Instant Deadline { get; set; } = Instant.Never;

    /// <summary>What the node in which the call is remembers while it waits.</summary>
    internal object? Activity { get; set; }

    internal string Language { get; private set; } = flow.Language ?? caller.Language;

    /// <summary>Keys pressed before they were asked for.</summary>
    internal StringBuilder TypedAhead { get; } = new();

    internal int NodesEntered { get; set; }

    internal int NodesWithoutCaller { get; set; }

    internal int HttpRequests { get; set; }

    internal bool IsAnswered { get; private set; } = caller.IsAnswered;

    internal FlowFrame Frame => _frames[^1];

    internal int Depth => _frames.Count - 1;

    internal string Place => $"{Frame.Flow.Id}/{Frame.Node}";

    internal void Push(FlowFrame frame) => _frames.Add(frame);

    internal FlowFrame Pop()
    {
        var frame = Frame;
        _frames.RemoveAt(_frames.Count - 1);
        return frame;
    }

    internal void Jump(Flow target)
    {
        var last = Frame;
        _frames.Clear();
        var frame = new FlowFrame(target);
        foreach (var (name, value) in last.Public)
        {
            frame.Set(name, value, isSecret: false);
        }

        _frames.Add(frame);
        if (target.Language is { } language)
        {
            SetLanguage(language);
        }
    }

    internal void SetLanguage(string language)
    {
        if (language != Language)
        {
            Language = language;
            Effects.Add(new FlowSetLanguage(language));
        }
    }

    internal void Answer()
    {
        if (!IsAnswered)
        {
            IsAnswered = true;
            Effects.Add(new FlowAnswer());
        }
    }

    internal void Play(IReadOnlyList<PromptItem> items, bool bargeIn)
    {
        Answer();
        Effects.Add(new FlowPlay(items, bargeIn));
    }

    internal void Trace(string detail) => Effects.Add(new FlowTrace(Place, detail));

    /// <summary>The value of an expression in the innermost frame.</summary>
    internal ExpressionResult Evaluate(Expression expression) =>
        expression.Evaluate(new ExpressionScope(Get, IsOpen));

    /// <summary>Whether an expression reads a secret, so that its value is one.</summary>
    internal bool IsSecret(Expression expression) => expression.Variables.Any(Frame.IsSecret);

    /// <summary>The value of a variable, of call.… or of now.…; nothing when it was never set.</summary>
    internal FlowValue Get(string name) =>
        name.StartsWith("call.", StringComparison.Ordinal) ? OfCall(name)
        : name.StartsWith("now.", StringComparison.Ordinal) ? OfNow(name)
        : Frame.Get(name);

    /// <summary>Sets a variable; the fault when a limit was reached, null when all is well.</summary>
    internal FlowFault? Set(string name, FlowValue value, bool isSecret = false)
    {
        if (value.Kind == FlowValueKind.Text && value.Text.Length > FlowLimits.VariableCharactersMax)
        {
            return FlowFault.VariableTooLong;
        }

        if (!Frame.Has(name) && _frames.Sum(frame => frame.Count) >= FlowLimits.VariablesMax)
        {
            return FlowFault.TooManyVariables;
        }

        Frame.Set(name, value, isSecret);
        return null;
    }

    internal JsonObject? PublicVariables()
    {
        var variables = new JsonObject();
        foreach (var (name, value) in _frames[0].Public.Where(v => v.Value.Kind != FlowValueKind.Nothing))
        {
            variables[name] = value.Kind switch
            {
                FlowValueKind.Number => JsonValue.Create(value.Number),
                FlowValueKind.Truth => JsonValue.Create(value.IsTrue),
                _ => JsonValue.Create(value.Text),
            };
        }

        return variables.Count == 0 ? null : variables;
    }

    private bool? IsOpen(string hours) =>
        HoursId.TryParse(hours, out var id) ? Flows.Hours.Find(id)?.At(Now).IsOpen : null;

    private FlowValue OfCall(string name) => name switch
    {
        "call.id" => FlowValue.Of(Caller.Call.ToString()),
        "call.caller" => FlowValue.Of(Caller.Caller),
        "call.called" => FlowValue.Of(Caller.Called),
        "call.callerName" => FlowValue.Of(Caller.CallerName),
        "call.divertedFrom" => FlowValue.Of(Caller.DivertedFrom),
        "call.label" => FlowValue.Of(Caller.Label),
        "call.language" => FlowValue.Of(Language),
        _ => FlowValue.Nothing,
    };

    private FlowValue OfNow(string name)
    {
        var local = Flows.Hours.Local.At(Now);
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        return name switch
        {
            "now.year" => FlowValue.Of(local.Year),
            "now.month" => FlowValue.Of(local.Month),
            "now.day" => FlowValue.Of(local.Day),
            "now.hour" => FlowValue.Of(local.Hour),
            "now.minute" => FlowValue.Of(local.Minute),
            "now.weekday" => FlowValue.Of(local.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)local.DayOfWeek),
            "now.date" => FlowValue.Of(local.ToString("yyyy-MM-dd", invariant)),
            "now.time" => FlowValue.Of(local.ToString("HH:mm", invariant)),
            _ => FlowValue.Nothing,
        };
    }
}
