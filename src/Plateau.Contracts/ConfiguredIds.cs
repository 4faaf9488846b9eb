using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Plateau.Contracts;

/// <summary>A tenant: one client company or house, with its own centre, numbers, people and records.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<TenantId>))]
public readonly record struct TenantId(string Value) : IId<TenantId>, IComparable<TenantId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId id)
    {
        id = new TenantId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(TenantId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A person who takes calls.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<AgentId>))]
public readonly record struct AgentId(string Value) : IId<AgentId>, IComparable<AgentId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out AgentId id)
    {
        id = new AgentId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(AgentId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A team of agents.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<TeamId>))]
public readonly record struct TeamId(string Value) : IId<TeamId>, IComparable<TeamId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out TeamId id)
    {
        id = new TeamId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(TeamId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A queue: where calls wait for an agent.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<QueueId>))]
public readonly record struct QueueId(string Value) : IId<QueueId>, IComparable<QueueId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out QueueId id)
    {
        id = new QueueId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(QueueId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A skill: what an agent can do and a call may need.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<SkillId>))]
public readonly record struct SkillId(string Value) : IId<SkillId>, IComparable<SkillId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out SkillId id)
    {
        id = new SkillId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(SkillId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A flow: what a caller hears and does before a person answers.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<FlowId>))]
public readonly record struct FlowId(string Value) : IId<FlowId>, IComparable<FlowId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out FlowId id)
    {
        id = new FlowId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(FlowId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A prompt: audio or text that is played to a caller.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<PromptId>))]
public readonly record struct PromptId(string Value) : IId<PromptId>, IComparable<PromptId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out PromptId id)
    {
        id = new PromptId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(PromptId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A calendar of opening hours.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<HoursId>))]
public readonly record struct HoursId(string Value) : IId<HoursId>, IComparable<HoursId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out HoursId id)
    {
        id = new HoursId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(HoursId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A trunk: the carrier's side.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<TrunkId>))]
public readonly record struct TrunkId(string Value) : IId<TrunkId>, IComparable<TrunkId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out TrunkId id)
    {
        id = new TrunkId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(TrunkId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A telephone of the house, with its SIP account.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<PhoneId>))]
public readonly record struct PhoneId(string Value) : IId<PhoneId>, IComparable<PhoneId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out PhoneId id)
    {
        id = new PhoneId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(PhoneId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A reason for not being ready: lunch, training, back office…</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<NotReadyReasonId>))]
public readonly record struct NotReadyReasonId(string Value) : IId<NotReadyReasonId>, IComparable<NotReadyReasonId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out NotReadyReasonId id)
    {
        id = new NotReadyReasonId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(NotReadyReasonId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>How a call ended for the business.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<DispositionId>))]
public readonly record struct DispositionId(string Value) : IId<DispositionId>, IComparable<DispositionId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out DispositionId id)
    {
        id = new DispositionId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(DispositionId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}

/// <summary>A named, versioned definition of service level.</summary>
/// <param name="Value">The name given in the configuration: 1 to 64 of letters, digits, '-', '_', '.'.</param>
[JsonConverter(typeof(IdJsonConverter<ServiceLevelId>))]
public readonly record struct ServiceLevelId(string Value) : IId<ServiceLevelId>, IComparable<ServiceLevelId>
{
    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, out ServiceLevelId id)
    {
        id = new ServiceLevelId(text ?? string.Empty);
        return IdText.IsName(text);
    }

    /// <inheritdoc/>
    public int CompareTo(ServiceLevelId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
