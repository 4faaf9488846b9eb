using System.Text.Json;
using Plateau.Contracts;
using Plateau.Contracts.Routing;

namespace Plateau.Core.Ivr.Nodes;

/// <summary>Puts the call into a queue; what happens when it comes back unanswered is said by exit.</summary>
internal sealed class QueueNode : FlowNode
{
    private readonly QueueId _queue;
    private readonly int _priorityS;
    private readonly SortedDictionary<SkillId, int> _skills = [];
    private readonly FlowTemplate? _preferredAgent;
    private readonly SortedDictionary<QueueExit, string> _exits = [];
    private readonly SortedDictionary<char, string> _keys = [];
    private readonly string? _default;

    private QueueNode(NodeReader reader)
    {
        _queue = new QueueId(reader.Reference("queue", FlowReferenceKind.Queue));
        _priorityS = reader.Whole("priorityS", 0, -86_400, 86_400);
        _preferredAgent = reader.OptionalTemplate("preferredAgent");
        _default = reader.OptionalNext("default");
        ReadSkills(reader);
        ReadExits(reader);
        foreach (var (key, value) in reader.Object("keys"))
        {
            var target = reader.TextOf($"keys.{key}", value);
            reader.CheckNode($"keys.{key}", target);
            if (key.Length != 1 || !(char.IsAsciiDigit(key[0]) || key is "*" or "#"))
            {
                reader.Fail($"keys.{key}", "must be one of the keys 0-9, * and #");
            }
            else
            {
                _keys[key[0]] = target;
            }
        }
    }

    internal static QueueNode Read(NodeReader reader) => new(reader);

    internal override FlowMove Enter(FlowState state)
    {
        AgentId? preferred = null;
        if (_preferredAgent?.Fill(state) is { Length: > 0 } name)
        {
            if (!AgentId.TryParse(name, out var agent))
            {
                return FlowMove.Fault(FlowFault.BadValue, "preferredAgent");
            }

            preferred = agent;
        }

        state.TypedAhead.Clear();
        state.Effects.Add(new FlowEnterQueue(_queue, _priorityS, _skills, preferred, string.Concat(_keys.Keys)));
        return FlowMove.Stay;
    }

    internal override FlowMove Apply(FlowState state, FlowInput input)
    {
        if (input is not FlowQueueLeft left)
        {
            return FlowMove.Stay;
        }

        var exit = char.ToLowerInvariant(left.Exit.ToString()[0]) + left.Exit.ToString()[1..];
        var fault = state.Set("queue.exit", FlowValue.Of(exit))
            ?? state.Set("queue.key", FlowValue.Of(left.Key?.ToString()));
        if (fault is { } limit)
        {
            return FlowMove.Fault(limit, "queue.exit");
        }

        var target = left.Key is { } key && _keys.TryGetValue(key, out var byKey)
            ? byKey
            : _exits.GetValueOrDefault(left.Exit) ?? _default;
        return FlowMove.Or(target, FlowFault.QueueLeft, left.Key is null ? exit : $"{exit} {left.Key}");
    }

    private void ReadSkills(NodeReader reader)
    {
        foreach (var (name, value) in reader.Object("skills"))
        {
            var member = $"skills.{name}";
            reader.CheckReference(member, FlowReferenceKind.Skill, name);
            if (value?.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<int>(out var level)
                && level is >= 1 and <= 10)
            {
                _skills[new SkillId(name)] = level;
            }
            else
            {
                reader.Fail(member, "must be a level from 1 to 10");
            }
        }
    }

    private void ReadExits(NodeReader reader)
    {
        foreach (var (name, value) in reader.Object("exits"))
        {
            var member = $"exits.{name}";
            var target = reader.TextOf(member, value);
            reader.CheckNode(member, target);
            var exit = Enum.GetValues<QueueExit>()
                .FirstOrDefault(e => JsonNamingPolicy.CamelCase.ConvertName(e.ToString()) == name);
            if (exit == QueueExit.Answered) // Also the default of an unknown name: an answered call never comes back.
            {
                reader.Fail(member, "is no exit with which a call comes back from a queue");
            }
            else
            {
                _exits[exit] = target;
            }
        }
    }
}
