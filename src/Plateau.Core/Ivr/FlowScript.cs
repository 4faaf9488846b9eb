using Plateau.Contracts;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Ivr;

/// <summary>What the world does in a simulated run of a flow.</summary>
public sealed record FlowScript
{
    /// <summary>When the call begins.</summary>
    public required Instant Start { get; init; }

    /// <summary>The call; percentages are drawn from its id.</summary>
    public required FlowCaller Caller { get; init; }

    /// <summary>
    /// What the caller presses, in order: 0-9, *, #, A-D; ',' is a second of thought, 't' waits until the flow gives up
    /// waiting once. A key is pressed half a second after the flow begins to wait for one (or to play, if impatient).
    /// </summary>
    public string Keys { get; init; } = string.Empty;

    /// <summary>Whether the caller presses keys while prompts are still playing.</summary>
    public bool IsImpatient { get; init; }

    /// <summary>Answers of web servers, in order; when they run out, every request times out.</summary>
    public IReadOnlyList<FlowHttpAnswered> HttpAnswers { get; init; } = [];

    /// <summary>How the call leaves queues, in order; when they run out, an agent answers and the run ends.</summary>
    public IReadOnlyList<QueueExit> QueueExits { get; init; } = [];

    /// <summary>Why transfers fail, in order; when they run out, the transfer succeeds and the run ends.</summary>
    public IReadOnlyList<string> TransferFailures { get; init; } = [];

    /// <summary>Whether callbacks are granted.</summary>
    public bool CallbackAccepted { get; init; } = true;

    /// <summary>How long a wait in a queue, a ringing transfer and a message last.</summary>
    public TimeSpan Stay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The run is broken off after this much virtual time.</summary>
    public TimeSpan LengthMax { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>What a line of a transcript tells.</summary>
public enum FlowLineKind
{
    /// <summary>A node was entered.</summary>
    Node,

    /// <summary>A branch was taken, or something failed: the trace of the flow.</summary>
    Branch,

    /// <summary>The caller hears this.</summary>
    Heard,

    /// <summary>The caller presses this.</summary>
    Pressed,

    /// <summary>The call was answered, queued, transferred, recorded… or a web server was asked.</summary>
    Done,

    /// <summary>How it ended.</summary>
    End,
}

/// <summary>A line of a transcript.</summary>
/// <param name="At">Virtual time since the start.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Node">Flow and node in which the call was.</param>
/// <param name="Text">In words.</param>
public sealed record FlowLine(TimeSpan At, FlowLineKind Kind, string Node, string Text);
