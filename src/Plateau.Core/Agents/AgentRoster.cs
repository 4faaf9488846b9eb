using Plateau.Contracts;
using Plateau.Contracts.Agents;

namespace Plateau.Core.Agents;

/// <summary>All agents of a centre and the telephones they sit at; takes what people ask for their own state.</summary>
internal sealed class AgentRoster(CentreContext context)
{
    private readonly SortedDictionary<AgentId, AgentMachine> _agents = [];
    private readonly Dictionary<PhoneId, AgentMachine> _byPhone = [];
    private readonly HashSet<PhoneId> _reachable = [];
    private readonly List<AgentMachine> _touched = [];
    private readonly HashSet<AgentId> _touchedIds = [];

    /// <summary>All agents in the order of their ids.</summary>
    internal SortedDictionary<AgentId, AgentMachine>.ValueCollection All => _agents.Values;

    internal AgentMachine? Find(AgentId id) => _agents.GetValueOrDefault(id);

    /// <summary>Who sits at the telephone; null for nobody.</summary>
    internal AgentMachine? At(PhoneId phone) => _byPhone.GetValueOrDefault(phone);

    internal bool IsReachable(PhoneId phone) => _reachable.Contains(phone);

    /// <summary>Notes that something about the agent changed that routing must hear of.</summary>
    internal void Touch(AgentMachine agent)
    {
        if (_touchedIds.Add(agent.Id))
        {
            _touched.Add(agent);
        }
    }

    internal bool HasTouched => _touched.Count > 0;

    /// <summary>Hands over all agents that changed since the last call, in the order of their first change.</summary>
    internal bool TakeTouched(List<AgentMachine> into)
    {
        into.Clear();
        into.AddRange(_touched);
        _touched.Clear();
        _touchedIds.Clear();
        return into.Count > 0;
    }

    internal void ReplaceConfig()
    {
        foreach (var config in context.Config.Centre.Agents)
        {
            if (_agents.TryGetValue(config.Id, out var agent))
            {
                agent.ReplaceConfig(config);
            }
            else
            {
                _agents[config.Id] = new AgentMachine(context, this, config);
            }
        }

        foreach (var agent in new List<AgentMachine>(_agents.Values))
        {
            if (context.Config.Agent(agent.Id) is null)
            {
                agent.RequestLogOut(AgentCause.Configuration);
                if (!agent.IsLoggedIn)
                {
                    _agents.Remove(agent.Id);
                }
            }
        }
    }

    internal void Restart()
    {
        foreach (var agent in _agents.Values)
        {
            agent.Restart();
        }
    }

    internal void Apply(PhonePresence input)
    {
        _ = input.Reachable ? _reachable.Add(input.Phone) : _reachable.Remove(input.Phone);
        At(input.Phone)?.PhonePresence(input.Reachable);
    }

    internal RequestError? Apply(LogIn input)
    {
        if (Find(input.Agent) is not { } agent || context.Config.Agent(input.Agent) is not { } config)
        {
            return RequestError.NotFound;
        }

        var phone = input.Phone ?? (agent.IsLoggedIn ? agent.Phone : null) ?? config.Phone;
        if (phone is not { } id || context.Config.Phone(id) is not { } telephone)
        {
            return RequestError.Invalid;
        }

        if (At(id) is { } other && other != agent)
        {
            return RequestError.WrongState;
        }

        if (agent is { IsLoggedIn: true, IsBusy: false } && agent.Phone is { } former && former != id)
        {
            _byPhone.Remove(former);
            context.Post(new AgentGone(agent.Id, former));
        }

        if (!agent.IsBusy)
        {
            _byPhone[id] = agent;
        }

        agent.LogIn(id, input.HasHeartbeat, IsReachable(id), telephone.IsNailedUp);
        if (telephone.IsNailedUp)
        {
            context.Post(new LineWanted(agent.Id));
        }

        return null;
    }

    internal RequestError? Apply(LogOut input)
    {
        if (Find(input.Agent) is not { IsLoggedIn: true } agent)
        {
            return RequestError.NotFound;
        }

        agent.RequestLogOut(CauseOf(input, input.Agent));
        return null;
    }

    internal RequestError? Apply(GoReady input)
    {
        if (Find(input.Agent) is not { IsLoggedIn: true } agent)
        {
            return RequestError.NotFound;
        }

        agent.RequestReady(CauseOf(input, input.Agent));
        return null;
    }

    internal RequestError? Apply(Pause input)
    {
        if (Find(input.Agent) is not { IsLoggedIn: true } agent)
        {
            return RequestError.NotFound;
        }

        if (!context.Config.IsReason(input.Reason))
        {
            return RequestError.Invalid;
        }

        agent.RequestPause(input.Reason, CauseOf(input, input.Agent));
        return null;
    }

    internal RequestError? Apply(RequestWrapUp input) =>
        Find(input.Agent) is { IsLoggedIn: true } agent ? agent.RequestWrapUp() : RequestError.NotFound;

    internal RequestError? Apply(EndWrapUp input) =>
        Find(input.Agent) is { IsLoggedIn: true } agent ? agent.EndWrapUp() : RequestError.NotFound;

    internal RequestError? Apply(SetAgentQueues input)
    {
        if (Find(input.Agent) is not { } agent)
        {
            return RequestError.NotFound;
        }

        foreach (var queue in input.Queues ?? [])
        {
            if (context.Config.Queue(queue) is null)
            {
                return RequestError.Invalid;
            }
        }

        agent.ReplaceQueues(input.Queues, input.Until);
        return null;
    }

    internal RequestError? Apply(SetAgentSkills input)
    {
        if (Find(input.Agent) is not { } agent)
        {
            return RequestError.NotFound;
        }

        agent.ReplaceSkills(input.Skills, input.Until);
        return null;
    }

    /// <summary>An agent left: the telephone is free, and an agent no longer configured is forgotten.</summary>
    internal void LoggedOut(AgentMachine agent, PhoneId? phone)
    {
        if (phone is { } id && At(id) == agent)
        {
            _byPhone.Remove(id);
        }

        context.Post(new AgentGone(agent.Id, phone));
    }

    /// <summary>Forgets agents that are no longer configured and have left.</summary>
    internal void Forget(AgentId agent)
    {
        if (context.Config.Agent(agent) is null && Find(agent) is { IsLoggedIn: false })
        {
            _agents.Remove(agent);
        }
    }

    internal void MovePhone(AgentMachine agent, PhoneId? from, PhoneId to)
    {
        if (from is { } former && At(former) == agent)
        {
            _byPhone.Remove(former);
            context.Post(new AgentGone(agent.Id, former));
        }

        if (At(to) is null)
        {
            _byPhone[to] = agent;
            agent.PhonePresence(IsReachable(to));
        }
    }

    private static AgentCause CauseOf(CentreRequest request, AgentId agent) =>
        request.By is { } by && by != agent ? AgentCause.Supervisor : AgentCause.Agent;
}
