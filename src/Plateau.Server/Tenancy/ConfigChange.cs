using System.Text.Json.Nodes;

namespace Plateau.Server.Tenancy;

/// <summary>What happens to a value.</summary>
internal enum ConfigChangeKind
{
    /// <summary>It is new.</summary>
    Add,

    /// <summary>It goes.</summary>
    Remove,

    /// <summary>It becomes another.</summary>
    Change,
}

/// <summary>One difference between two configurations.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Path">Where: items of lists by their names, "queues/sales/ringS".</param>
/// <param name="Before">The value that goes.</param>
/// <param name="After">The value that comes.</param>
internal sealed record ConfigChange(ConfigChangeKind Kind, string Path, JsonNode? Before, JsonNode? After)
{
    public static IReadOnlyList<ConfigChange> Between(JsonNode before, JsonNode after)
    {
        var changes = new List<ConfigChange>();
        Compare(string.Empty, before, after, changes);
        return changes;
    }

    private static void Compare(string path, JsonNode? before, JsonNode? after, List<ConfigChange> changes)
    {
        if (before is JsonObject a && after is JsonObject b)
        {
            CompareMembers(path, Members(a), Members(b), changes);
        }
        else if (before is JsonArray x && after is JsonArray y && Named(x) is { } from && Named(y) is { } to)
        {
            CompareMembers(path, from, to, changes);
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            changes.Add(new ConfigChange(ConfigChangeKind.Change, path, before?.DeepClone(), after?.DeepClone()));
        }
    }

    private static void CompareMembers(
        string path, List<(string Name, JsonNode? Value)> before, List<(string Name, JsonNode? Value)> after,
        List<ConfigChange> changes)
    {
        var old = before.ToDictionary(m => m.Name, m => m.Value);
        var now = after.ToDictionary(m => m.Name, m => m.Value);
        foreach (var (name, value) in before)
        {
            if (now.TryGetValue(name, out var next))
            {
                Compare(Join(path, name), value, next, changes);
            }
            else
            {
                changes.Add(new ConfigChange(ConfigChangeKind.Remove, Join(path, name), value?.DeepClone(), null));
            }
        }

        changes.AddRange(after.Where(m => !old.ContainsKey(m.Name)).Select(m =>
            new ConfigChange(ConfigChangeKind.Add, Join(path, m.Name), null, m.Value?.DeepClone())));
    }

    private static List<(string, JsonNode?)> Members(JsonObject json) => [.. json.Select(m => (m.Key, m.Value))];

    /// <summary>The items by id or number; null when they have none, or one twice.</summary>
    private static List<(string, JsonNode?)>? Named(JsonArray array)
    {
        var items = array.Select(i => (
            Name: ((i as JsonObject)?["id"] ?? (i as JsonObject)?["number"])?.ToString() ?? string.Empty, Value: i)).ToList();
        return items.Any(i => i.Name.Length == 0) || items.DistinctBy(i => i.Name).Count() != items.Count ? null : items;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";
}
