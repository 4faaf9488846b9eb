using System.Globalization;

namespace Plateau.Server.Tenancy;

/// <summary>A place in a JSON document, from the root down.</summary>
internal sealed record ConfigPath
{
    public static readonly ConfigPath Root = new();

    public ConfigPath? Parent { get; private init; }

    /// <summary>Name of the member; null for an element of an array and for the root.</summary>
    public string? Name { get; private init; }

    /// <summary>Index of the element; meaningless for a member.</summary>
    public int Index { get; private init; }

    public ConfigPath Member(string name) => new() { Parent = this, Name = name };

    public ConfigPath At(int index) => new() { Parent = this, Index = index };

    /// <summary>Whether this is <paramref name="other"/> or lies below it.</summary>
    public bool IsWithin(ConfigPath other) => Equals(other) || (Parent?.IsWithin(other) ?? false);

    /// <summary>This path as seen from a value above it; null when it does not lie there.</summary>
    public ConfigPath? Below(ConfigPath above)
    {
        if (!IsWithin(above))
        {
            return null;
        }

        return Steps().Skip(above.Steps().Count)
            .Aggregate(Root, (path, step) => step.Name is { } name ? path.Member(name) : path.At(step.Index));
    }

    /// <summary>The steps from the root.</summary>
    public IReadOnlyList<ConfigPath> Steps()
    {
        var steps = new List<ConfigPath>();
        for (var step = this; step.Parent is not null; step = step.Parent)
        {
            steps.Insert(0, step);
        }

        return steps;
    }

    /// <summary>A JSON pointer (RFC 6901): /queues/0/ringS; empty for the root.</summary>
    public string ToPointer() => string.Concat(Steps().Select(s => "/" + (s.Name is { } name
        ? name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
        : s.Index.ToString(CultureInfo.InvariantCulture))));

    /// <summary>A JSON path (RFC 9535): $.queues[0].ringS.</summary>
    public override string ToString() => "$" + string.Concat(Steps().Select(Step));

    private static string Step(ConfigPath step) => step.Name switch
    {
        null => string.Create(CultureInfo.InvariantCulture, $"[{step.Index}]"),
        _ when step.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && step.Name.Length > 0 => "." + step.Name,
        _ => $"['{step.Name.Replace("'", "\\'", StringComparison.Ordinal)}']",
    };
}
