namespace Plateau.Server.Tenancy;

/// <summary>What must hold for flows; their nodes are the flow parser's matter.</summary>
internal static class FlowRules
{
    public static void Check(CentreScope scope)
    {
        for (var i = 0; i < scope.Config.Flows.Count; i++)
        {
            var (flow, path) = (scope.Config.Flows[i], scope.Path("flows", i));
            CentreRules.CheckLanguage(scope, flow.Language, path.Member("language"));
            scope.Range(path.Member("version"), flow.Version, 1, 1_000_000);
            if (flow.Start != ShapeDefault.Unset && !flow.Nodes.ContainsKey(flow.Start))
            {
                scope.Add("danglingReference", path.Member("start"),
                    $"there is no node '{flow.Start}'", $"il n'y a pas de nœud « {flow.Start} »");
            }
        }
    }
}
