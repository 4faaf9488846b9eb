namespace Plateau.Contracts.Agents;

/// <summary>What a person may do.</summary>
public enum AgentRole
{
    /// <summary>Takes calls.</summary>
    Agent,

    /// <summary>Takes calls, and listens, whispers, barges and moves calls.</summary>
    Supervisor,
}

/// <summary>A person who takes or supervises calls.</summary>
public sealed record AgentConfig
{
    /// <summary>The name used everywhere.</summary>
    public required AgentId Id { get; init; }

    /// <summary>The name people see.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Agent or supervisor.</summary>
    public AgentRole Role { get; init; } = AgentRole.Agent;

    /// <summary>The team, if any.</summary>
    public TeamId? Team { get; init; }

    /// <summary>The telephone used when the log-in names none.</summary>
    public PhoneId? Phone { get; init; }

    /// <summary>Extension that colleagues dial, digits; empty for none.</summary>
    public string Extension { get; init; } = string.Empty;

    /// <summary>Levels by skill, 1 (beginner) to 10 (expert).</summary>
    public IReadOnlyDictionary<SkillId, int> Skills { get; init; } = new Dictionary<SkillId, int>();

    /// <summary>Ready right after log-in, instead of paused.</summary>
    public bool ReadyAtLogIn { get; init; } = true;

    /// <summary>Offers are taken without a key press, after a beep.</summary>
    public bool AutoAnswer { get; init; }
}
