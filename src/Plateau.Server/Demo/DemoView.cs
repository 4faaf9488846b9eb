using Plateau.Contracts.Agents;

namespace Plateau.Server.Demo;

/// <summary>The floor as the demo shows it, at one instant.</summary>
internal sealed record DemoView
{
    /// <summary>Time since the beginning.</summary>
    public required TimeSpan Elapsed { get; init; }

    public required IReadOnlyList<QueueLine> Queues { get; init; }

    public required IReadOnlyList<AgentLine> Agents { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<CallLine> Calls { get; init; }

    public required DemoTotals Totals { get; init; }

    public required DemoHealth Health { get; init; }
}

/// <summary>A queue.</summary>
/// <param name="Name">What people see.</param>
/// <param name="Waiting">Calls that wait.</param>
/// <param name="Longest">Longest wait of them.</param>
/// <param name="Estimate">Wait told to the last who entered; null when none was possible.</param>
/// <param name="Answered">Connected to an agent so far.</param>
/// <param name="Abandoned">Left before.</param>
/// <param name="ServiceLevel">Percent; null before the first call counts.</param>
/// <param name="Definition">Name of the definition of service level.</param>
/// <param name="ThresholdS">Its threshold, seconds.</param>
internal sealed record QueueLine(
    string Name, int Waiting, TimeSpan Longest, TimeSpan? Estimate, int Answered, int Abandoned, double? ServiceLevel,
    string Definition, int ThresholdS);

/// <summary>An agent.</summary>
/// <param name="Name">What people see.</param>
/// <param name="State">What the centre does with them.</param>
/// <param name="Since">For how long.</param>
/// <param name="Detail">Reason of the break, or the caller; empty for none.</param>
internal sealed record AgentLine(string Name, AgentState State, TimeSpan Since, string Detail);

/// <summary>What became of a call, as the board shows it.</summary>
internal enum CallOutcome
{
    /// <summary>In the menu.</summary>
    Menu,

    /// <summary>Waits, or is being offered.</summary>
    Waiting,

    /// <summary>Rings at an agent.</summary>
    Ringing,

    /// <summary>In conversation.</summary>
    Talking,

    /// <summary>On hold.</summary>
    Held,

    /// <summary>Over, after a conversation.</summary>
    Done,

    /// <summary>Over, the caller gave up waiting.</summary>
    Abandoned,

    /// <summary>Will be called back.</summary>
    Callback,

    /// <summary>Over without having spoken to anybody.</summary>
    Ended,
}

/// <summary>A call.</summary>
/// <param name="At">When it began, from the beginning of the demo.</param>
/// <param name="Caller">The number.</param>
/// <param name="Queue">The queue; empty for none yet.</param>
/// <param name="Outcome">What it does, or what became of it.</param>
/// <param name="Agent">The agent; empty for none.</param>
/// <param name="For">How long it has been in this state, or lasted.</param>
internal sealed record CallLine(
    TimeSpan At, string Caller, string Queue, CallOutcome Outcome, string Agent, TimeSpan For);

/// <summary>Counts over all queues.</summary>
internal sealed record DemoTotals(
    int Calls, int Waiting, int Talking, int Answered, int Abandoned, double? ServiceLevel, string Definition, int ThresholdS);

/// <summary>How the telephony is.</summary>
/// <param name="CallsUp">Calls that are up.</param>
/// <param name="Phones">Registered telephones.</param>
/// <param name="Mos">Mean opinion score that callers measured of late; null before the first.</param>
/// <param name="LostShare">Share of packets that callers lost, 0 to 1.</param>
/// <param name="Cores">Processor time of the whole demo, cores.</param>
/// <param name="MegaBytes">Memory of the whole demo.</param>
internal sealed record DemoHealth(int CallsUp, int Phones, double? Mos, double LostShare, double Cores, long MegaBytes);
