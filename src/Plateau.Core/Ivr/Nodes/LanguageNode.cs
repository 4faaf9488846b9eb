namespace Plateau.Core.Ivr.Nodes;

/// <summary>Sets the caller's language, or lets the caller choose it by a key.</summary>
internal sealed class LanguageNode : FlowNode
{
    private readonly GatherPlan _plan;
    private readonly GatherExits _exits;
    private readonly SortedDictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly string? _language;
    private readonly string _next;

    private LanguageNode(NodeReader reader)
    {
        _plan = GatherPlan.Read(reader);
        _exits = GatherExits.Read(reader);
        _next = reader.Next();
        _language = reader.OptionalText("language");
        foreach (var (key, value) in reader.Object("options"))
        {
            _options[key] = reader.TextOf($"options.{key}", value);
            Check(reader, $"options.{key}", _options[key]);
            if (key.Length != 1 || !(char.IsAsciiDigit(key[0]) || key is "*" or "#"))
            {
                reader.Fail($"options.{key}", "a language is chosen by one key");
            }
        }

        if (_language is not null)
        {
            Check(reader, "language", _language);
        }

        if ((_language is null) == (_options.Count == 0))
        {
            reader.Fail("language", "there must be a language or options, and not both");
        }
    }

    internal static LanguageNode Read(NodeReader reader) => new(reader);

    internal override FlowMove Enter(FlowState state)
    {
        if (_language is not null)
        {
            state.SetLanguage(_language);
            return FlowMove.GoTo(_next);
        }

        var gather = new Gather(_plan, (digits, isComplete) => Options.Judge(_options.Keys, digits, isComplete));
        state.Activity = gather;
        return Move(state, gather, gather.Begin(state));
    }

    internal override FlowMove Apply(FlowState state, FlowInput input)
    {
        var gather = (Gather)state.Activity!;
        return Move(state, gather, gather.Apply(state, input));
    }

    /// <summary>A caller who does not choose keeps the language, unless the node names a branch for it.</summary>
    private FlowMove Move(FlowState state, Gather gather, GatherOutcome outcome)
    {
        switch (outcome)
        {
            case GatherOutcome.Accepted:
                state.SetLanguage(_options[gather.Digits]);
                return FlowMove.GoTo(_next, $"{gather.Digits} {state.Language}");
            case GatherOutcome.TimedOut:
                return FlowMove.GoTo(_exits.TimedOut ?? _exits.Default ?? _next, "time-out");
            case GatherOutcome.Invalid:
                return FlowMove.GoTo(_exits.Invalid ?? _exits.Default ?? _next, "invalid");
            default:
                return FlowMove.Stay;
        }
    }

    private static void Check(NodeReader reader, string member, string language)
    {
        if (language is not ("fr" or "en"))
        {
            reader.Fail(member, "must be fr or en");
        }
    }
}
