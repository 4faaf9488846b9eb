using Plateau.Contracts;

namespace Plateau.Core.Ivr;

/// <summary>A compiled flow: checked, immutable, shared by all calls that started with this version.</summary>
public sealed class Flow
{
    private readonly SortedDictionary<string, FlowNode> _nodes;

    internal Flow(
        Contracts.Ivr.FlowConfig config, SortedDictionary<string, FlowNode> nodes,
        IReadOnlyList<FlowReference> references)
    {
        Id = config.Id;
        Version = config.Version;
        Start = config.Start;
        Language = config.Language;
        Error = config.Error;
        _nodes = nodes;
        References = references;
    }

    /// <summary>The name.</summary>
    public FlowId Id { get; }

    /// <summary>Version, 1 upwards.</summary>
    public int Version { get; }

    /// <summary>Name of the first node.</summary>
    public string Start { get; }

    /// <summary>Language until the caller chooses; null for the caller's.</summary>
    public string? Language { get; }

    /// <summary>Node entered on a fault; null = goodbye.</summary>
    public string? Error { get; }

    /// <summary>Names of all nodes, sorted.</summary>
    public IEnumerable<string> Nodes => _nodes.Keys;

    internal IReadOnlyList<FlowReference> References { get; }

    internal FlowNode Node(string name) => _nodes[name]; // The parser checked that every target exists.
}

/// <summary>Something outside the flow that a node names.</summary>
internal readonly record struct FlowReference(string Path, FlowReferenceKind Kind, string Name);

/// <summary>What a node may name.</summary>
internal enum FlowReferenceKind
{
    Agent,
    Flow,
    Hours,
    Prompt,
    Queue,
    Skill,
}
