using System.Text.Json;
using Plateau.Contracts.Tenancy;

namespace Plateau.Server.Tenancy;

/// <summary>What the rules of one tenant's configuration need: where errors go, and which names exist.</summary>
/// <remarks>Names come from the text where there is one, so a queue with a bad member still counts as
/// existing.</remarks>
internal sealed class CentreScope(CentreConfig config, ConfigPath root, ConfigErrors errors, ConfigNode? tree)
{
    private readonly Dictionary<string, HashSet<string>> _known = [];

    public CentreConfig Config => config;

    public ConfigPath Path(string list) => root.Member(list);

    public ConfigPath Path(string list, int index) => root.Member(list).At(index);

    public ConfigPath Root => root;

    public void Add(string code, ConfigPath path, string en, string fr) => errors.Add(code, path, en, fr);

    /// <summary>The value names something that exists in a list of this tenant.</summary>
    public void Reference<T>(string list, T? id, ConfigPath path)
        where T : struct
    {
        var name = id?.ToString();
        if (name is not null && name != ShapeDefault.Unset && !Known(list).Contains(name))
        {
            Add("danglingReference", path,
                $"'{name}' is not in '{list}'", $"« {name} » n'existe pas dans « {list} »");
        }
    }

    public void Range(ConfigPath path, double value, double min, double max)
    {
        if (value < min || value > max)
        {
            Add("outOfRange", path, $"{value} is not in {min} to {max}", $"{value} n'est pas dans {min} à {max}");
        }
    }

    /// <summary>Names each value that stands in a list for the second time.</summary>
    public void Unique(IEnumerable<string> values, Func<int, ConfigPath> path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var value in values)
        {
            if (value != ShapeDefault.Unset && value.Length > 0 && !seen.Add(value))
            {
                Add("duplicate", path(index), $"'{value}' is given twice", $"« {value} » figure deux fois");
            }

            index++;
        }
    }

    public HashSet<string> Known(string list)
    {
        if (_known.TryGetValue(list, out var names))
        {
            return names;
        }

        names = new HashSet<string>(FromRecords(list), StringComparer.Ordinal);
        foreach (var item in tree?.Find(root.Member(list))?.Items ?? [])
        {
            if (item["id"]?.Leaf is { } leaf && leaf.GetValueKind() == JsonValueKind.String)
            {
                names.Add(leaf.GetValue<string>());
            }
        }

        return _known[list] = names;
    }

    private IEnumerable<string> FromRecords(string list) => list switch
    {
        "skills" => config.Skills.Select(s => s.Id.ToString()),
        "teams" => config.Teams.Select(s => s.Id.ToString()),
        "agents" => config.Agents.Select(s => s.Id.ToString()),
        "queues" => config.Queues.Select(s => s.Id.ToString()),
        "flows" => config.Flows.Select(s => s.Id.ToString()),
        "hours" => config.Hours.Select(s => s.Id.ToString()),
        "notReadyReasons" => config.NotReadyReasons.Select(s => s.Id.ToString()),
        "dispositions" => config.Dispositions.Select(s => s.Id.ToString()),
        "prompts" => config.Prompts.Select(s => s.Id.ToString()),
        "trunks" => config.Trunks.Select(s => s.Id.ToString()),
        "phones" => config.Phones.Select(s => s.Id.ToString()),
        "serviceLevels" => config.ServiceLevels.Select(s => s.Id.ToString()),
        _ => throw new ArgumentOutOfRangeException(nameof(list)),
    };
}
