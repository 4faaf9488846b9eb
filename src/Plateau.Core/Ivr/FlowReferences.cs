using Plateau.Contracts.Tenancy;

namespace Plateau.Core.Ivr;

/// <summary>Checks that what flows name is configured.</summary>
internal static class FlowReferences
{
    internal static void Check(CentreConfig config, IEnumerable<Flow> flows, List<FlowError> errors)
    {
        foreach (var reference in flows.SelectMany(flow => flow.References))
        {
            if (!Names(config, reference.Kind).Contains(reference.Name, StringComparer.Ordinal))
            {
                var kind = reference.Kind.ToString().ToLowerInvariant();
                errors.Add(new FlowError(reference.Path, $"no {kind} named '{reference.Name}' is configured"));
            }
        }
    }

    private static IEnumerable<string> Names(CentreConfig config, FlowReferenceKind kind) => kind switch
    {
        FlowReferenceKind.Agent => config.Agents.Select(a => a.Id.Value),
        FlowReferenceKind.Flow => config.Flows.Select(f => f.Id.Value),
        FlowReferenceKind.Hours => config.Hours.Select(h => h.Id.Value),
        FlowReferenceKind.Prompt => config.Prompts.Select(p => p.Id.Value),
        FlowReferenceKind.Queue => config.Queues.Select(q => q.Id.Value),
        _ => config.Skills.Select(s => s.Id.Value),
    };
}
