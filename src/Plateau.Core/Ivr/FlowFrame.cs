using Plateau.Contracts;

namespace Plateau.Core.Ivr;

/// <summary>A flow that runs for a call, with variables of its own; sub-flows stack.</summary>
internal sealed class FlowFrame(Flow flow)
{
    private readonly SortedDictionary<string, FlowValue> _values = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _secrets = new(StringComparer.Ordinal);

    internal Flow Flow { get; } = flow;

    /// <summary>The node of this flow in which the call is, or from which it entered a sub-flow.</summary>
    internal string Node { get; set; } = flow.Start;

    /// <summary>The node that runs this flow as a sub-flow; null at the bottom.</summary>
    internal Nodes.SubFlowNode? ReturnTo { get; init; }

    internal int Count => _values.Count;

    internal IEnumerable<KeyValuePair<string, FlowValue>> Public => _values.Where(v => !_secrets.Contains(v.Key));

    internal FlowValue Get(string name) => _values.GetValueOrDefault(name);

    internal bool IsSecret(string name) => _secrets.Contains(name);

    internal bool Has(string name) => _values.ContainsKey(name);

    internal void Set(string name, FlowValue value, bool isSecret)
    {
        _values[name] = value;
        if (isSecret)
        {
            _secrets.Add(name);
        }
        else
        {
            _secrets.Remove(name);
        }
    }
}
