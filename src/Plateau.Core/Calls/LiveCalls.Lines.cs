using Plateau.Contracts;
using Plateau.Contracts.Calls;
using Plateau.Core.Agents;

namespace Plateau.Core.Calls;

/// <summary>A nailed-up line: one leg to an agent's telephone for the whole log-in, lent to one call after the
/// other.</summary>
internal sealed class AgentLine(AgentId agent, PhoneId phone, LegId leg)
{
    internal AgentId Agent { get; } = agent;

    internal PhoneId Phone { get; } = phone;

    internal LegId Leg { get; set; } = leg;

    internal bool IsUp { get; set; }

    /// <summary>The part it plays in a call now; null when idle.</summary>
    internal Leg? Lent { get; set; }

    internal Deadline? Retry { get; set; }
}

/// <summary>Nailed-up lines.</summary>
internal sealed partial class LiveCalls
{
    private readonly SortedDictionary<AgentId, AgentLine> _lines = [];
    private readonly Dictionary<LegId, AgentLine> _linesByLeg = [];

    /// <summary>The agent's line when it is up; null for telephones that are rung per call.</summary>
    internal LegId? LineOf(AgentId agent) =>
        _lines.TryGetValue(agent, out var line) && line is { IsUp: true, Lent: null } ? line.Leg : null;

    internal void Lend(AgentId agent, Leg leg) => _lines[agent].Lent = leg;

    internal void TakeBack(Leg leg)
    {
        if (leg.Agent is { } agent && _lines.TryGetValue(agent, out var line) && line.Lent == leg)
        {
            line.Lent = null;
        }
    }

    /// <summary>The part that a leg id plays: a leg of its own, or a line that is lent.</summary>
    private Leg? LegPlaying(LegId id) =>
        FindLeg(id) ?? (_linesByLeg.TryGetValue(id, out var line) ? line.Lent : null);

    private bool IsLine(LegId leg) => _linesByLeg.ContainsKey(leg);

    /// <summary>An agent at a nailed-up telephone came: the line is called, and called again until it is up.</summary>
    internal void WantLine(AgentId id)
    {
        if (Roster.Find(id) is not { IsLoggedIn: true, Phone: { } phone } || _lines.ContainsKey(id)
            || Context.Config.Phone(phone) is not { IsNailedUp: true })
        {
            return;
        }

        var line = new AgentLine(id, phone, default);
        line.Retry = new Deadline(() => Dial(line));
        _lines[id] = line;
        Dial(line);
    }

    /// <summary>The agent left, or moved to another telephone.</summary>
    internal void DropLine(AgentId agent, PhoneId? phone)
    {
        if (!_lines.TryGetValue(agent, out var line) || line.Phone != phone)
        {
            return;
        }

        Context.Clear(line.Retry);
        _lines.Remove(agent);
        if (line.Leg != default && _linesByLeg.ContainsKey(line.Leg))
        {
            Context.Emit(new ClearLeg(line.Leg, ClearingCause.Normal));
        }
    }

    private void Dial(AgentLine line)
    {
        if (!Roster.IsReachable(line.Phone))
        {
            Context.Set(line.Retry!, Limits.LineRetry);
            return;
        }

        line.Leg = new LegId(Context.NextId());
        _linesByLeg[line.Leg] = line;
        Context.Emit(new OriginateLeg(
            line.Leg, new CallId(Context.NextId()), new LegTarget(line.Phone, null), string.Empty, string.Empty,
            Limits.RingMax, AutoAnswer: true));
    }

    private void OnLineUp(LegId leg)
    {
        var line = _linesByLeg[leg];
        if (line.IsUp || line.Leg != leg)
        {
            return;
        }

        line.IsUp = true;
        Roster.Find(line.Agent)?.LinePresence(up: true);
    }

    private void OnLineGone(LegId leg)
    {
        var line = _linesByLeg[leg];
        _linesByLeg.Remove(leg);
        if (line.Leg != leg || !_lines.TryGetValue(line.Agent, out var current) || current != line)
        {
            return;
        }

        line.IsUp = false;
        line.Leg = default;
        if (line.Lent is { } lent)
        {
            lent.Call.OnLineLost(lent);
        }

        Roster.Find(line.Agent)?.LinePresence(up: false);
        Context.Set(line.Retry!, Limits.LineRetry);
    }

    private void RestartLines()
    {
        _linesByLeg.Clear();
        foreach (var line in _lines.Values)
        {
            line.IsUp = false;
            line.Lent = null;
            line.Leg = default;
            Roster.Find(line.Agent)?.LinePresence(up: false);
            Context.Set(line.Retry!, Limits.LineRetry);
        }
    }
}
