using System.Text.Json;
using System.Text.Json.Nodes;
using Plateau.Contracts.Ivr;
using Plateau.Core.Ivr.Nodes;

namespace Plateau.Core.Ivr;

/// <summary>Compiles flow documents. Every error is told, not the first one only.</summary>
public static class FlowParser
{
    private static readonly SortedDictionary<string, Func<NodeReader, FlowNode>> Types = new(StringComparer.Ordinal)
    {
        ["answer"] = AnswerNode.Read,
        ["branch"] = BranchNode.Read,
        ["callback"] = CallbackNode.Read,
        ["collect"] = CollectNode.Read,
        ["distribute"] = DistributeNode.Read,
        ["hangup"] = HangUpNode.Read,
        ["hours"] = HoursNode.Read,
        ["http"] = HttpNode.Read,
        ["language"] = LanguageNode.Read,
        ["menu"] = MenuNode.Read,
        ["play"] = PlayNode.Read,
        ["queue"] = QueueNode.Read,
        ["record"] = RecordNode.Read,
        ["return"] = ReturnNode.Read,
        ["say"] = SayNode.Read,
        ["set"] = SetNode.Read,
        ["subFlow"] = SubFlowNode.Read,
        ["transfer"] = TransferNode.Read,
    };

    /// <summary>All node types, sorted.</summary>
    public static IReadOnlyCollection<string> NodeTypes => Types.Keys;

    /// <summary>Compiles a flow; null when it has errors, which are added.</summary>
    /// <param name="config">The document.</param>
    /// <param name="errors">Appended to, at most <see cref="FlowLimits.ErrorsMax"/>.</param>
    public static Flow? Parse(FlowConfig config, List<FlowError> errors)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(errors);
        var found = new List<FlowError>();
        var references = new List<FlowReference>();
        var nodes = new SortedDictionary<string, FlowNode>(StringComparer.Ordinal);
        if (Inspect(config.Nodes) is { } error)
        {
            found.Add(new FlowError($"{config.Id}.nodes", error));
        }
        else
        {
            CheckHead(config, found);
            foreach (var (name, json) in config.Nodes)
            {
                if (Node(config, name, json, found, references) is { } node)
                {
                    nodes[name] = node;
                }
            }
        }

        errors.AddRange(found.Take(FlowLimits.ErrorsMax));
        return found.Count == 0 ? new Flow(config, nodes, references) : null;
    }

    /// <summary>The members that a node type reads; for the test of the published schema.</summary>
    internal static IReadOnlyCollection<string> MembersOf(string type, List<FlowError> errors)
    {
        var reader = new NodeReader([], "node", static _ => true, errors, []);
        _ = Types[type](reader);
        return reader.Asked;
    }

    private static void CheckHead(FlowConfig config, List<FlowError> errors)
    {
        if (config.Version < 1)
        {
            errors.Add(new FlowError($"{config.Id}.version", "must be 1 or more"));
        }

        if (config.Language is not (null or "fr" or "en"))
        {
            errors.Add(new FlowError($"{config.Id}.language", "must be fr or en"));
        }

        if (!config.Nodes.ContainsKey(config.Start))
        {
            errors.Add(new FlowError($"{config.Id}.start", $"no node named '{config.Start}'"));
        }

        if (config.Error is { } error && !config.Nodes.ContainsKey(error))
        {
            errors.Add(new FlowError($"{config.Id}.error", $"no node named '{error}'"));
        }
    }

    private static FlowNode? Node(
        FlowConfig config, string name, JsonNode? json, List<FlowError> errors, List<FlowReference> references)
    {
        var path = $"{config.Id}.nodes.{name}";
        if (name.Length is 0 or > FlowLimits.NameCharactersMax)
        {
            errors.Add(new FlowError(path, $"a node's name has 1 to {FlowLimits.NameCharactersMax} characters"));
            return null;
        }

        if (json is not JsonObject members)
        {
            errors.Add(new FlowError(path, "must be an object"));
            return null;
        }

        var reader = new NodeReader(members, path, config.Nodes.ContainsKey, errors, references);
        var type = reader.Text("type");
        if (!Types.TryGetValue(type, out var read))
        {
            reader.Fail("type", $"'{type}' is no type of node; there are {string.Join(", ", Types.Keys)}");
            return null;
        }

        var node = read(reader);
        reader.FailUnknown();
        return node;
    }

    /// <summary>What makes a document unfit to be read at all; null when it can be read.</summary>
    private static string? Inspect(JsonObject nodes)
    {
        try
        {
            return nodes.Count > FlowLimits.NodesMax ? $"has more than {FlowLimits.NodesMax} nodes"
                : IsTooDeep(nodes) ? $"is more than {FlowLimits.JsonDepthMax} deep"
                : null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // JsonObject is lazy: it finds out about these when it is first looked into.
            return "has a member twice, or a text that is not valid Unicode";
        }
    }

    private static bool IsTooDeep(JsonObject root)
    {
        var open = new Stack<(JsonNode? Node, int Depth)>([(root, 0)]);
        while (open.TryPop(out var next))
        {
            if (next.Depth > FlowLimits.JsonDepthMax)
            {
                return true;
            }

            IEnumerable<JsonNode?> children = next.Node switch
            {
                JsonObject members => members.Select(member => member.Value),
                JsonArray elements => elements,
                _ => [],
            };
            if (next.Node?.GetValueKind() == JsonValueKind.String)
            {
                _ = next.Node.GetValue<string>();
            }

            foreach (var child in children)
            {
                open.Push((child, next.Depth + 1));
            }
        }

        return false;
    }
}
