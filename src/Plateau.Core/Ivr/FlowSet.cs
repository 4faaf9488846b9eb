using Plateau.Contracts;
using Plateau.Contracts.Tenancy;
using Plateau.Core.Tenancy;

namespace Plateau.Core.Ivr;

/// <summary>All compiled flows of a configuration with what they refer to. A running call keeps the set it started
/// with.</summary>
public sealed class FlowSet
{
    private readonly SortedDictionary<FlowId, Flow> _flows = [];
    private readonly SortedDictionary<PromptId, PromptConfig> _prompts = [];

    private FlowSet(CentreConfig config)
    {
        Hours = new HoursTable(config);
        Language = config.Language;
        foreach (var prompt in config.Prompts)
        {
            _prompts[prompt.Id] = prompt;
        }
    }

    /// <summary>Everything wrong with the flows; empty when all is well.</summary>
    /// <remarks>A flow that cannot be parsed is not in the set; one that names what is not configured is, and faults
    /// there.</remarks>
    public IReadOnlyList<FlowError> Errors { get; private set; } = [];

    /// <summary>The centre's opening hours.</summary>
    public HoursTable Hours { get; }

    /// <summary>The centre's language, in which a prompt is heard that does not exist in the caller's.</summary>
    public string Language { get; }

    /// <summary>Parses all flows of a configuration and checks what they refer to.</summary>
    /// <exception cref="ArgumentException">The centre's time zone is not known.</exception>
    public static FlowSet Compile(CentreConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var set = new FlowSet(config);
        var errors = new List<FlowError>();
        foreach (var flow in config.Flows)
        {
            if (FlowParser.Parse(flow, errors) is { } compiled)
            {
                set._flows[flow.Id] = compiled;
            }
        }

        FlowReferences.Check(config, set._flows.Values, errors);
        set.Errors = errors;
        return set;
    }

    /// <summary>The flow of a name; null when there is none.</summary>
    public Flow? Find(FlowId flow) => _flows.GetValueOrDefault(flow);

    internal PromptConfig? Prompt(PromptId prompt) => _prompts.GetValueOrDefault(prompt);
}
