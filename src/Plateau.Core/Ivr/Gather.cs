using System.Text;
using Plateau.Contracts;

namespace Plateau.Core.Ivr;

/// <summary>What digits mean so far.</summary>
internal enum GatherVerdict
{
    /// <summary>Could become something: wait for more.</summary>
    More,

    /// <summary>Complete.</summary>
    Accept,

    /// <summary>Can never become anything.</summary>
    Invalid,
}

/// <summary>What a gathering came to.</summary>
internal enum GatherOutcome
{
    /// <summary>Goes on.</summary>
    Pending,

    /// <summary>The caller's answer is complete.</summary>
    Accepted,

    /// <summary>Silence, once more than allowed.</summary>
    TimedOut,

    /// <summary>Wrong keys, once more than allowed.</summary>
    Invalid,
}

/// <summary>How keys are asked for.</summary>
internal sealed record GatherPlan
{
    internal required PromptList Prompts { get; init; }

    internal required PromptList TimeoutPrompts { get; init; }

    internal required PromptList InvalidPrompts { get; init; }

    internal bool BargeIn { get; init; } = true;

    internal TimeSpan Timeout { get; init; }

    internal TimeSpan InterDigit { get; init; }

    internal int TimeoutRetries { get; init; }

    internal int InvalidRetries { get; init; }

    internal bool IsSecret { get; init; }

    /// <summary>Reads the members that menu, collect, language and callback share.</summary>
    internal static GatherPlan Read(NodeReader reader, bool isSecret = false) => new()
    {
        Prompts = reader.Prompts("prompts"),
        TimeoutPrompts = reader.Prompts("timeoutPrompts"),
        InvalidPrompts = reader.Prompts("invalidPrompts"),
        BargeIn = reader.Truth("bargeIn", true),
        Timeout = reader.Seconds("timeoutS", 5, 1, 120),
        InterDigit = reader.Milliseconds("interDigitMs", 2_500, 200, 30_000),
        TimeoutRetries = reader.Whole("timeoutRetries", 2, 0, 10),
        InvalidRetries = reader.Whole("invalidRetries", 2, 0, 10),
        IsSecret = isSecret,
    };
}

/// <summary>Asks a caller for keys: prompt, time-out, inter-digit time-out, retries counted apart.</summary>
/// <remarks>
/// <code>
/// state      input      effects                                     next
/// prompting  digit      stop playing (barge-in; otherwise ignored)  judged
/// prompting  played     -                                           waiting, time-out starts
/// waiting    digit      -                                           judged: more (inter-digit), accepted, invalid
/// waiting    time-out   no keys: time-out prompts and prompts       prompting, or timed out
/// waiting    time-out   some keys: judged as complete               accepted, or invalid
/// </code>
/// </remarks>
internal sealed class Gather(GatherPlan plan, Func<string, bool, GatherVerdict> judge)
{
    private readonly StringBuilder _digits = new();
    private int _timeouts;
    private int _invalids;
    private bool _isPrompting;

    /// <summary>Keys pressed since the last prompt.</summary>
    internal string Digits => _digits.ToString();

    /// <summary>Keys pressed ahead count first; else the prompts are played.</summary>
    internal GatherOutcome Begin(FlowState state)
    {
        if (plan.IsSecret)
        {
            state.Effects.Add(new FlowMaskDigits(true));
        }

        if (state.TypedAhead.Length == 0)
        {
            Ask(state, plan.Prompts);
            return GatherOutcome.Pending;
        }

        var outcome = GatherOutcome.Pending;
        while (outcome == GatherOutcome.Pending && state.TypedAhead.Length > 0)
        {
            var digit = state.TypedAhead[0];
            state.TypedAhead.Remove(0, 1);
            outcome = Press(state, digit);
        }

        return End(state, outcome);
    }

    internal GatherOutcome Apply(FlowState state, FlowInput input) => End(state, input switch
    {
        FlowDigit digit => Digit(state, digit.Digit),
        FlowPlayed when _isPrompting => Wait(state),
        FlowTick => TimeOut(state),
        _ => GatherOutcome.Pending,
    });

    private GatherOutcome Digit(FlowState state, char digit)
    {
        if (_isPrompting && !plan.BargeIn)
        {
            return GatherOutcome.Pending;
        }

        if (_isPrompting)
        {
            _isPrompting = false;
            state.Effects.Add(new FlowStopPlaying());
        }

        return Press(state, digit);
    }

    private GatherOutcome Press(FlowState state, char digit)
    {
        _digits.Append(digit);
        var verdict = judge(Digits, false);
        if (verdict == GatherVerdict.More)
        {
            state.Deadline = state.Now + plan.InterDigit;
        }

        return Settle(state, verdict);
    }

    private GatherOutcome TimeOut(FlowState state)
    {
        if (_digits.Length > 0)
        {
            return Settle(state, judge(Digits, true) == GatherVerdict.Accept ? GatherVerdict.Accept : GatherVerdict.Invalid);
        }

        if (_timeouts == plan.TimeoutRetries)
        {
            return GatherOutcome.TimedOut;
        }

        _timeouts++;
        state.Trace($"time-out {_timeouts}");
        Ask(state, plan.TimeoutPrompts.Then(plan.Prompts));
        return GatherOutcome.Pending;
    }

    private GatherOutcome Settle(FlowState state, GatherVerdict verdict)
    {
        if (verdict != GatherVerdict.Invalid)
        {
            return verdict == GatherVerdict.Accept ? GatherOutcome.Accepted : GatherOutcome.Pending;
        }

        state.TypedAhead.Clear(); // What followed a wrong key was meant for another question.
        if (_invalids == plan.InvalidRetries)
        {
            return GatherOutcome.Invalid;
        }

        _invalids++;
        state.Trace($"invalid {_invalids}: {Shown()}");
        Ask(state, plan.InvalidPrompts.Then(plan.Prompts));
        return GatherOutcome.Pending;
    }

    /// <summary>Keys as a trace may show them.</summary>
    internal string Shown() => plan.IsSecret ? new string('•', _digits.Length) : Digits;

    private void Ask(FlowState state, PromptList prompts)
    {
        _digits.Clear();
        var items = prompts.Items(state);
        _isPrompting = items.Count > 0;
        if (_isPrompting)
        {
            state.Deadline = Instant.Never;
            state.Play(items, plan.BargeIn);
        }
        else
        {
            state.Answer();
            Wait(state);
        }
    }

    private GatherOutcome Wait(FlowState state)
    {
        _isPrompting = false;
        state.Deadline = state.Now + plan.Timeout;
        return GatherOutcome.Pending;
    }

    private GatherOutcome End(FlowState state, GatherOutcome outcome)
    {
        if (outcome != GatherOutcome.Pending)
        {
            state.Deadline = Instant.Never;
            if (plan.IsSecret)
            {
                state.Effects.Add(new FlowMaskDigits(false));
            }
        }

        return outcome;
    }
}
