using Plateau.Contracts;
using Plateau.Contracts.Agents;
using Plateau.Contracts.Routing;
using Plateau.Contracts.Telephony;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Ivr;

namespace Plateau.Core;

/// <summary>An agent's place among the members of a queue.</summary>
/// <param name="Ring">Ring 0 is asked first.</param>
/// <param name="Rank">Order inside a ring: lower first.</param>
/// <param name="Place">Place in the members' list, 0 upwards.</param>
internal readonly record struct QueueMember(int Ring, int Rank, int Place);

/// <summary>A configuration with its indexes; made once per configuration, never changed.</summary>
internal sealed class ConfigTable
{
    private readonly Dictionary<AgentId, AgentConfig> _agents = [];
    private readonly Dictionary<string, AgentId> _extensions = [];
    private readonly Dictionary<QueueId, QueueConfig> _queues = [];
    private readonly Dictionary<PhoneId, PhoneConfig> _phones = [];
    private readonly Dictionary<QueueId, Dictionary<AgentId, QueueMember>> _members = [];
    private readonly Dictionary<AgentId, List<QueueId>> _queuesByAgent = [];
    private readonly List<QueueId> _openToAll = [];

    internal ConfigTable(CentreConfig centre)
    {
        Centre = centre;
        Flows = FlowSet.Compile(centre);
        EntryPoints = new EntryPoints(centre.EntryPoints);
        foreach (var agent in centre.Agents)
        {
            _agents[agent.Id] = agent;
            if (agent.Extension.Length > 0)
            {
                _extensions[agent.Extension] = agent.Id;
            }
        }

        foreach (var phone in centre.Phones)
        {
            _phones[phone.Id] = phone;
        }

        AddQueues(centre);
    }

    internal CentreConfig Centre { get; }

    /// <summary>The flows, compiled, with hours and prompts.</summary>
    internal FlowSet Flows { get; }

    internal EntryPoints EntryPoints { get; }

    internal AgentConfig? Agent(AgentId id) => _agents.GetValueOrDefault(id);

    internal AgentId? AgentAt(string extension) =>
        _extensions.TryGetValue(extension, out var agent) ? agent : null;

    internal QueueConfig? Queue(QueueId id) => _queues.GetValueOrDefault(id);

    internal PhoneConfig? Phone(PhoneId id) => _phones.GetValueOrDefault(id);

    internal bool IsSupervisor(AgentId id) => Agent(id)?.Role == AgentRole.Supervisor;

    internal bool IsReason(NotReadyReasonId id)
    {
        foreach (var reason in Centre.NotReadyReasons)
        {
            if (reason.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    internal bool IsDisposition(DispositionId id)
    {
        foreach (var disposition in Centre.Dispositions)
        {
            if (disposition.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The agent's place in the queue by configuration; null when not a member.</summary>
    internal QueueMember? Member(QueueId queue, AgentId agent)
    {
        if (!_members.TryGetValue(queue, out var members))
        {
            return _queues.ContainsKey(queue) ? default(QueueMember) : null;
        }

        return members.TryGetValue(agent, out var member) ? member : null;
    }

    /// <summary>The agent's queues by configuration, those of everyone after the agent's own.</summary>
    internal IEnumerable<QueueId> QueuesOf(AgentId agent)
    {
        if (_queuesByAgent.TryGetValue(agent, out var queues))
        {
            foreach (var queue in queues)
            {
                yield return queue;
            }
        }

        foreach (var queue in _openToAll)
        {
            yield return queue;
        }
    }

    private void AddQueues(CentreConfig centre)
    {
        var teams = new Dictionary<TeamId, List<AgentId>>();
        foreach (var agent in centre.Agents)
        {
            if (agent.Team is { } team)
            {
                (teams.TryGetValue(team, out var list) ? list : teams[team] = []).Add(agent.Id);
            }
        }

        foreach (var queue in centre.Queues)
        {
            _queues[queue.Id] = queue;
            if (queue.Members.Count == 0)
            {
                _openToAll.Add(queue.Id);
                continue;
            }

            AddMembers(queue, teams);
        }
    }

    private void AddMembers(QueueConfig queue, Dictionary<TeamId, List<AgentId>> teams)
    {
        var members = _members[queue.Id] = [];
        foreach (var member in queue.Members)
        {
            if (member.Agent is { } agent)
            {
                Add(agent, member);
            }
            else if (member.Team is { } team && teams.TryGetValue(team, out var list))
            {
                foreach (var each in list)
                {
                    Add(each, member);
                }
            }
        }

        void Add(AgentId agent, QueueMemberConfig member)
        {
            // The first mention counts: an agent named before the team keeps the place of their own.
            if (members.TryAdd(agent, new QueueMember(member.Ring, member.Rank, members.Count)))
            {
                (_queuesByAgent.TryGetValue(agent, out var list) ? list : _queuesByAgent[agent] = []).Add(queue.Id);
            }
        }
    }
}
