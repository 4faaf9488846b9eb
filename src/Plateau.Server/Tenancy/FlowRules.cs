using System.Text.Json.Nodes;
using Plateau.Contracts.Ivr;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Ivr;

namespace Plateau.Server.Tenancy;

/// <summary>What must hold for flows; their nodes are the flow parser's matter, its places are ours.</summary>
internal static class FlowRules
{
    public static void Check(CentreScope scope)
    {
        var flows = scope.Config.Flows;
        for (var i = 0; i < flows.Count; i++)
        {
            scope.Range(scope.Path("flows", i).Member("version"), flows[i].Version, 1, 1_000_000);
        }

        foreach (var error in FlowSet.Compile(NamesOnly(scope.Config)).Errors)
        {
            var index = IndexOf(flows, error.Path);
            scope.Add("flow", Place(scope.Path("flows", index), flows[index], error.Path), error.Message, error.Message);
        }
    }

    /// <summary>The place of a flow error ("welcome.nodes.menu.options.1") below the flow's own path.</summary>
    public static ConfigPath Place(ConfigPath path, FlowConfig flow, string errorPath)
    {
        var rest = errorPath.Length > flow.Id.Value.Length ? errorPath[(flow.Id.Value.Length + 1)..] : string.Empty;
        JsonNode? node = null;
        if (rest.StartsWith("nodes.", StringComparison.Ordinal))
        {
            rest = rest["nodes.".Length..];
            path = path.Member("nodes");
            // A node's name may hold dots: the longest name that fits is meant.
            var name = flow.Nodes.Select(n => n.Key).Where(k => rest == k || rest.StartsWith(k + ".", StringComparison.Ordinal))
                .MaxBy(k => k.Length);
            if (name is not null)
            {
                (path, node) = (path.Member(name), flow.Nodes[name]);
                rest = rest.Length > name.Length ? rest[(name.Length + 1)..] : string.Empty;
            }
        }

        foreach (var step in rest.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (node is JsonArray array && int.TryParse(step, out var index))
            {
                (path, node) = (path.At(index), index >= 0 && index < array.Count ? array[index] : null);
            }
            else
            {
                (path, node) = (path.Member(step), (node as JsonObject)?[step]);
            }
        }

        return path;
    }

    /// <summary>The configuration with hours of which only the names are left, so that bad ones cannot stop the
    /// compiler.</summary>
    private static CentreConfig NamesOnly(CentreConfig config) => config with
    {
        TimeZone = "Etc/UTC",
        Hours = [.. config.Hours.Select(h => new HoursConfig { Id = h.Id })],
    };

    private static int IndexOf(IReadOnlyList<FlowConfig> flows, string errorPath)
    {
        var best = 0;
        for (var i = 0; i < flows.Count; i++)
        {
            var id = flows[i].Id.Value;
            if (errorPath.StartsWith(id + ".", StringComparison.Ordinal)
                && (id.Length > flows[best].Id.Value.Length || !errorPath.StartsWith(flows[best].Id.Value + ".", StringComparison.Ordinal)))
            {
                best = i;
            }
        }

        return best;
    }
}
